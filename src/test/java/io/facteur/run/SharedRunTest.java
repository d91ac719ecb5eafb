package io.facteur.run;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.facteur.delivery.DocumentIssuing;
import io.facteur.delivery.IssueResult;
import io.facteur.document.RunId;
import io.facteur.party.CompanyId;
import io.facteur.testing.BillingOffice;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Two nodes that do one run together, each with services of its own on the same database. */
class SharedRunTest {

  private static final int CONTRACTS = 1_500;
  private static final int LEFT = 400;
  private static final LocalDate DAY = LocalDate.of(2026, 11, 1);

  private static BillingOffice office;
  private static BillingOffice other;

  @BeforeAll
  static void openOffices() {
    office = BillingOffice.openWithRuns(Clock.systemUTC());
    other = office.otherNode(Clock.systemUTC());
  }

  @AfterAll
  static void closeOffices() {
    other.close();
    office.close();
  }

  @Test
  void twoNodesDoARunOnceTogetherAcrossAPause() throws Exception {
    CompanyId company = new CompanyId(office.newCompany());
    contracts(company, CONTRACTS);
    Runs runs = office.get(Runs.class);
    RunId run = runs.start(RunKind.BILLING, company, DAY, "clerk").run();
    assertThat(other.get(Runs.class).start(RunKind.BILLING, company, DAY, "clerk").run())
        .isEqualTo(run);
    ExecutorService nodes = Executors.newFixedThreadPool(2);
    try {
      List<Future<Integer>> before = List.of(nodes.submit(node(office)), nodes.submit(node(other)));
      Awaitility.await()
          .pollInterval(Duration.ofMillis(5))
          .until(() -> count("document WHERE state = 'ISSUED'", run) >= 300);
      office.get(RunControl.class).pause(run);
      long documents = count("document WHERE TRUE", run);
      long issued = count("document WHERE state = 'ISSUED'", run);

      for (Future<Integer> node : before) {
        node.get();
      }
      assertThat(documents).isLessThan(CONTRACTS);
      assertThat(count("document WHERE TRUE", run)).isEqualTo(documents);
      assertThat(count("document WHERE state = 'ISSUED'", run)).isEqualTo(issued);
      assertThat(runs.get(run).state()).isEqualTo(RunState.PAUSED);
      assertThat(runs.progress(run).due()).isEqualTo(CONTRACTS);

      other.get(RunControl.class).resume(run);
      List<Future<Integer>> after = List.of(nodes.submit(node(office)), nodes.submit(node(other)));
      for (Future<Integer> node : after) {
        assertThat(node.get()).as("drafts of this node").isPositive();
      }
    } finally {
      nodes.shutdownNow();
    }

    assertThat(runs.get(run).state()).isEqualTo(RunState.DISPATCHING);
    assertThat(runs.progress(run).billed()).isEqualTo(CONTRACTS);
    assertNumberedOnce(run, CONTRACTS);
  }

  /**
   * As after a crash between billing and issuing: both look for what is left, and find the same.
   */
  @Test
  void nodesThatFindTheSameDraftsShareThemInsteadOfTryingEachOfThem() throws Exception {
    CompanyId company = new CompanyId(office.newCompany());
    contracts(company, LEFT);
    RunId run = office.get(Runs.class).start(RunKind.BILLING, company, DAY, "clerk").run();
    BillingRuns runs = office.get(BillingRuns.class);
    BillingStep billed = runs.first(office.get(Runs.class).get(run));
    do {
      billed = runs.next(billed);
    } while (billed.position() != null);
    BillingStep one = runs.next(billed);
    BillingStep another = other.get(BillingRuns.class).next(billed);
    assertThat(one.order().drafts()).isNotEmpty().isEqualTo(another.order().drafts());

    ListAppender<ILoggingEvent> log = logOf(DocumentIssuing.class);
    ExecutorService nodes = Executors.newFixedThreadPool(2);
    int issued = 0;
    try {
      for (Future<Integer> node :
          List.of(
              nodes.submit(() -> goOn(office, one)), nodes.submit(() -> goOn(other, another)))) {
        issued += node.get();
      }
    } finally {
      nodes.shutdownNow();
    }

    assertThat(log.list).isEmpty();
    assertThat(issued).isEqualTo(LEFT);
    assertNumberedOnce(run, LEFT);
    assertThat(office.get(Runs.class).get(run).state()).isEqualTo(RunState.DISPATCHING);
  }

