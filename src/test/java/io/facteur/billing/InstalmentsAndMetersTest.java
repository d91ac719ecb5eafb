package io.facteur.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.facteur.contract.BillingSchedule;
import io.facteur.contract.BillingTerms;
import io.facteur.contract.Contract;
import io.facteur.contract.ContractLine;
import io.facteur.contract.Contracts;
import io.facteur.contract.InstalmentPlan;
import io.facteur.contract.LineKind;
import io.facteur.contract.LineTerms;
import io.facteur.contract.Pause;
import io.facteur.contract.VatCategory;
import io.facteur.document.CreditNotes;
import io.facteur.document.Discard;
import io.facteur.document.Document;
import io.facteur.document.DocumentId;
import io.facteur.document.DocumentType;
import io.facteur.document.Documents;
import io.facteur.document.Issue;
import io.facteur.document.RunId;
import io.facteur.metering.MeteredQuantities;
import io.facteur.party.CompanyId;
import io.facteur.party.ContactId;
import io.facteur.party.Refusal;
import io.facteur.testing.BillingOffice;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What billing does over the periods of one contract, on a real database (BILL-1, BILL-7). */
class InstalmentsAndMetersTest {

  private static final LocalDate NEW_YEAR = LocalDate.of(2026, 1, 1);

  private static BillingOffice office;
  private static Documents documents;

  private CompanyId company;
  private long contact;

  @BeforeAll
  static void openOffice() {
    office =
        BillingOffice.open(
            Clock.fixed(Instant.parse("2026-01-01T12:00:00Z"), ZoneOffset.UTC),
            "io.facteur.billing");
    documents = office.get(Documents.class);
  }

  @AfterAll
  static void closeOffice() {
    office.close();
  }

  @BeforeEach
  void newCompany() {
    company = new CompanyId(office.newCompany());
    contact = office.contact("C-" + company.value());
  }

  @Test
  void instalmentsAreBilledInAdvanceAndDeductedByTheSettlement() {
    Contract contract = settledQuarterly(null);

    List<DocumentId> january = issued(bill("2026-01-01"));
    List<DocumentId> february = issued(bill("2026-02-01"));
    List<DocumentId> march = issued(bill("2026-03-01"));
    List<Document> april = load(bill("2026-04-01"));

    assertThat(april)
        .extracting(Document::type, document -> document.period().from())
        .containsExactly(
            tuple(DocumentType.SETTLEMENT, NEW_YEAR),
            tuple(DocumentType.INSTALMENT, LocalDate.of(2026, 4, 1)));
    Document settlement = april.get(0);
    // 150.00 net, with VAT of 20 %; instalments of 40.00 net
    assertThat(settlement.totals().taxInclusive()).isEqualTo("180.00");
    assertThat(settlement.totals().prepaid()).isEqualTo("144.00");
    assertThat(settlement.totals().payable()).isEqualTo("36.00");
    assertThat(settlement.deducted())
        .extracting(deducted -> deducted.instalment(), deducted -> deducted.amount().toString())
        .containsExactly(
            tuple(january.get(0), "48.00"),
            tuple(february.get(0), "48.00"),
            tuple(march.get(0), "48.00"));
    assertThat(load(january).get(0).type()).isEqualTo(DocumentType.INSTALMENT);
    assertThat(load(january).get(0).lines().get(0).name()).isEqualTo("Acompte janvier 2026");
    assertThat(contracts().get(contract.number()).schedule().billedThrough())
        .isEqualTo(LocalDate.of(2026, 3, 31));
    assertThat(bill("2026-04-01")).as("again").isEmpty();
  }

  @Test
  void instalmentCreditedInPartIsDeductedByWhatIsLeftAndOneCreditedInWholeNotAtAll() {
    settledQuarterly(null);
    List<DocumentId> january = issued(bill("2026-01-01"));
    issued(bill("2026-02-01"));
    issued(bill("2026-03-01"));
    issued(List.of(office.get(CreditNotes.class).draftFor(january.get(0), "clerk")));

    Document settlement = load(bill("2026-04-01")).get(0);

    assertThat(settlement.deducted()).hasSize(2);
    assertThat(settlement.totals().payable()).isEqualTo("84.00");
  }

