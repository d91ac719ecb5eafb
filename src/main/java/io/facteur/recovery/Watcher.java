package io.facteur.recovery;

import io.facteur.delivery.Node;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Who watches for restores, and how. */
@Component
final class Watcher {

  private final Node node;
  private final Clock clock;
  private final boolean startsHeld;

  Watcher(Node node, Clock clock, @Value("${facteur.start-held:false}") boolean startsHeld) {
    this.node = node;
    this.clock = clock;
    this.startsHeld = startsHeld;
  }

  Node node() {
    return node;
  }

  Clock clock() {
    return clock;
  }

  /** Whether an operator wants the database held at this start, whatever it knows. */
  boolean startsHeld() {
    return startsHeld;
  }
}
