package io.facteur.rendering;

/** A file of the {@link DocumentStore} is missing or no longer what was stored. */
public class DamagedFileException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DamagedFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
