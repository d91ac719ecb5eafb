package io.facteur.metering;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.contract.BillingPeriod;
import io.facteur.contract.ContractId;
import io.facteur.contract.VatCategory;
import io.facteur.document.DocumentId;
import io.facteur.document.Drafts;
import io.facteur.document.NewDocument;
import io.facteur.document.NewLine;
import io.facteur.testing.BillingOffice;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Monthly contracts from 1 January 2026, unless a line says otherwise; days are of 2026. */
class QuantityIntakeTest {

  private static BillingOffice office;
  private static QuantityIntake intake;
  private static MeteredQuantities quantities;
  private static long contact;
  private static int number;

  private long contract;
  private String name;

  @BeforeAll
  static void openOffice() {
    office = BillingOffice.open(Clock.systemUTC());
    intake = office.get(QuantityIntake.class);
    quantities = office.get(MeteredQuantities.class);
    contact = office.contact("METERED");
  }

  @AfterAll
  static void closeOffice() {
    office.close();
  }

  @BeforeEach
  void newContract() {
    name = "Q-" + ++number;
    contract = office.contract(name, contact, LocalDate.of(2026, 1, 1));
    office.schedule(contract, 1, "ARREARS", 1, null, "DRAFT");
    line(1, "POWER");
    line(2, "WATER");
  }