  @Test
  void aDraftThatSomebodyHoldsForAMomentIsIssuedAllTheSame() throws Exception {
    CompanyId company = new CompanyId(office.newCompany());
    contracts(company, 3);
    RunId run = office.get(Runs.class).start(RunKind.BILLING, company, DAY, "clerk").run();
    BillingRuns runs = office.get(BillingRuns.class);
    BillingStep billed = runs.next(runs.first(office.get(Runs.class).get(run)));
    ExecutorService node = Executors.newSingleThreadExecutor();
    try {
      Future<Integer> issued =
          office
              .transaction()
              .execute(
                  edit -> {
                    office
                        .jdbc()
                        .sql("SELECT id FROM document WHERE run_id = ? LIMIT 1 FOR UPDATE")
                        .param(run.value())
                        .query(Long.class)
                        .single();
                    Future<Integer> result = node.submit(() -> goOn(other, runs.next(billed)));
                    Awaitility.await()
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> count("document WHERE state = 'ISSUED'", run) == 2);
                    return result;
                  });

      assertThat(issued.get()).isEqualTo(3);
    } finally {
      node.shutdownNow();
    }
    assertNumberedOnce(run, 3);
  }

  private static void assertNumberedOnce(RunId run, int documents) {
    assertThat(count("document WHERE state = 'ISSUED'", run)).isEqualTo(documents);
    assertThat(
            office
                .jdbc()
                .sql(
                    """
                    SELECT CONCAT_WS(' ', COUNT(DISTINCT contract_id, period_from), MIN(sequence), MAX(sequence),
                      COUNT(DISTINCT sequence))
                    FROM document WHERE run_id = ?
                    """)
                .param(run.value())
                .query(String.class)
                .single())
        .isEqualTo("%1$d 1 %1$d %1$d".formatted(documents));
  }

  private static ListAppender<ILoggingEvent> logOf(Class<?> type) {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    Logger logger = (Logger) LoggerFactory.getLogger(type);
    logger.setLevel(Level.INFO);
    logger.addAppender(log);
    return log;
  }

  /** As routes/billing.camel.yaml does it; gives the number of drafts that this node has issued. */
  private static Callable<Integer> node(BillingOffice node) {
    return () -> {
      BillingRuns runs = node.get(BillingRuns.class);
      int share = 0;
      for (Run run : runs.running()) {
        share += goOn(node, runs.first(run));
      }
      return share;
    };
  }

  private static int goOn(BillingOffice node, BillingStep begun) {
    BillingRuns runs = node.get(BillingRuns.class);
    int share = issue(node, begun);
    BillingStep step = begun;
    while (step.more()) {
      step = runs.next(step);
      share += issue(node, step);
    }
    runs.finish(step);
    return share;
  }

  private static int issue(BillingOffice node, BillingStep step) {
    IssueResult result = node.get(DocumentIssuing.class).issue(step.order());
    node.get(BillingRuns.class).issued(step, result);
    return result.issued().size();
  }

  private static long count(String what, RunId run) {
    return office
        .jdbc()
        .sql("SELECT COUNT(*) FROM " + what + " AND run_id = ?")
        .param(run.value())
        .query(Long.class)
        .single();
  }

  private static void contracts(CompanyId company, int count) {
    long contact = office.contact("C-" + company.value());
    for (int i = 0; i < count; i++) {
      long contract =
          office.contract("S" + company.value() + "-" + i, contact, LocalDate.of(2026, 10, 1));
      office.line(contract, 1, "1", "10.00");
      office.schedule(contract, 1, "ADVANCE", 1, LocalDate.of(2026, 10, 31), "ISSUE");
    }
  }
}
