package io.facteur.contract;

/** Identity of a dispatch definition in the database. */
public record DefinitionId(long value) {}
