package io.facteur.delivery;

import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Turns the rows of the claiming statements in {@code routes/sql} into tickets. */
@Component
public class Claims {

  private final Node node;
  private final LedgerSettings settings;

  Claims(Node node, LedgerSettings settings) {
    this.node = node;
    this.settings = settings;
  }

  public String node() {
    return node.name();
  }

  public long leaseSeconds() {
    return settings.claimLease().toSeconds();
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
