package io.facteur.delivery;

import io.facteur.delivery.journal.Installation;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Turns the rows of the claiming statements in {@code routes/sql} into tickets. */
@Component
public class Claims {

  private final Node node;
  private final LedgerSettings settings;
  private final Installation installation;

  Claims(Node node, LedgerSettings settings, Installation installation) {
    this.node = node;
    this.settings = settings;
    this.installation = installation;
  }

  public String node() {
    return node.name();
  }

  public long leaseSeconds() {
    return settings.claimLease().toSeconds();
  }

  /** A database with a lower beat is older than what this node has seen of it. */
  public long seenBeat() {
    return installation.seenBeat();
  }

  public List<Long> ids(List<Map<String, Object>> rows) {
    return rows.stream().map(row -> number(row, "id")).toList();
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
