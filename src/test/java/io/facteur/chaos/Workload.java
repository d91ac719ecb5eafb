package io.facteur.chaos;

import io.facteur.benchmark.BilledCompany;
import java.util.ArrayDeque;
import java.util.Deque;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What is to be done: contracts of several companies, nine deliveries for five of them, one billing
 * run after the other, so that something is under way until the end.
 */
final class Workload {

  /** So many waiting transmissions are enough. */
  private static final int PLENTY = 150;

  private final DatabaseServer database;
  private final Deque<BilledCompany> waiting = new ArrayDeque<>();
  private final long deliveries;

  /** Writes the contracts of so many deliveries, in so many runs. */
  Workload(DatabaseServer database, int deliveries, int runs) {
    this.database = database;
    for (int run = 1; run <= runs; run++) {
      waiting.add(company("CH%02d".formatted(run), deliveries * 5 / (9 * runs)));
    }
    this.deliveries = planned();
  }

  /** So many deliveries are asked for. */
  long deliveries() {
    return deliveries;
  }

  boolean isAllOrdered() {
    return waiting.isEmpty();
  }

  /** Orders the next run, unless there is still enough to do. */
  synchronized void keepBusy() {
    if (!waiting.isEmpty()
        && count("SELECT COUNT(*) FROM transmission WHERE state <> 'ENDED'") < PLENTY
        && count("SELECT COUNT(*) FROM run WHERE state = 'RUNNING'") == 0) {
      waiting.poll().order();
    }
  }

  /** One run more, after all the others. */
  void orderALaterOne() {
    company("LATER", 10).order();
  }

  /** Which part has ended, from 0 to 1. */
  double progress() {
    return (double) ended() / deliveries;
  }

  long ended() {
    return count("SELECT COUNT(*) FROM transmission WHERE state = 'ENDED'");
  }

  /** Whether nothing moves any more by itself. */
  boolean isAtRest() {
    return waiting.isEmpty()
        && count("SELECT COUNT(*) FROM transmission WHERE state <> 'ENDED'") == 0
        && count("SELECT COUNT(*) FROM run WHERE state <> 'COMPLETED' OR reported_at IS NULL") == 0
        && count(
                """
                SELECT COUNT(*) FROM delivery WHERE retry_at IS NOT NULL
                  OR state IN ('PLANNED', 'QUEUED', 'SENDING', 'SPOOLED')
                """)
            == 0;
  }

  /** What changes as long as anything moves. */
  long movement() {
    return count("SELECT COALESCE(MAX(id), 0) FROM delivery_event");
  }

  private long planned() {
    return count("SELECT COUNT(*) FROM dispatch_definition");
  }

  private BilledCompany company(String code, int contracts) {
    JdbcClient jdbc = database.jdbc();
    BilledCompany company = BilledCompany.load(jdbc, code, contracts);
    company.issueAtOnce();
    jdbc.sql(
            """
            UPDATE contact t JOIN company c ON c.id = t.company_id
            SET t.general_email = CONCAT('customer', t.id, '@customer.example') WHERE c.code = ?
            """)
        .param(code)
        .update();
    jdbc.sql(
            """
            INSERT INTO dispatch_definition (contract_id, domain, channel, role)
            SELECT k.id, 'INVOICE', x.channel, 'CONTRACTING_PARTY'
            FROM contract k JOIN company c ON c.id = k.company_id
            JOIN (SELECT 0 AS kind, 'EMAIL' AS channel
              UNION SELECT 1, 'EMAIL' UNION SELECT 1, 'POST'
              UNION SELECT 2, 'EMAIL' UNION SELECT 2, 'EINVOICE'
              UNION SELECT 3, 'POST'
              UNION SELECT 4, 'EMAIL' UNION SELECT 4, 'POST' UNION SELECT 4, 'EINVOICE') x
            ON x.kind = k.id MOD 5
            WHERE c.code = ?
            """)
        .param(code)
        .update();
    return company;
  }

  private long count(String sql) {
    return database.jdbc().sql(sql).query(Long.class).single();
  }
}
