package io.facteur.api.problem;

import java.io.IOException;

/** The body of a request goes on beyond the limit. */
class BodyTooLargeException extends IOException {

  private static final long serialVersionUID = 1L;

  BodyTooLargeException(BodyLimit.Limit limit) {
    super("A body may have at most " + limit.bytes() + " bytes (" + limit.setting() + ").");
  }
}
