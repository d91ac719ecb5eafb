package io.facteur.delivery;

import io.facteur.delivery.journal.Installation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Turns the rows of the claiming statements in {@code routes/sql} into tickets, or into messages
 * that name them to other nodes.
 */
@Component
public class Claims {

  private static final Logger log = LoggerFactory.getLogger(Claims.class);

  /** More than any route hands out at once. */
  private static final int MOST_NAMED = 10_000;

  private final Node node;
  private final LedgerSettings settings;
  private final Installation installation;
  private final LedgerJson json;

  Claims(Node node, LedgerSettings settings, Installation installation, LedgerJson json) {
    this.node = node;
    this.settings = settings;
    this.installation = installation;
    this.json = json;
  }

  public String node() {
    return node.name();
  }

  public long leaseSeconds() {
    return settings.claimLease().toSeconds();
  }

  /** What was named to a broker and is not claimed after so long is named again. */
  public long handOutAgainSeconds() {
    return settings.handOutAgain().toSeconds();
  }

  /** A database with a lower beat is older than what this node has seen of it. */
  public long seenBeat() {
    return installation.seenBeat();
  }

  public List<Long> ids(List<Map<String, Object>> rows) {
    return rows.stream().map(row -> number(row, "id")).toList();
  }

  /** A message that names transmissions: a JSON array of their ids; empty if there are none. */
  public String message(List<Long> ids) {
    return ids.isEmpty() ? "" : json.write(ids);
  }

  /**
   * The transmissions that a message names; none if it is not one of {@link #message}, as anybody
   * may have written it.
   */
  public List<Long> named(String message) {
    List<Long> ids = List.of();
    try {
      Long[] named = json.read(message, Long[].class);
      if (named != null && named.length <= MOST_NAMED) {
        ids = Arrays.stream(named).filter(Objects::nonNull).toList();
      }
    } catch (IllegalStateException e) {
      log.debug("message", e);
    }
    if (ids.isEmpty()) {
      log.warn("a message that names no transmissions is left out");
    }
    return ids;
  }

  public List<Ticket> tickets(List<Map<String, Object>> rows) {
    return rows.stream()
        .map(
            row ->
                new Ticket(
                    new Claim(
                        new TransmissionId(number(row, "id")), node.name(), number(row, "fence")),
                    (String) row.get("route")))
        .toList();
  }

  private static long number(Map<String, Object> row, String column) {
    return ((Number) row.get(column)).longValue();
  }
}
