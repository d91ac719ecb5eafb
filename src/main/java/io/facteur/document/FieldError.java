package io.facteur.document;

/**
 * What is wrong with one field of something given.
 *
 * @param field path in the given structure, e.g. {@code lines[0].quantity}
 * @param message what is wrong and what would be right
 */
public record FieldError(String field, String message) {}
