package io.facteur.privacy;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds addresses of an erased contact wherever else they stand: a document of somebody else was
 * sent there, a definition named them, an answer is kept for a repeated request. Reads whole
 * tables: an erasure is rare, and nothing may be left.
 */
@Component
class Sweep {

  private static final int ADDRESSES_AT_ONCE = 50;
  private static final int ROWS_AT_ONCE = 500;

  /** Names of tables and columns are texts of this class; the key is {@code id}. */
  private record Table(String name, List<String> json, List<String> texts) {

    private List<String> columns() {
      return Stream.concat(json.stream(), texts.stream()).toList();
    }
  }

  private static final List<Table> TABLES =
      List.of(
          new Table(
              "delivery",
              List.of("recipient", "given_mailboxes", "evidence"),
              List.of("individual_address", "reason")),
          new Table("delivery_event", List.of("evidence"), List.of("reason")),
          new Table("audit_event", List.of("old_values", "new_values"), List.of()),
          new Table("run_problem", List.of(), List.of("reason")));

  private final JdbcClient jdbc;
  private final JdbcTemplate batches;
  private final JsonColumns json;

  Sweep(JdbcClient jdbc, JdbcTemplate batches, JsonColumns json) {
    this.jdbc = jdbc;
    this.batches = batches;
    this.json = json;
  }

  /**
   * Puts the pseudonyms in their place. Needs the permit.
   *
   * @param addresses in small letters, of the erased contact alone
   */
  void replace(List<String> addresses, Redaction redaction) {
    inParts(
        addresses,
        part -> TABLES.forEach(table -> replace(table, anyOf(part), redaction.foreign(part))));
  }

  /**
   * Takes them off documents and contracts of others, where nothing can stand for them.
   *
   * @return on how many documents, and how many definitions
   */
  int remove(List<String> addresses) {
    int[] removed = {0};
    inParts(
        addresses,
        part -> {
          removed[0] +=
              jdbc.sql(
                      """
                      DELETE a FROM document_addressing a
                      JOIN document_mailbox m
                        ON m.document_id = a.document_id AND m.role = a.role AND m.kind = a.kind
                      WHERE LOWER(m.address) IN (:addresses)
                      """)
                  .param("addresses", part)
                  .update();
          removed[0] +=
              jdbc.sql(
                      """
                      DELETE FROM dispatch_definition
                      WHERE LOWER(individual_address) IN (:addresses)
                      """)
                  .param("addresses", part)
                  .update();
        });
    return removed[0];
  }

  /**
   * Answers kept for repeated requests lose their text where it speaks of the contact. Their status
   * and place stay, so that a repeated request is still not carried out again.
   *
   * @param tellings addresses, names and whatever else tells of it
   */
  int answers(Collection<String> tellings) {
    int[] emptied = {0};
    inParts(
        tellings.stream().filter(text -> text.length() >= 3).toList(),
        part ->
            emptied[0] +=
                jdbc.sql(
                        """
                        UPDATE idempotent_request SET response = NULL, content_type = NULL
                        WHERE response REGEXP :any
                        """)
                    .param("any", anyOf(part))
                    .update());
    return emptied[0];
  }

  /** Of requests for a contact that is found under another code from now on. */
  void renameInAnswers(String from, String to) {
    String path = "/api/contacts/";
    jdbc.sql(
            """
            UPDATE idempotent_request SET response = NULL, content_type = NULL
            WHERE INSTR(response, :quoted) > 0
            """)
        .param("quoted", "\"" + from + "\"")
        .update();
    jdbc.sql(
            """
            UPDATE idempotent_request SET location = :to WHERE location = :from
            """)
        .param("from", path + from)
        .param("to", path + to)
        .update();
    jdbc.sql(
            """
            UPDATE idempotent_request SET operation = SHA2(operation, 256)
            WHERE operation REGEXP :path
            """)
        .param("path", "/api/contacts/" + quoted(from) + "($|[/? ])")
        .update();
  }

  private void replace(Table table, String any, Redaction.Change change) {
    List<String> columns = table.columns();
    String select =
        """
        SELECT id, %s FROM %s
        WHERE id > :after AND CONCAT_WS(' ', %s) REGEXP :any ORDER BY id LIMIT %d
        """
            .formatted(
                String.join(", ", columns), table.name(), String.join(", ", columns), ROWS_AT_ONCE);
    String update =
        "UPDATE %s SET %s WHERE id = ?"
            .formatted(
                table.name(), columns.stream().map("%s = ?"::formatted).collect(joining(", ")));
    List<Object[]> found;
    long after = 0;
    do {
      found =
          jdbc.sql(select)
              .param("after", after)
              .param("any", any)
              .query(
                  (row, i) -> {
                    List<Object> values = new ArrayList<>();
                    for (String column : table.json()) {
                      values.add(
                          json.changed(
                              row.getString(column), tree -> Redaction.mapped(tree, change)));
                    }
                    for (String column : table.texts()) {
                      String text = row.getString(column);
                      values.add(text == null ? null : change.of(null, text));
                    }
                    values.add(row.getLong("id"));
                    return values.toArray();
                  })
              .list();
      batches.batchUpdate(update, found);
      after = found.isEmpty() ? after : (long) found.get(found.size() - 1)[columns.size()];
    } while (found.size() == ROWS_AT_ONCE);
  }

  private static void inParts(List<String> all, java.util.function.Consumer<List<String>> reader) {
    for (int from = 0; from < all.size(); from += ADDRESSES_AT_ONCE) {
      reader.accept(all.subList(from, Math.min(from + ADDRESSES_AT_ONCE, all.size())));
    }
  }

  /** For the database's REGEXP: each text as it is, as a whole word, in any capitals. */
  private static String anyOf(List<String> texts) {
    return texts.stream()
        .filter(Objects::nonNull)
        .map(Sweep::quoted)
        .collect(joining("|", "(?i)(?<![\\p{L}\\p{N}])(?:", ")(?![\\p{L}\\p{N}])"));
  }

  /** In JSON a backslash stands before quotation marks. */
  private static String quoted(String text) {
    return text.replaceAll("[\\p{Punct}\\s]", "\\\\$0").replace("\\\"", "\\\\?\"");
  }
}
