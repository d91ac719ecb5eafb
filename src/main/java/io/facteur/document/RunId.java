package io.facteur.document;

/** Identity of a run in the database; documents say which run made them. */
public record RunId(long value) {}
