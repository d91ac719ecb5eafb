package io.facteur.run;

import io.facteur.billing.RunProblems;
import io.facteur.document.RunId;
import io.facteur.party.CompanyId;
import io.facteur.party.Listing;
import io.facteur.party.Page;
import io.facteur.party.Paging;
import io.facteur.party.Refusal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Runs and their states. Every change of state is one conditional statement: any node may try it,
 * as often as it likes, and only one of them is told that it was the one.
 */
@Service
public class Runs {

  private static final String COLUMNS =
      "id, kind, company_id, as_of, state, started_by, started_at, finished_at, controlled_by, turn, due";

  private static final Map<String, String> SORTABLE =
      Map.of("id", "id", "startedAt", "started_at", "asOf", "as_of", "state", "state");

  private final JdbcClient jdbc;
  private final RunProblems problems;

  Runs(JdbcClient jdbc, RunProblems problems) {
    this.jdbc = jdbc;
    this.problems = problems;
  }

  /**
   * Starts a run, or joins the one of that kind, company and day that is still making its
   * documents: two who start it at the same time do it once, together.
   *
   * @throws Refusal if that one is paused: only a person knows whether it should go on
   */
  @Transactional(isolation = Isolation.READ_COMMITTED)
  public RunStart start(RunKind kind, CompanyId company, LocalDate asOf, String startedBy) {
    lock(company);
    refuseBesidePaused(kind, company, asOf);
    return jdbc.sql(
            """
            SELECT id FROM run
            WHERE company_id = :company AND kind = :kind AND as_of = :asOf AND state = 'RUNNING'
            ORDER BY id LIMIT 1
            """)
        .param("company", company.value())
        .param("kind", kind.name())
        .param("asOf", asOf)
        .query((row, i) -> new RunStart(new RunId(row.getLong("id")), true))
        .optional()
        .orElseGet(() -> new RunStart(insert(kind, company, asOf, startedBy), false));
  }

  private void refuseBesidePaused(RunKind kind, CompanyId company, LocalDate asOf) {
    jdbc.sql(
            """
            SELECT id FROM run
            WHERE company_id = :company AND kind = :kind AND state = 'PAUSED'
              AND (as_of = :asOf OR resumes_as = 'RUNNING')
            ORDER BY id LIMIT 1
            """)
        .param("company", company.value())
        .param("kind", kind.name())
        .param("asOf", asOf)
        .query(Long.class)
        .optional()
        .ifPresent(
            paused -> {
              throw Refusal.conflict(
                  "run",
                  "run %d is paused, and what it holds back would be made: resume or cancel it"
                      .formatted(paused));
            });
  }

  /** All starts of a company's runs queue here. */
  private void lock(CompanyId company) {
    boolean exists =
        jdbc.sql("SELECT id FROM company WHERE id = :company FOR UPDATE")
            .param("company", company.value())
            .query(Long.class)
            .optional()
            .isPresent();
    if (!exists) {
      throw Refusal.notFound("company", String.valueOf(company.value()));
    }
  }

  private RunId insert(RunKind kind, CompanyId company, LocalDate asOf, String startedBy) {
    return jdbc.sql(
            """
            INSERT INTO run (kind, company_id, as_of, state, started_by)
            VALUES (:kind, :company, :asOf, 'RUNNING', :startedBy)
            RETURNING id
            """)
        .param("kind", kind.name())
        .param("company", company.value())
        .param("asOf", asOf)
        .param("startedBy", startedBy)
        .query((row, i) -> new RunId(row.getLong("id")))
        .single();
  }

  /**
   * All documents are made; whether this call was the one to say so.
   *
   * @param turn in which whoever says so has gone through the run, from its beginning: if it was
   *     stopped, or something was confirmed, since then, there may be more to make
   */
  public boolean documentsMade(RunId run, int turn) {
    return jdbc.sql(
                """
                UPDATE run SET state = 'DISPATCHING'
                WHERE id = :run AND state = 'RUNNING' AND turn = :turn
                """)
            .param("run", run.value())
            .param("turn", turn)
            .update()
        == 1;
  }

  /** Notes how many contracts the run will look at, once. */
  public void counted(RunId run, int due) {
    jdbc.sql("UPDATE run SET due = :due WHERE id = :run AND due IS NULL")
        .param("due", due)
        .param("run", run.value())
        .update();
  }

  /** Gives a run up while it makes its documents; whether this call was the one to do so. */
  @Transactional
  public boolean fail(RunId run, String reason) {
    boolean failed =
        jdbc.sql(
                    """
                    UPDATE run SET state = 'FAILED', finished_at = UTC_TIMESTAMP(6)
                    WHERE id = :run AND state = 'RUNNING'
                    """)
                .param("run", run.value())
                .update()
            == 1;
    if (failed) {
      problems.add(run, reason);
    }
    return failed;
  }

  /**
   * Completes the runs whose deliveries have all come to rest; those that this call completed. Read
   * committed, as otherwise the statement would lock every delivery that it looks at.
   */
  @Transactional(isolation = Isolation.READ_COMMITTED)
  public List<RunId> completeThoseAtRest() {
    return inState(RunState.DISPATCHING).stream()
        .map(Run::id)
        .filter(run -> !isUnderWay(run))
        .filter(this::complete)
        .toList();
  }

