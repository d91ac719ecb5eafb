package io.facteur.api.problem;

import java.io.IOException;

/** The body of a request goes on beyond the limit. */
class BodyTooLargeException extends IOException {

  private static final long serialVersionUID = 1L;

  BodyTooLargeException(long limit) {
    super("A body may have at most " + limit + " bytes (facteur.api.max-body).");
  }
}
