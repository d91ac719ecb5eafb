package io.facteur.party;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Writes down who changed what. An entry commits together with the change that it describes. What
 * it holds is personal data and stands in the table only, never in a log.
 */
@Component
public class AuditLog {

  private final JdbcClient jdbc;
  private final CurrentActor actor;
  private final ObjectMapper json;

  public AuditLog(JdbcClient jdbc, CurrentActor actor, ObjectMapper json) {
    this.jdbc = jdbc;
    this.actor = actor;
    this.json = json;
  }

  /**
   * An entry of the history.
   *
   * @param newValues JSON object; null if there are none
   */
  public record Entry(Instant at, String actor, JsonNode newValues) {}

  /**
   * Records a change. Of two given values only the properties that differ are kept.
   *
   * @param action object and verb, e.g. {@code contact.change}
   * @param subject e.g. {@code contact:C-1001}
   * @param before null for something new
   * @param after null for something that is gone
   */
  public void record(String action, String subject, Object before, Object after) {
    JsonNode old = before == null ? null : json.valueToTree(before);
    JsonNode changed = after == null ? null : json.valueToTree(after);
    if (old instanceof ObjectNode left && changed instanceof ObjectNode right) {
      dropEqual(left, right);
    }
    jdbc.sql(
            """
            INSERT INTO audit_event (actor, action, subject, old_values, new_values)
            VALUES (:actor, :action, :subject, :old, :new)
            """)
        .param("actor", actor.name())
        .param("action", action)
        .param("subject", subject)
        .param("old", text(old))
        .param("new", text(changed))
        .update();
  }

  /** The last entry of that action on that subject. */
  public Optional<Entry> last(String action, String subject) {
    return jdbc.sql(
            """
            SELECT at, actor, new_values FROM audit_event
            WHERE subject = :subject AND action = :action ORDER BY id DESC LIMIT 1
            """)
        .param("subject", subject)
        .param("action", action)
        .query(
            (row, i) ->
                new Entry(
                    row.getObject("at", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                    row.getString("actor"),
                    tree(row.getString("new_values"))))
        .optional();
  }

  private static void dropEqual(ObjectNode left, ObjectNode right) {
    right
        .properties()
        .removeIf(
            property -> {
              boolean equal = property.getValue().equals(left.get(property.getKey()));
              if (equal) {
                left.remove(property.getKey());
              }
              return equal;
            });
  }

  private String text(JsonNode node) {
    return node == null ? null : node.toString();
  }

  private JsonNode tree(String text) {
    try {
      return text == null ? null : json.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an audit entry is not JSON", e);
    }
  }
}
