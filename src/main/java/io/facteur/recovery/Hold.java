package io.facteur.recovery;

import io.facteur.recovery.Finding.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Whether the database is held, and what was found.
 *
 * @param since null if it is not
 * @param reason null if it is not
 * @param restoredTo about when the backup was made; null if it was never restored
 * @param nodes that have told what they know
 * @param notHeard nodes that have worked on the database and have not told yet
 * @param counts of findings
 */
public record Hold(
    Instant since,
    String reason,
    Instant restoredTo,
    List<ToldBy> nodes,
    List<String> notHeard,
    Map<Kind, Integer> counts) {

  /**
   * A node.
   *
   * @param complete whether its journal goes back to the backup
   */
  public record ToldBy(String node, Instant at, boolean complete) {}

  public Hold {
    nodes = List.copyOf(nodes);
    notHeard = List.copyOf(notHeard);
    counts = Map.copyOf(counts);
  }

  public boolean isHeld() {
    return since != null;
  }

  public int findings() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }
}
