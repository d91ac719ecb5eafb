package io.facteur.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.testing.FacteurProcess;
import io.facteur.testing.ScriptedSmtpServer;
import io.facteur.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database of an earlier version loses nothing and goes on. */
class UpgradeTest {

  /** By V012. */
  private static final Map<String, String> RENAMED =
      Map.of("credited_line", "preceding_line", "credited_quantity", "preceding_quantity");

  @ParameterizedTest
  @ValueSource(strings = {"11", "17"})
  void everythingIsThereUnchanged(String version) {
    OldDatabase database = OldDatabase.of(version);
    Map<String, List<String>> columns = database.columns();
    Map<String, List<String>> before = contents(database, columns);

    database.migrateTo("latest");

    assertThat(before.values().stream().mapToInt(List::size).sum()).isGreaterThan(900);
    columns.values().forEach(names -> names.replaceAll(name -> RENAMED.getOrDefault(name, name)));
    assertThat(contents(database, columns)).isEqualTo(before);
  }

  @Test
  void whatWaitedGoesOutAndTheNextPeriodIsBilled() throws Exception {
    OldDatabase database = OldDatabase.of("17");
    long waiting = oneWaitsAgain(database);
    List<String> numbers = numbers(database);
    try (ScriptedSmtpServer smtp = new ScriptedSmtpServer();
        FacteurProcess facteur =
            new FacteurProcess(database.url(), TestDatabase.password(), smtp.port())) {
      facteur.start();

      Awaitility.await("the mail that waited")
          .atMost(Duration.ofSeconds(60))
          .until(() -> state(database, waiting).equals("SENT"));
      assertThat(smtp.accepted()).hasSize(1);
      assertThat(smtp.accepted().get(0).content()).contains("application/pdf");

      database
          .jdbc()
          .sql("UPDATE company SET fixed_billing_date = '2026-02-28' WHERE code = 'LAC'")
          .update();
      database
          .jdbc()
          .sql(
              """
              INSERT INTO run (kind, company_id, as_of, state, started_by)
              SELECT 'BILLING', id, '2026-02-28', 'RUNNING', 'clerk' FROM company WHERE code = 'LAC'
              """)
          .update();
      Awaitility.await("the run of the next period")
          .atMost(Duration.ofSeconds(60))
          .until(() -> runState(database).equals("COMPLETED"));
    }

    assertThat(numbers(database)).containsAll(numbers).hasSizeGreaterThan(numbers.size());
    assertThat(
            database
                .jdbc()
                .sql(
                    """
                    SELECT COUNT(*) FROM document WHERE period_from >= '2026-02-01'
                      AND number LIKE 'LAC-2026-%' AND state = 'ISSUED'
                    """)
                .query(Integer.class)
                .single())
        .isPositive();
    assertThat(
            database
                .jdbc()
                .sql(
                    """
                    SELECT COUNT(*) FROM (SELECT contract_id, period_from FROM document
                      WHERE type = 'INVOICE' AND period_from IS NOT NULL
                      GROUP BY contract_id, period_from HAVING COUNT(*) > 1) twice
                    """)
                .query(Integer.class)
                .single())
        .as("periods billed twice")
        .isZero();
  }

  private static Map<String, List<String>> contents(
      OldDatabase database, Map<String, List<String>> columns) {
    Map<String, List<String>> contents = new TreeMap<>();
    columns.forEach((table, names) -> contents.put(table, database.rows(table, names)));
    return contents;
  }

  /** As the earlier version would have left it, killed before it sent. */
  private static long oneWaitsAgain(OldDatabase database) {
    long transmission =
        database
            .jdbc()
            .sql(
                """
                SELECT MIN(t.id) FROM transmission t JOIN delivery v ON v.transmission_id = t.id
                WHERE v.channel = 'EMAIL' AND v.state = 'SENT'
                """)
            .query(Long.class)
            .single();
    database
        .jdbc()
        .sql(
            """
            UPDATE transmission SET state = 'WAITING', attempts = 0, marked_at = NULL,
              unclear_write = NULL, message_id = NULL WHERE id = :id
            """)
        .param("id", transmission)
        .update();
    database
        .jdbc()
        .sql(
            """
            UPDATE delivery SET state = 'QUEUED', recipient = NULL, evidence = NULL
            WHERE transmission_id = :id
            """)
        .param("id", transmission)
        .update();
    // The store is not part of the database: it is made anew.
    database.jdbc().sql("DELETE FROM rendition").update();
    return transmission;
  }

  private static String state(OldDatabase database, long transmission) {
    return database
        .jdbc()
        .sql("SELECT state FROM delivery WHERE transmission_id = :id")
        .param("id", transmission)
        .query(String.class)
        .single();
  }

  private static String runState(OldDatabase database) {
    return database
        .jdbc()
        .sql("SELECT state FROM run ORDER BY id DESC LIMIT 1")
        .query(String.class)
        .single();
  }

  private static List<String> numbers(OldDatabase database) {
    return database
        .jdbc()
        .sql("SELECT number FROM document WHERE number IS NOT NULL ORDER BY number")
        .query(String.class)
        .list();
  }
}
