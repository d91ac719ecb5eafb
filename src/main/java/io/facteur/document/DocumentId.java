package io.facteur.document;

/** Identity of a document in the database; drafts have no other. */
public record DocumentId(long value) {}
