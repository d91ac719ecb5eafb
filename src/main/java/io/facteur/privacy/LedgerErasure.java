package io.facteur.privacy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Takes a contact out of the evidence of its own deliveries. What happened when, through what and
 * with which outcome stays, and so do Message-IDs, files and hashes.
 */
@Component
class LedgerErasure {

  private final JdbcClient jdbc;
  private final JdbcTemplate batches;
  private final JsonColumns json;

  LedgerErasure(JdbcClient jdbc, JdbcTemplate batches, JsonColumns json) {
    this.jdbc = jdbc;
    this.batches = batches;
    this.json = json;
  }

  /** How many deliveries are the contact's, and how many entries of their history were changed. */
  record Count(int deliveries, int entries) {}

  private record Delivery(
      long id, String individual, String recipient, String given, String reason, String evidence) {

    private static Delivery of(ResultSet row, int index) throws SQLException {
      return new Delivery(
          row.getLong("id"),
          row.getString("individual_address"),
          row.getString("recipient"),
          row.getString("given_mailboxes"),
          row.getString("reason"),
          row.getString("evidence"));
    }
  }

  private record Entry(long id, String reason, String evidence) {}

  /** Of some documents. Needs the permit. */
  Count erase(
      DataSubject subject, List<Long> documents, Redaction redaction, Pseudonyms pseudonyms) {
    List<Delivery> deliveries = deliveries(subject, documents, pseudonyms);
    redact(deliveries, redaction, pseudonyms);
    int entries = redactHistory(deliveries.stream().map(Delivery::id).toList(), redaction);
    return new Count(deliveries.size(), entries);
  }

  private List<Delivery> deliveries(
      DataSubject subject, List<Long> documents, Pseudonyms pseudonyms) {
    List<Delivery> found =
        jdbc.sql(
                """
                SELECT x.id, x.individual_address, x.recipient, x.given_mailboxes, x.reason, x.evidence
                FROM document d JOIN delivery x ON x.document_id = d.id
                WHERE d.id IN (:documents) AND %s
                ORDER BY x.id
                """
                    .formatted(OwnDocuments.OWNED))
            .param("documents", documents)
            .param("contacts", subject.ids())
            .query(Delivery::of)
            .list();
    Set<String> others = privateAddressesOfOthers(subject, found);
    return found.stream()
        .filter(
            delivery ->
                delivery.individual() == null
                    || pseudonyms.knows(delivery.individual())
                    || !others.contains(delivery.individual().toLowerCase(Locale.ROOT)))
        .toList();
  }

  /** An individual of this contact's contract can be one of the delivery address's people. */
  private Set<String> privateAddressesOfOthers(DataSubject subject, List<Delivery> deliveries) {
    List<String> individuals =
        deliveries.stream()
            .map(Delivery::individual)
            .filter(Objects::nonNull)
            .map(address -> address.toLowerCase(Locale.ROOT))
            .distinct()
            .toList();
    return individuals.isEmpty()
        ? Set.of()
        : new HashSet<>(
            jdbc.sql(
                    """
                    SELECT LOWER(p.value) FROM communication_place p JOIN contact c ON c.id = p.contact_id
                    WHERE c.company_id = :company AND c.id NOT IN (:contacts)
                      AND p.kind = 'EMAIL' AND LOWER(p.value) IN (:individuals)
                    """)
                .param("company", subject.company())
                .param("contacts", subject.ids())
                .param("individuals", individuals)
                .query(String.class)
                .list());
  }

  private void redact(List<Delivery> deliveries, Redaction redaction, Pseudonyms pseudonyms) {
    List<Object[]> changed = new ArrayList<>();
    for (Delivery delivery : deliveries) {
      // The recipients first: evidence names them in other ways, too.
      var redacted =
          new Delivery(
              delivery.id(),
              delivery.individual() == null ? null : pseudonyms.of(delivery.individual()),
              json.changed(delivery.recipient(), redaction::ownData),
              json.changed(delivery.given(), redaction::ownData),
              redaction.text(delivery.reason()),
              json.changed(delivery.evidence(), redaction::evidence));
      if (!redacted.equals(delivery)) {
        changed.add(
            new Object[] {
              redacted.individual(),
              redacted.recipient(),
              redacted.given(),
              redacted.reason(),
              redacted.evidence(),
              redacted.id()
            });
      }
    }
    batches.batchUpdate(
        """
        UPDATE delivery SET individual_address = ?, recipient = ?, given_mailboxes = ?, reason = ?,
          evidence = ?
        WHERE id = ?
        """,
        changed);
  }

  private int redactHistory(List<Long> deliveries, Redaction redaction) {
    if (deliveries.isEmpty()) {
      return 0;
    }
    List<Entry> entries =
        jdbc.sql(
                """
                SELECT id, reason, evidence FROM delivery_event
                WHERE delivery_id IN (:deliveries) AND (reason IS NOT NULL OR evidence IS NOT NULL)
                ORDER BY id
                """)
            .param("deliveries", deliveries)
            .query(
                (row, i) ->
                    new Entry(
                        row.getLong("id"), row.getString("reason"), row.getString("evidence")))
            .list();
    List<Object[]> changed = new ArrayList<>();
    for (Entry entry : entries) {
      var redacted =
          new Entry(
              entry.id(),
              redaction.text(entry.reason()),
              json.changed(entry.evidence(), redaction::evidence));
      if (!redacted.equals(entry)) {
        changed.add(new Object[] {redacted.reason(), redacted.evidence(), redacted.id()});
      }
    }
    batches.batchUpdate("UPDATE delivery_event SET reason = ?, evidence = ? WHERE id = ?", changed);
    return changed.size();
  }
}