  @Test
  void settlementWaitsForAnInstalmentThatIsStillADraftAndTheNextInstalmentsDoNot() {
    settledQuarterly(null);
    issued(bill("2026-01-01"));
    issued(bill("2026-02-01"));
    List<DocumentId> march = bill("2026-03-01");
    RunId run = run("2026-04-01");

    List<Document> april = load(bill(run, "2026-04-01"));

    assertThat(april).extracting(Document::type).containsExactly(DocumentType.INSTALMENT);
    assertThat(problem(run))
        .isEqualTo(
            "its settlement of 2026-01-01 to 2026-03-31 waits for the instalment from 2026-03-01,"
                + " which is draft %d: issue or discard that".formatted(march.get(0).value()));
    issued(march);
    assertThat(load(bill("2026-04-02")).get(0).deducted()).hasSize(3);
  }

  @Test
  void settlementWaitsForTheDraftOfACreditNoteOfAnInstalment() {
    settledQuarterly(null);
    List<DocumentId> january = issued(bill("2026-01-01"));
    issued(bill("2026-02-01"));
    issued(bill("2026-03-01"));
    DocumentId credit = office.get(CreditNotes.class).draftFor(january.get(0), "clerk");
    RunId run = run("2026-04-01");

    assertThat(load(bill(run, "2026-04-01")))
        .extracting(Document::type)
        .containsExactly(DocumentType.INSTALMENT);
    assertThat(problem(run))
        .isEqualTo(
            "its settlement of 2026-01-01 to 2026-03-31 waits for the credit note of the instalment"
                + " from 2026-01-01, which is draft %d: issue or discard that"
                    .formatted(credit.value()));
  }

  @Test
  void discardedInstalmentIsBilledAgain() {
    settledQuarterly(null);
    List<DocumentId> january = bill("2026-01-01");

    discard(january.get(0));

    assertThat(load(bill("2026-01-02")))
        .extracting(Document::type)
        .containsExactly(DocumentType.INSTALMENT);
  }

