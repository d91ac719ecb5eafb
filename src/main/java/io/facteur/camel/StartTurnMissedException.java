package io.facteur.camel;

import java.time.Duration;

/** Another node has been starting for so long that this one gives up. */
class StartTurnMissedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StartTurnMissedException(String holder, Duration waited) {
    super(
        "Another node has been starting for %d s (%s), and nodes start one after the other."
            .formatted(waited.toSeconds(), holder));
  }
}
