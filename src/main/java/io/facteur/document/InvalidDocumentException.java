package io.facteur.document;

import java.util.List;
import java.util.stream.Collectors;

/** A document cannot be taken as it was given; nothing of it was saved. */
public class InvalidDocumentException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final transient List<FieldError> errors;

  public InvalidDocumentException(List<FieldError> errors) {
    super(
        errors.stream()
            .map(error -> error.field() + ": " + error.message())
            .collect(Collectors.joining("; ")));
    this.errors = List.copyOf(errors);
  }

  /** Never empty. */
  public List<FieldError> errors() {
    return errors;
  }
}
