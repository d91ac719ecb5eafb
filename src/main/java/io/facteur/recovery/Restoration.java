package io.facteur.recovery;

import java.time.Instant;

/**
 * A database that was found to be older than what a node had seen of it.
 *
 * @param fromBeat that it had
 * @param toBeat from which it goes on; what lies between is of the lost time
 * @param restoredTo about when the backup was made, by the database's clock
 * @param lastTransmission that it had; a higher id, of before it was found, is of the lost time
 */
record Restoration(
    long id,
    long fromBeat,
    long toBeat,
    Instant restoredTo,
    long lastTransmission,
    boolean released) {

  /** Nodes know the beat with some delay: lines of a little earlier are looked at as well. */
  static final long MARGIN = 100;

  /** Above all beats that any node can have seen until now. */
  static long beyond(long beat) {
    long generation = 1_000_000_000L;
    return (beat / generation + 1) * generation;
  }

  long firstLostBeat() {
    return fromBeat - MARGIN;
  }
}
