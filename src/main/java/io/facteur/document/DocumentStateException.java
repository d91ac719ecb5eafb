package io.facteur.document;

/** A document is not in the state that an act needs, e.g. it is issued already. */
public class DocumentStateException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  public DocumentStateException(String message) {
    super(message);
  }
}