  @Test
  void settlementIsNotDiscardedWhereNoneAfterItWouldDeductItsInstalments() {
    Contract contract = settledQuarterly(null);
    for (int month = 1; month <= 3; month++) {
      issued(bill("2026-0%d-01".formatted(month)));
    }
    DocumentId first = settlements(issuedInstalments(bill("2026-04-01"))).get(0);
    for (int month = 5; month <= 6; month++) {
      issued(bill("2026-0%d-01".formatted(month)));
    }
    DocumentId second = settlements(bill("2026-07-01")).get(0);

    assertThatThrownBy(() -> discard(first))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "document: %d deducts instalments, and no other settlement would, as its contract is"
                    .formatted(first.value())
                + " billed until 2026-06-30 already: issue it, or discard what was billed later, the"
                + " last first");
    assertThat(load(List.of(first)).get(0).deducted()).hasSize(3);
    assertThat(discard(second).billedAgain()).isTrue();
    assertThat(discard(first).billedAgain()).isTrue();
    assertThat(contracts().get(contract.number()).schedule().billedThrough()).isNull();
  }

  @Test
  void settlementIsDiscardedOnceItsPeriodCountsAsNotBilled() {
    settledQuarterly(null);
    for (int month = 1; month <= 3; month++) {
      issued(bill("2026-0%d-01".formatted(month)));
    }
    DocumentId first = settlements(issuedInstalments(bill("2026-04-01"))).get(0);
    office
        .jdbc()
        .sql(
            """
            UPDATE billing_schedule s JOIN contract c ON c.id = s.contract_id
            SET s.billed_through = NULL, c.next_due = c.start_date
            WHERE c.id = (SELECT contract_id FROM document WHERE id = ?)
            """)
        .param(first.value())
        .update();

    discard(first);

    assertThat(load(bill("2026-04-01")).get(0).deducted()).hasSize(3);
  }

  @Test
  void instalmentsOfThePausedDaysAreNotBilled() {
    settledQuarterly(new Pause(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 2, 28)));

    assertThat(bill("2026-01-01")).isEmpty();
    assertThat(bill("2026-02-01")).isEmpty();
    assertThat(bill("2026-03-01")).hasSize(1);
  }

  @Test
  void periodIsHeldUntilItsQuantityIsThereAndTheNextOneIsBilledWithItsCorrection() {
    Contract contract = metered();
    RunId early = run("2026-02-01");

    assertThat(bill(early, "2026-02-01")).isEmpty();
    assertThat(problem(early))
        .isEqualTo(
            "the quantity of meter E-1 is missing for 2026-01-01 to 2026-01-31:"
                + " import it, or correct the contract");

    long january = quantity(contract, "2026-01-01", "2026-01-31", "120", 0, null);
    Document first = load(bill("2026-02-02")).get(0);
    assertThat(first.lines())
        .extracting(line -> line.name(), line -> line.netAmount().toString())
        .containsExactly(tuple("Compteur E-1 : 120 kWh", "30.00"), tuple("Abonnement", "10.00"));

    quantity(contract, "2026-01-01", "2026-01-31", "100", 1, january);
    quantity(contract, "2026-02-01", "2026-02-28", "80.5", 0, null);
    Document second = load(bill("2026-03-01")).get(0);
    assertThat(second.lines())
        .extracting(
            line -> line.name(),
            line -> line.quantity().toPlainString(),
            line -> line.netAmount().toString())
        .containsExactly(
            tuple("Compteur E-1 : 80,5 kWh", "80.5", "20.13"), // 20.125
            tuple("Compteur E-1 : -20 kWh (correction)", "-20", "-5.00"),
            tuple("Abonnement", "1", "10.00"));
    assertThat(second.lines().get(1).period().from()).isEqualTo(NEW_YEAR);
    assertThat(waiting(contract)).isZero();
  }

  @Test
  void periodOfAnInvoiceCreditedInWholeIsBilledAgainWithItsQuantity() {
    Contract contract = metered();
    long january = quantity(contract, "2026-01-01", "2026-01-31", "120", 0, null);
    DocumentId wrong = issued(bill("2026-02-01")).get(0);
    quantity(contract, "2026-01-01", "2026-01-31", "100", 1, january);
    billAgainFrom(contract, null);
    RunId early = run("2026-02-02");

    assertThat(bill(early, "2026-02-02")).isEmpty();
    String number = load(List.of(wrong)).get(0).number();
    assertThat(problem(early))
        .isEqualTo(
            "its period from 2026-01-01 is billed already, by %s:".formatted(number)
                + " correct until when it is billed, or credit that in whole");

    issued(List.of(office.get(CreditNotes.class).draftFor(wrong, "clerk")));
    Document right = load(bill("2026-02-03")).get(0);
    assertThat(right.lines().get(0).quantity()).isEqualTo("100");
    assertThat(waiting(contract)).isZero();
    assertThat(bill("2026-02-04")).as("again").isEmpty();
  }

  @Test
  void settlementCreditedInWholeIsMadeAgainAndDeductsTheSameInstalments() {
    Contract contract = settledQuarterly(null);
    for (String day : List.of("2026-01-01", "2026-02-01", "2026-03-01")) {
      issued(bill(day));
    }
    List<DocumentId> april = issued(bill("2026-04-01"));
    issued(List.of(office.get(CreditNotes.class).draftFor(april.get(0), "clerk")));
    billAgainFrom(contract, null);

    Document settlement = load(bill("2026-04-02")).get(0);

    assertThat(settlement.type()).isEqualTo(DocumentType.SETTLEMENT);
    assertThat(settlement.deducted()).hasSize(3);
    assertThat(settlement.totals().payable()).isEqualTo("36.00");
  }

  /** As a clerk does who corrects until when the schedule is billed. */
  private static void billAgainFrom(Contract contract, LocalDate billedThrough) {
    Contract now = contracts().get(contract.number());
    BillingSchedule schedule = now.schedule();
    contracts()
        .update(
            new Contract(
                now.id(),
                now.version(),
                now.company(),
                now.number(),
                now.contractingParty(),
                now.deliveryAddress(),
                now.start(),
                now.end(),
                now.language(),
                now.paymentDays(),
                now.buyerReference(),
                now.orderReference(),
                now.printQueue(),
                new BillingSchedule(
                    schedule.intervalMonths(),
                    schedule.timing(),
                    schedule.anchorDay(),
                    billedThrough,
                    schedule.releasePolicy()),
                now.lines(),
                now.terms()));
  }

  @Test
  void quantitiesOfADiscardedDraftWaitAgain() {
    Contract contract = metered();
    quantity(contract, "2026-01-01", "2026-01-31", "120", 0, null);
    DocumentId draft = bill("2026-02-01").get(0);
    assertThat(waiting(contract)).isZero();

    discard(draft);

    assertThat(waiting(contract)).isEqualTo(1);
    assertThat(load(bill("2026-02-02")).get(0).lines().get(0).quantity()).isEqualTo("120");
  }

  private static Discard.Discarded discard(DocumentId draft) {
    return office.get(Discard.class).discard(documents.get(String.valueOf(draft.value())));
  }

  private List<DocumentId> issuedInstalments(List<DocumentId> billed) {
    List<DocumentId> instalments =
        load(billed).stream()
            .filter(document -> document.type() == DocumentType.INSTALMENT)
            .map(Document::id)
            .toList();
    issued(instalments);
    return billed;
  }

  private static List<DocumentId> settlements(List<DocumentId> billed) {
    return load(billed).stream()
        .filter(document -> document.type() == DocumentType.SETTLEMENT)
        .map(Document::id)
        .toList();
  }

  private Contract settledQuarterly(Pause pause) {
    return create(
        3,
        new BillingTerms(
            null,
            List.of(),
            null,
            pause == null ? List.of() : List.of(pause),
            new InstalmentPlan(1, null)),
        line(1, "Énergie", "1", "150.00", LineTerms.FIXED),
        line(
            2,
            "Acompte {month}",
            "1",
            "40.00",
            new LineTerms(LineKind.INSTALMENT, null, List.of(), List.of(), null, null, null)));
  }

  private Contract metered() {
    return create(
        1,
        BillingTerms.NONE,
        line(
            1,
            "Compteur {meter} : {quantity} kWh",
            null,
            "0.25",
            new LineTerms(LineKind.METERED, "E-1", List.of(), List.of(), null, null, null)),
        line(2, "Abonnement", "1", "10.00", LineTerms.FIXED));
  }

  private static ContractLine line(
      int position, String name, String quantity, String price, LineTerms terms) {
    return new ContractLine(
        position,
        name,
        null,
        quantity == null ? null : new BigDecimal(quantity),
        "C62",
        new BigDecimal(price),
        BigDecimal.ONE,
        BigDecimal.ZERO,
        VatCategory.S,
        new BigDecimal("20"),
        null,
        terms);
  }

  private Contract create(int months, BillingTerms terms, ContractLine... lines) {
    return contracts()
        .create(
            new Contract(
                null,
                0,
                company,
                "K-" + company.value(),
                new ContactId(contact),
                null,
                NEW_YEAR,
                null,
                null,
                null,
                null,
                null,
                null,
                new BillingSchedule(
                    months,
                    BillingSchedule.Timing.ARREARS,
                    1,
                    null,
                    BillingSchedule.ReleasePolicy.DRAFT),
                List.of(lines),
                terms));
  }

  private static Contracts contracts() {
    return office.get(Contracts.class);
  }

  private static long quantity(
      Contract contract, String from, String to, String quantity, int revision, Long corrects) {
    return office
        .jdbc()
        .sql(
            """
            INSERT INTO metered_quantity (contract_id, meter, period_from, period_to, quantity, revision,
              corrects_id, received_by)
            VALUES (?, 'E-1', ?, ?, ?, ?, ?, 'clerk') RETURNING id
            """)
        .params(contract.id().value(), from, to, quantity, revision, corrects)
        .query(Long.class)
        .single();
  }

  private static int waiting(Contract contract) {
    return office
        .get(MeteredQuantities.class)
        .waiting(List.of(contract.id()))
        .getOrDefault(contract.id(), List.of())
        .size();
  }

  private RunId run(String asOf) {
    return new RunId(
        office
            .jdbc()
            .sql(
                """
                INSERT INTO run (kind, company_id, as_of, state, started_by)
                VALUES ('BILLING', ?, ?, 'RUNNING', 'clerk') RETURNING id
                """)
            .params(company.value(), asOf)
            .query(Long.class)
            .single());
  }

  private List<DocumentId> bill(String asOf) {
    return bill(run(asOf), asOf);
  }

  private List<DocumentId> bill(RunId run, String asOf) {
    BillingPosition position = BillingPosition.START;
    while (position != null) {
      position =
          office
              .get(Billing.class)
              .billDue(new BillingOrder(run, company, LocalDate.parse(asOf), 10, "clerk"), position)
              .next();
    }
    return office
        .jdbc()
        .sql("SELECT id FROM document WHERE run_id = ? ORDER BY id")
        .param(run.value())
        .query((row, i) -> new DocumentId(row.getLong("id")))
        .list();
  }

  private static List<DocumentId> issued(List<DocumentId> drafts) {
    office
        .transaction()
        .executeWithoutResult(tx -> office.get(Issue.class).issue(drafts, NEW_YEAR, "clerk"));
    return drafts;
  }

  private static List<Document> load(List<DocumentId> ids) {
    return documents.load(ids);
  }

  private static String problem(RunId run) {
    return office
        .jdbc()
        .sql("SELECT reason FROM run_problem WHERE run_id = ?")
        .param(run.value())
        .query(String.class)
        .single();
  }
}
