package io.facteur.run;

import io.facteur.billing.ProblemKind;
import io.facteur.contract.Role;
import io.facteur.document.DocumentState;
import io.facteur.document.DocumentType;
import io.facteur.document.RunId;
import io.facteur.party.Companies;
import io.facteur.party.Company;
import io.facteur.party.CompanyId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Makes the reports of runs, at any time while they go on and after (MAIL-5). */
@Service
public class RunReports {

  /** So many are listed in the report itself. */
  public static final int LISTED = 50;

  private static final String NOT_DELIVERED =
      """
      FROM document d JOIN delivery v ON v.document_id = d.id
      WHERE d.run_id = :run AND v.state IN ('SKIPPED', 'FAILED', 'UNCERTAIN', 'BOUNCED', 'REJECTED')
      """;

  private final Runs runs;
  private final Companies companies;
  private final JdbcClient jdbc;
  private final Clock clock;

  RunReports(Runs runs, Companies companies, JdbcClient jdbc, Clock clock) {
    this.runs = runs;
    this.companies = companies;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * The report as things stand now.
   *
   * @throws io.facteur.party.Refusal if there is no such run
   */
  public RunReport report(RunId run) {
    return new RunReport(
        header(runs.get(run)),
        documents(run),
        deliveries(run),
        count("SELECT COUNT(*) " + NOT_DELIVERED, run),
        notDelivered(run),
        count("SELECT COUNT(*) FROM run_problem WHERE run_id = :run AND confirmed_at IS NULL", run),
        problems(run));
  }

  /**
   * The company's last billing run that made documents, to compare the next one with.
   *
   * @param documents how many, in each currency, and what they come to (BT-109)
   */
  public record LastBilling(RunId run, LocalDate asOf, List<Billed> documents) {

    /** Documents in one currency. */
    public record Billed(String currency, long documents, BigDecimal net) {}
  }

  /** Empty if the company was never billed. */
  public Optional<LastBilling> lastBilling(CompanyId company) {
    return jdbc.sql(
            """
            SELECT r.id, r.as_of FROM run r
            WHERE r.company_id = :company AND r.kind = 'BILLING'
              AND EXISTS (SELECT 1 FROM document d WHERE d.run_id = r.id)
            ORDER BY r.id DESC LIMIT 1
            """)
        .param("company", company.value())
        .query(
            (row, i) -> {
              RunId run = new RunId(row.getLong("id"));
              return new LastBilling(run, row.getObject("as_of", LocalDate.class), billed(run));
            })
        .optional();
  }

  private List<LastBilling.Billed> billed(RunId run) {
    return jdbc.sql(
            """
            SELECT currency, COUNT(*) AS documents, SUM(tax_exclusive_total) AS net FROM document
            WHERE run_id = :run AND billed_from IS NOT NULL GROUP BY currency ORDER BY currency
            """)
        .param("run", run.value())
        .query(
            (row, i) ->
                new LastBilling.Billed(
                    row.getString("currency"), row.getLong("documents"), row.getBigDecimal("net")))
        .list();
  }

  /**
   * Runs that have ended and whose report was not given out yet. A cancelled one has what was under
   * way still to come to its outcome.
   */
  public List<RunId> waiting() {
    return jdbc.sql(
            """
            SELECT r.id FROM run r
            WHERE r.state IN ('COMPLETED', 'FAILED', 'CANCELLED') AND r.reported_at IS NULL AND NOT r.settling
              AND (r.state <> 'CANCELLED' OR NOT EXISTS (
                SELECT 1 FROM document d JOIN delivery v ON v.document_id = d.id
                WHERE d.run_id = r.id AND v.created_at <= r.finished_at
                  AND (v.state IN ('PLANNED', 'QUEUED', 'SENDING') OR v.retry_at IS NOT NULL)))
            ORDER BY r.id
            LIMIT 100
            """)
        .query((rs, n) -> new RunId(rs.getLong("id")))
        .list();
  }

  private RunReport.Header header(Run run) {
    Company company = companies.byIds(List.of(run.company())).get(0);
    return new RunReport.Header(
        run.id().value(),
        run.kind(),
        company.code(),
        company.party().name(),
        company.timeZone(),
        run.asOf(),
        run.state(),
        run.startedBy(),
        run.startedAt(),
        run.finishedAt(),
        clock.instant());
  }

  private List<RunReport.DocumentCount> documents(RunId run) {
    return jdbc.sql(
            """
            SELECT type, state, currency, COUNT(*) AS documents, SUM(payable_amount) AS payable
            FROM document WHERE run_id = :run
            GROUP BY type, state, currency ORDER BY type, state DESC, currency
            """)
        .param("run", run.value())
        .query(
            (row, i) ->
                new RunReport.DocumentCount(
                    DocumentType.valueOf(row.getString("type")),
                    DocumentState.valueOf(row.getString("state")),
                    row.getString("currency"),
                    row.getLong("documents"),
                    row.getBigDecimal("payable")))
        .list();
  }

  private List<RunReport.DeliveryCount> deliveries(RunId run) {
    return jdbc.sql(
            """
            SELECT v.channel, v.role, v.state, v.state = 'FAILED' AND v.retry_at IS NOT NULL AS retrying,
              COUNT(*) AS deliveries
            FROM document d JOIN delivery v ON v.document_id = d.id
            WHERE d.run_id = :run
            GROUP BY v.channel, v.role, v.state, retrying
            ORDER BY v.channel, v.role, v.state, retrying
            """)
        .param("run", run.value())
        .query(
            (row, i) ->
                new RunReport.DeliveryCount(
                    row.getString("channel"),
                    Role.valueOf(row.getString("role")),
                    row.getString("state"),
                    row.getBoolean("retrying"),
                    row.getLong("deliveries")))
        .list();
  }

  private List<RunReport.NotDelivered> notDelivered(RunId run) {
    return jdbc.sql(
            "SELECT d.number, v.channel, v.role, v.state, v.retry_at, v.reason "
                + NOT_DELIVERED
                + "ORDER BY d.number, v.id LIMIT :listed")
        .param("run", run.value())
        .param("listed", LISTED)
        .query(
            (row, i) ->
                new RunReport.NotDelivered(
                    row.getString("number"),
                    row.getString("channel"),
                    Role.valueOf(row.getString("role")),
                    row.getString("state"),
                    instant(row, "retry_at"),
                    row.getString("reason")))
        .list();
  }

  private List<RunReport.Problem> problems(RunId run) {
    return jdbc.sql(
            """
            SELECT c.number, p.kind, p.periods, p.reason, p.confirmed_at, p.confirmed_by
            FROM run_problem p LEFT JOIN contract c ON c.id = p.contract_id
            WHERE p.run_id = :run ORDER BY p.confirmed_at IS NOT NULL, p.id LIMIT :listed
            """)
        .param("run", run.value())
        .param("listed", LISTED)
        .query(
            (row, i) ->
                new RunReport.Problem(
                    row.getString("number"),
                    ProblemKind.valueOf(row.getString("kind")),
                    row.getObject("periods", Integer.class),
                    row.getString("reason"),
                    instant(row, "confirmed_at"),
                    row.getString("confirmed_by")))
        .list();
  }

  private long count(String sql, RunId run) {
    return jdbc.sql(sql).param("run", run.value()).query(Long.class).single();
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    LocalDateTime utc = row.getObject(column, LocalDateTime.class);
    return utc == null ? null : utc.toInstant(ZoneOffset.UTC);
  }
}