  /**
   * Each step is a quantity of POWER that comes in: days, quantity, ! for a correction; or BILL.
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          first quantity                         | 01-01..01-31=10                                              | TAKEN      | 01-01..01-31:10
          none                                   | 01-01..01-31=0                                               | TAKEN      | 01-01..01-31:0
          six decimals                           | 01-01..01-31=999999999999.123456                             | TAKEN      | 01-01..01-31:999999999999.123456
          two for a period                       | 01-01..01-10=4; 01-11..01-31=6                               | TAKEN      | 01-01..01-10:4 01-11..01-31:6
          the same again                         | 01-01..01-31=10; 01-01..01-31=10.0                           | UNCHANGED  | 01-01..01-31:10
          another one, not billed                | 01-01..01-31=10; 01-01..01-31=12                             | REPLACED   | 01-01..01-31:12
          back to the first                      | 01-01..01-31=10; 01-01..01-31=12; 01-01..01-31=10            | REPLACED   | 01-01..01-31:10
          correction of an unbilled one          | 01-01..01-31=10; 01-01..01-31=12!                            | REPLACED   | 01-01..01-31:12
          the same again, billed                 | 01-01..01-31=10; BILL; 01-01..01-31=10                       | UNCHANGED  |
          another one, billed                    | 01-01..01-31=10; BILL; 01-01..01-31=12                       | REFUSED    |
          correction                             | 01-01..01-31=10; BILL; 01-01..01-31=12!                      | CORRECTION | 01-01..01-31:2
          correction downwards                   | 01-01..01-31=10; BILL; 01-01..01-31=0!                       | CORRECTION | 01-01..01-31:-10
          correction sent again                  | 01-01..01-31=10; BILL; 01-01..01-31=12!; 01-01..01-31=12!    | UNCHANGED  | 01-01..01-31:2
          correction equal to what is billed     | 01-01..01-31=10; BILL; 01-01..01-31=10!                      | UNCHANGED  |
          further correction before it is billed | 01-01..01-31=10; BILL; 01-01..01-31=12!; 01-01..01-31=15!    | CORRECTION | 01-01..01-31:5
          correction taken back                  | 01-01..01-31=10; BILL; 01-01..01-31=12!; 01-01..01-31=10!    | CORRECTION |
          correction made after it was back      | 01-01..01-31=10; BILL; 01-01..01-31=12!; 01-01..01-31=10!; 01-01..01-31=11! | CORRECTION | 01-01..01-31:1
          the billed one while a correction waits| 01-01..01-31=10; BILL; 01-01..01-31=12!; 01-01..01-31=10     | REFUSED    | 01-01..01-31:2
          correction of a billed correction      | 01-01..01-31=10; BILL; 01-01..01-31=12!; BILL; 01-01..01-31=15! | CORRECTION | 01-01..01-31:3
          days that overlap                      | 01-01..01-15=10; 01-15..01-31=12                             | REFUSED    | 01-01..01-15:10
          days that hold others                  | 01-10..01-15=10; 01-01..01-31=12                             | REFUSED    | 01-10..01-15:10
          days inside of others                  | 01-01..01-31=10; 01-10..01-15=12                             | REFUSED    | 01-01..01-31:10
          """)
  void whatBecomesOfAQuantity(String what, String steps, QuantityOutcome outcome, String waiting) {
    QuantityResult last = null;
    for (String step : steps.split("; ", -1)) {
      if (step.equals("BILL")) {
        bill();
      } else {
        last = take(quantity("POWER", step));
      }
    }

    assertThat(last.outcome()).as(last.reason()).isEqualTo(outcome);
    assertThat(waiting()).isEqualTo(waiting == null ? "" : waiting);
  }

  /** The same steps at once: those of one file come in one transaction. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          01-01..01-31=10; 01-01..01-31=10                   | TAKEN UNCHANGED              | 01-01..01-31:10
          01-01..01-31=10; 01-01..01-31=12; 01-01..01-31=13  | TAKEN REPLACED REPLACED      | 01-01..01-31:13
          01-01..01-31=10; 01-31..01-31=1; 02-01..02-28=1    | TAKEN REFUSED TAKEN          | 01-01..01-31:10 02-01..02-28:1
          """)
  void laterOnesCountAmongThoseThatComeTogether(String together, String outcomes, String waiting) {
    List<QuantityResult> results =
        intake.take(
            Arrays.stream(together.split("; ", -1)).map(one -> quantity("POWER", one)).toList());

    assertThat(results)
        .extracting(result -> result.outcome().name())
        .containsExactly(outcomes.split(" ", -1));
    assertThat(waiting()).isEqualTo(waiting);
  }

  @Test
  void correctionThatNoFurtherBillTakesIsRefused() {
    take(quantity("POWER", "01-01..01-31=10"));
    bill();
    office
        .jdbc()
        .sql(
            """
            UPDATE contract c JOIN billing_schedule s ON s.contract_id = c.id
            SET c.end_date = '2026-01-31', s.billed_through = '2026-01-31' WHERE c.id = ?
            """)
        .param(contract)
        .update();

    QuantityResult result = take(quantity("POWER", "01-01..01-31=12!"));

    assertThat(result.outcome()).isEqualTo(QuantityOutcome.REFUSED);
    assertThat(result.reason())
        .startsWith(
            "correction: the contract is billed to its end, no further bill takes the difference");
    assertThat(waiting()).isEmpty();
  }

  @Test
  void correctionsThatComeTogetherReplaceEachOther() {
    take(quantity("POWER", "01-01..01-31=10"));
    bill();

    List<QuantityResult> results =
        intake.take(
            List.of(
                quantity("POWER", "01-01..01-31=12!"),
                quantity("POWER", "01-01..01-31=10!"),
                quantity("POWER", "01-01..01-31=9!")));

    assertThat(results)
        .extracting(QuantityResult::outcome)
        .containsOnly(QuantityOutcome.CORRECTION);
    assertThat(waiting()).isEqualTo("01-01..01-31:-1");
  }

  @ParameterizedTest(name = "{0}: {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          meter             | GAS   | 01-01..01-31=10            | meter: contract '%s' has no line with this meter, only POWER, WATER
          before the start  | POWER | 2025-12-01..2025-12-31=10  | from: contract '%s' begins on 2026-01-01: send days from then on only
          after the end     | POWER | 12-01..12-31=10            | to: contract '%s' ends on 2026-12-15: send days until then only
          order of days     | POWER | 01-31..01-01=10            | to: must not be before 2026-01-31
          negative          | POWER | 01-01..01-31=-1            | quantity: must not be negative: a correction says the right quantity, not a difference
          seven decimals    | POWER | 01-01..01-31=0.0000001     | quantity: has more than 12 digits before or 6 after the point
          thirteen digits   | POWER | 01-01..01-31=1000000000000 | quantity: has more than 12 digits before or 6 after the point
          two periods       | POWER | 04-01..05-31=10            | to: the billing period ends on 2026-04-30: send one quantity until then, and one from 2026-05-01 on
          paused            | POWER | 06-05..06-20=10            | from: contract '%s' is paused on all of these days: correct the pause if they are to be billed
          billed through    | POWER | 03-01..03-31=10            | from: contract '%s' is billed through 2026-03-31, without a quantity for these days: send days after that, and bill what was left out by an invoice of its own
          line not in force | WATER | 11-01..11-30=10            | meter: contract '%s' has no line with this meter on these days: correct the days the line is for
          """)
  void whatBreaksARuleIsRefusedWithItsReason(
      String what, String meter, String quantity, String reason) {
    execute("UPDATE contract SET end_date = '2026-12-15' WHERE id = ?");
    execute(
        "UPDATE contract_line SET valid_to = '2026-10-31' WHERE contract_id = ? AND position = 2");
    execute(
        "INSERT INTO contract_pause (contract_id, from_date, to_date) VALUES (?, '2026-06-01', '2026-06-20')");
    if (what.startsWith("billed")) {
      execute("UPDATE billing_schedule SET billed_through = '2026-03-31' WHERE contract_id = ?");
    }

    QuantityResult result = take(quantity(meter, quantity));

    assertThat(result.reason()).isEqualTo(reason.formatted(name));
    assertThat(waiting()).isEmpty();
  }

  @Test
  void whoSendsABilledOneAgainIsToldByWhichDocumentItIsBilled() {
    take(quantity("POWER", "01-01..01-31=10"));
    DocumentId draft = bill();

    assertThat(take(quantity("POWER", "01-01..01-31=12")).reason())
        .isEqualTo(
            "correction: 10 is billed for these days by draft %d: send it as a correction to bill the difference",
            draft.value());
  }

  @Test
  void unknownContractsAndMissingFieldsAreNamed() {
    NewQuantity nothing = new NewQuantity(null, " ", null, null, null, false);
    NewQuantity nobodys =
        new NewQuantity("NOBODY", "POWER", LocalDate.EPOCH, LocalDate.EPOCH, BigDecimal.ONE, false);

    List<QuantityResult> results =
        intake.take(List.of(nothing, quantity("POWER", "01-01..01-31=10"), nobodys));

    assertThat(results.get(0).reason())
        .isEqualTo(
            "contract: is required; meter: is required; from: is required; to: is required;"
                + " quantity: is required");
    assertThat(results.get(1).outcome()).isEqualTo(QuantityOutcome.TAKEN);
    assertThat(results.get(2).reason())
        .isEqualTo(
            "contract: there is no contract 'NOBODY': correct the number, or add the contract first");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          from the start on       |            |                 | 01-01..01-31=1 |
          first days missing      |            |                 | 01-10..01-31=1 | 2026-01-01 to 2026-01-09
          follows                 |            | 01-01..01-31=1  | 02-01..02-28=1 |
          a month missing         |            | 01-01..01-31=1  | 03-01..03-31=1 | 2026-02-01 to 2026-02-28
          billed elsewhere        | 2026-02-28 |                 | 03-01..03-31=1 |
          missing since billed    | 2026-02-28 |                 | 04-01..04-30=1 | 2026-03-01 to 2026-03-31
          pause of a month        |            | 01-01..05-31=1m | 07-01..07-31=1 |
          pause and days after it |            | 01-01..05-31=1m | 07-10..07-31=1 | 2026-07-01 to 2026-07-09
          days around a pause     |            | 01-01..04-30=1m | 07-10..07-31=1 | 2026-05-01 to 2026-05-31, 2026-07-01 to 2026-07-09
          """)
  void quantitiesWithAHoleBeforeThemAreTakenWithAWarning(
      String what, LocalDate billedThrough, String before, String quantity, String missing) {
    execute(
        "INSERT INTO contract_pause (contract_id, from_date, to_date) VALUES (?, '2026-06-01', '2026-06-30')");
    if (billedThrough != null) {
      office
          .jdbc()
          .sql("UPDATE billing_schedule SET billed_through = ? WHERE contract_id = ?")
          .params(billedThrough, contract)
          .update();
    }
    if (before != null) {
      intake.take(months(before));
    }

    QuantityResult result = take(quantity("POWER", quantity));

    assertThat(result.outcome()).isEqualTo(QuantityOutcome.TAKEN);
    assertThat(result.warning())
        .isEqualTo(
            missing == null ? null : "there is no quantity for " + missing + ": send it too");
  }

  @Test
  void aHoleThatALaterOneFillsIsNone() {
    List<QuantityResult> results =
        intake.take(
            List.of(quantity("POWER", "02-01..02-28=1"), quantity("POWER", "01-01..01-31=1")));

    assertThat(results).extracting(QuantityResult::warning).containsOnlyNulls();
  }

  @Test
  void previewWritesNothing() {
    List<QuantityResult> results =
        intake.preview(
            List.of(quantity("POWER", "01-01..01-31=1"), quantity("POWER", "01-01..01-31=2")));

    assertThat(results)
        .extracting(QuantityResult::outcome)
        .containsExactly(QuantityOutcome.TAKEN, QuantityOutcome.REPLACED);
    assertThat(waiting()).isEmpty();
  }

  @Test
  void quantitiesWaitWhileTheirContractIsBilled() throws Exception {
    CountDownLatch locked = new CountDownLatch(1);
    CountDownLatch letGo = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<?> billing =
          threads.submit(
              () ->
                  office
                      .transaction()
                      .executeWithoutResult(
                          tx -> {
                            office
                                .jdbc()
                                .sql("SELECT id FROM contract WHERE id = ? FOR UPDATE")
                                .param(contract)
                                .query(Long.class)
                                .single();
                            locked.countDown();
                            await(letGo);
                            execute(
                                "UPDATE billing_schedule SET billed_through = '2026-01-31' WHERE contract_id = ?");
                          }));
      await(locked);
      Future<QuantityResult> taken =
          threads.submit(() -> take(quantity("POWER", "01-01..01-31=10")));
      Awaitility.await()
          .atMost(20, TimeUnit.SECONDS)
          .until(QuantityIntakeTest::somebodyWaitsForALock);
      letGo.countDown();
      billing.get();

      assertThat(taken.get().reason()).contains("is billed through 2026-01-31");
    } finally {
      letGo.countDown();
      threads.shutdownNow();
    }
  }

  private static boolean somebodyWaitsForALock() {
    return office
            .jdbc()
            .sql(
                """
                SELECT COUNT(*) FROM information_schema.processlist
                WHERE db = DATABASE() AND id <> CONNECTION_ID() AND info LIKE '%FOR UPDATE%'
                """)
            .query(Long.class)
            .single()
        > 0;
  }

  private QuantityResult take(NewQuantity quantity) {
    return intake.take(List.of(quantity)).get(0);
  }

  private NewQuantity quantity(String meter, String text) {
    String[] parts = text.replace("!", "").split("=|\\.\\.", -1);
    return new NewQuantity(
        name, meter, day(parts[0]), day(parts[1]), new BigDecimal(parts[2]), text.endsWith("!"));
  }

  /** One for each month of these days. */
  private List<NewQuantity> months(String text) {
    NewQuantity whole = quantity("POWER", text.replace("m", ""));
    List<NewQuantity> months = new ArrayList<>();
    for (LocalDate from = whole.from(); from.isBefore(whole.to()); from = from.plusMonths(1)) {
      months.add(
          new NewQuantity(
              name, "POWER", from, from.plusMonths(1).minusDays(1), whole.quantity(), false));
    }
    return months;
  }

