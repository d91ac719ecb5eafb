package io.facteur.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Takes a contact out of the old and new values that the audit holds of it. */
@Component
class AuditErasure {

  /** Who changed what when stays. */
  private record Entry(long id, String before, String after) {}

  private final AuditEntries entries;
  private final JdbcClient jdbc;
  private final JdbcTemplate batches;
  private final JsonColumns json;

  AuditErasure(AuditEntries entries, JdbcClient jdbc, JdbcTemplate batches, JsonColumns json) {
    this.entries = entries;
    this.jdbc = jdbc;
    this.batches = batches;
    this.json = json;
  }

  /** Entries about the contact and its people themselves. */
  int ownData(DataSubject subject, Redaction redaction) {
    return redact(subject.auditSubjects(), redaction::ownData);
  }

  /** Entries about its contracts and their definitions. */
  int contracts(DataSubject subject, Redaction redaction) {
    return redact(entries.subjectsOfContracts(subject), redaction::json);
  }

  /** Entries about these documents. */
  int documents(List<Long> documents, Redaction redaction) {
    return redact(documents.stream().map(id -> "document:" + id).toList(), redaction::json);
  }

  /** The same contact under another code. */
  void rename(String from, String to) {
    jdbc.sql("UPDATE audit_event SET subject = :to WHERE subject = :from")
        .param("to", "contact:" + to)
        .param("from", "contact:" + from)
        .update();
  }

  private int redact(List<String> subjects, UnaryOperator<JsonNode> redaction) {
    if (subjects.isEmpty()) {
      return 0;
    }
    List<Object[]> changed = new ArrayList<>();
    jdbc.sql(
            """
            SELECT id, old_values, new_values FROM audit_event
            WHERE subject IN (:subjects) ORDER BY id
            """)
        .param("subjects", subjects)
        .query(
            row -> {
              var entry =
                  new Entry(
                      row.getLong("id"), row.getString("old_values"), row.getString("new_values"));
              var redacted =
                  new Entry(
                      entry.id(),
                      json.changed(entry.before(), redaction),
                      json.changed(entry.after(), redaction));
              if (!redacted.equals(entry)) {
                changed.add(new Object[] {redacted.before(), redacted.after(), redacted.id()});
              }
            });
    batches.batchUpdate(
        "UPDATE audit_event SET old_values = ?, new_values = ? WHERE id = ?", changed);
    return changed.size();
  }
}
