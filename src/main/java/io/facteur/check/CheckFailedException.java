package io.facteur.check;

import java.util.List;

/** Facteur does not start with what it was given; the message has a line for each finding. */
final class CheckFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CheckFailedException(List<String> findings) {
    super(String.join(System.lineSeparator(), findings));
  }
}