  private static LocalDate day(String text) {
    return LocalDate.parse(text.length() == 5 ? "2026-" + text : text);
  }

  private String waiting() {
    List<String> waiting = new ArrayList<>();
    ContractId id = new ContractId(contract);
    for (WaitingQuantity one : quantities.waiting(List.of(id)).getOrDefault(id, List.of())) {
      waiting.add(
          one.period().from().toString().substring(5)
              + ".."
              + one.period().to().toString().substring(5)
              + ":"
              + one.toBill().stripTrailingZeros().toPlainString());
    }
    return String.join(" ", waiting);
  }

  /** As a billing run does. */
  private DocumentId bill() {
    ContractId id = new ContractId(contract);
    BillingPeriod period =
        new BillingPeriod(
            office
                .jdbc()
                .sql(
                    "SELECT COALESCE(billed_through + INTERVAL 1 DAY, '2026-01-01') FROM billing_schedule WHERE contract_id = ?")
                .param(contract)
                .query(LocalDate.class)
                .single(),
            LocalDate.of(2026, 12, 31));
    NewLine line =
        new NewLine(
            "Power",
            null,
            BigDecimal.ONE,
            "KWH",
            BigDecimal.TEN,
            null,
            null,
            VatCategory.S,
            new BigDecimal("20"),
            null);
    DocumentId draft =
        office
            .get(Drafts.class)
            .add(NewDocument.invoice("ACME", name, period, List.of(line)), "clerk");
    Map<Long, DocumentId> billed = new HashMap<>();
    quantities.waiting(List.of(id)).get(id).forEach(one -> billed.put(one.id(), draft));
    quantities.billed(billed);
    execute(
        "UPDATE billing_schedule SET billed_through = COALESCE(billed_through + INTERVAL 1 DAY, '2026-01-31') WHERE contract_id = ?");
    return draft;
  }

  private void line(int position, String meter) {
    office
        .jdbc()
        .sql(
            """
            INSERT INTO contract_line (contract_id, position, kind, meter, name, unit_code, unit_price,
              vat_category, vat_rate)
            VALUES (?, ?, 'METERED', ?, 'Metered', 'KWH', 0.25, 'S', 20)
            """)
        .params(contract, position, meter)
        .update();
  }

  private void execute(String sql) {
    office.jdbc().sql(sql).param(contract).update();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
