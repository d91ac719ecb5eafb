package io.facteur.party;

/** Identity of a contact in the database. */
public record ContactId(long value) {}
