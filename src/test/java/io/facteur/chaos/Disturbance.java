package io.facteur.chaos;

import java.time.Instant;

/**
 * A time in which a process could not do its work.
 *
 * @param node null for the database
 * @param from before the signal was sent
 * @param to when it was certainly dead, respectively went on
 */
record Disturbance(Kind kind, String node, Instant from, Instant to) {

  enum Kind {
    KILLED,
    FROZEN,
    DATABASE_AWAY
  }

  boolean overlaps(Instant begin, Instant end) {
    return !from.isAfter(end) && !to.isBefore(begin);
  }
}