  /** A quick look, along the few deliveries that are under way and not the run's many. */
  private boolean isUnderWay(RunId run) {
    return jdbc.sql(
            """
            SELECT EXISTS (
              SELECT 1 FROM delivery v STRAIGHT_JOIN document d ON d.id = v.document_id
              WHERE v.state IN ('PLANNED', 'QUEUED', 'SENDING') AND d.run_id = :run)
            OR EXISTS (
              SELECT 1 FROM delivery v FORCE INDEX (delivery_retry)
              STRAIGHT_JOIN document d ON d.id = v.document_id
              WHERE v.retry_at IS NOT NULL AND d.run_id = :run)
            """)
        .param("run", run.value())
        .query(Boolean.class)
        .single();
  }

  private boolean complete(RunId run) {
    return jdbc.sql(
                """
                UPDATE run SET state = 'COMPLETED', finished_at = UTC_TIMESTAMP(6)
                WHERE id = :run AND state = 'DISPATCHING'
                  AND NOT EXISTS (
                    SELECT 1 FROM document d JOIN delivery v ON v.document_id = d.id
                    WHERE d.run_id = :run
                      AND (v.state IN ('PLANNED', 'QUEUED', 'SENDING') OR v.retry_at IS NOT NULL))
                  AND NOT EXISTS (
                    SELECT 1 FROM document d
                    WHERE d.run_id = :run AND d.state = 'DRAFT' AND d.released_at IS NOT NULL
                      AND NOT EXISTS (
                        SELECT 1 FROM run_problem p
                        WHERE p.run_id = :run AND p.contract_id = d.contract_id AND p.kind = 'ISSUE'
                          AND p.confirmed_at IS NULL))
                """)
            .param("run", run.value())
            .update()
        == 1;
  }

  /** Notes that the report has been given out. */
  public void reported(RunId run) {
    jdbc.sql("UPDATE run SET reported_at = UTC_TIMESTAMP(6) WHERE id = :run")
        .param("run", run.value())
        .update();
  }

  /**
   * The run of that id.
   *
   * @throws Refusal if there is none
   */
  public Run get(RunId run) {
    return jdbc.sql("SELECT " + COLUMNS + " FROM run WHERE id = :run")
        .param("run", run.value())
        .query(Runs::read)
        .optional()
        .orElseThrow(() -> Refusal.notFound("run", String.valueOf(run.value())));
  }

  public Page<Run> list(RunFilter filter, Paging paging) {
    return new Listing("run", "id", SORTABLE)
        .ofCompanies(filter.companies(), "company_id")
        .where("kind = :kind", "kind", filter.kind() == null ? null : filter.kind().name())
        .where("state = :state", "state", filter.state() == null ? null : filter.state().name())
        .page(jdbc, COLUMNS, paging, Runs::read);
  }

  /** The oldest first; a node that starts takes up those that are RUNNING. */
  public List<Run> inState(RunState state) {
    return jdbc.sql("SELECT " + COLUMNS + " FROM run WHERE state = :state ORDER BY id")
        .param("state", state.name())
        .query(Runs::read)
        .list();
  }

  /**
   * Counts what the run has made and sent so far.
   *
   * @throws Refusal if there is no such run
   */
  public RunProgress progress(RunId run) {
    return jdbc.sql(
            """
            WITH documents AS (
              SELECT COUNT(DISTINCT contract_id) AS billed, COUNT(*) AS made,
                COUNT(IF(state = 'DRAFT', 1, NULL)) AS drafts
              FROM document WHERE run_id = :run),
            deliveries AS (
              SELECT COUNT(*) AS planned, COUNT(IF(
                v.state IN ('PLANNED', 'QUEUED', 'SENDING') OR v.retry_at IS NOT NULL, 1, NULL)) AS under_way
              FROM document d JOIN delivery v ON v.document_id = d.id WHERE d.run_id = :run)
            SELECT r.state, r.due, o.billed, o.made, o.drafts, v.planned, v.under_way,
              (SELECT COUNT(*) FROM run_problem WHERE run_id = r.id AND confirmed_at IS NULL) AS held
            FROM run r JOIN documents o JOIN deliveries v WHERE r.id = :run
            """)
        .param("run", run.value())
        .query(
            (row, i) ->
                new RunProgress(
                    RunState.valueOf(row.getString("state")),
                    row.getObject("due", Integer.class),
                    row.getLong("billed"),
                    row.getLong("drafts"),
                    row.getLong("made") - row.getLong("drafts"),
                    row.getLong("held"),
                    row.getLong("under_way"),
                    row.getLong("planned") - row.getLong("under_way")))
        .optional()
        .orElseThrow(() -> Refusal.notFound("run", String.valueOf(run.value())));
  }

  private static Run read(ResultSet row, int index) throws SQLException {
    return new Run(
        new RunId(row.getLong("id")),
        RunKind.valueOf(row.getString("kind")),
        new CompanyId(row.getLong("company_id")),
        row.getObject("as_of", LocalDate.class),
        RunState.valueOf(row.getString("state")),
        row.getString("started_by"),
        instant(row, "started_at"),
        instant(row, "finished_at"),
        row.getString("controlled_by"),
        row.getInt("turn"),
        row.getObject("due", Integer.class));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    LocalDateTime utc = row.getObject(column, LocalDateTime.class);
    return utc == null ? null : utc.toInstant(ZoneOffset.UTC);
  }
}
