package io.facteur.party;

/** Identity of a company in the database. */
public record CompanyId(long value) {}
