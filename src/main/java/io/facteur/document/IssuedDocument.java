package io.facteur.document;

import java.time.LocalDate;

/**
 * What issuing gave to a document.
 *
 * @param dueDate null where nothing falls due
 */
public record IssuedDocument(
    DocumentId id, String number, LocalDate issueDate, LocalDate dueDate) {}
