package io.facteur.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.facteur.contract.AllowanceCharge;
import io.facteur.contract.BillingPeriod;
import io.facteur.contract.VatCategory;
import io.facteur.party.Refusal;
import io.facteur.rendering.Format;
import io.facteur.testing.BillingOffice;
import io.facteur.testing.Rendering;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Invoices are credited whole or in part, never more than once and never too much (BILL-6). */
class CreditNotesTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

  private static BillingOffice office;
  private static Drafts drafts;
  private static Documents documents;
  private static CreditNotes creditNotes;
  private static CreditedAmounts creditedAmounts;

  private String company;
  private String contact;
  private String contract;

  @BeforeAll
  static void openOffice() {
    office = BillingOffice.open(Clock.systemUTC());
    drafts = office.get(Drafts.class);
    documents = office.get(Documents.class);
    creditNotes = office.get(CreditNotes.class);
    creditedAmounts = office.get(CreditedAmounts.class);
  }

  @AfterAll
  static void closeOffice() {
    office.close();
  }

  @BeforeEach
  void newCompany() {
    long id = office.newCompany();
    company =
        office
            .jdbc()
            .sql("SELECT code FROM company WHERE id = ?")
            .param(id)
            .query(String.class)
            .single();
    contact = "C-" + id;
    contract = "K-" + id;
    office.contract(contract, office.contact(contact), LocalDate.of(2026, 1, 1));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        // 10 x 9.99 = 99.90 less 5 % discount (5.00) and a fixed 2.00 = 92.90; 3 x 0.335 = 1.01 at
        // 5.5 %
        // quantities and amounts                 | net    | VAT 20 | VAT 5.5 | with VAT
        "1 by quantity 1                          |   9.29 |  1.86  |         |  11.15", // 9.99-0.50-0.20
        "1 by quantity 4                          |  37.16 |  7.43  |         |  44.59", // 39.96-2.00-0.80
        "1 by quantity 10                         |  92.90 | 18.58  |         | 111.48",
        "1 by quantity 0.5                        |   4.65 |  0.93  |         |   5.58", // 5.00-0.25-0.10
        "1 by amount 30                           |  30.00 |  6.00  |         |  36.00",
        "1 by amount 0.01                         |   0.01 |  0.00  |         |   0.01",
        "1 by amount 92.90                        |  92.90 | 18.58  |         | 111.48",
        "2 by quantity 1                          |   0.34 |        |  0.02   |   0.36",
        "2                                        |   1.01 |        |  0.06   |   1.07",
        "1 by quantity 1, 2 by quantity 2         |   9.96 |  1.86  |  0.04   |  11.86", // 0.67
        "1, 2                                     |  93.91 | 18.58  |  0.06   | 112.55",
        "all                                      |  93.91 | 18.58  |  0.06   | 112.55"
      })
  void aPartIsComputedAsEn16931Says(
      String what, String net, String standard, String reduced, String gross) {
    DocumentId invoice = issued(twoLines());

    Document credit = load(credit(invoice, what));

    assertThat(credit.totals().taxExclusive()).isEqualTo(net);
    assertThat(tax(credit, "20.00")).isEqualTo(standard);
    assertThat(tax(credit, "5.50")).isEqualTo(reduced);
    assertThat(credit.totals().taxInclusive()).isEqualTo(gross);
    assertThat(credit.totals().payable()).isEqualTo(gross);
    assertThat(credit.precedingNumber()).isEqualTo(load(invoice).number());
    assertThat(Rendering.renderer().eInvoiceViolations(credit, Format.CII)).isEmpty();
  }

  @ParameterizedTest(name = "{0}, then {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "1 by quantity 4    | 1 by quantity 7     | lines[0].quantity | of line 1 6 MON is left",
        "1 by quantity 10   | 1 by quantity 1     | lines[0].position | line 1 is credited in whole already",
        "1 by amount 90     | 1 by amount 2.91    | lines[0].amount   | of line 1 EUR 2.90 without VAT is left",
        "1 by amount 90     | 1 by quantity 1     | lines[0].quantity | give an amount, EUR 2.90 without VAT is left",
        "1 by amount 92.90  | 1                   | lines[0].position | line 1 is credited in whole already",
        "1                  | 2, 1                | lines[1].position | line 1 is credited in whole already",
        "all                | 2                   | document          | is credited already, by draft ",
        "1, 2               | all                 | document          | is credited already, by draft ",
        "2                  | 3                   | lines[0].position | has no line 3",
        "2                  | 1 by quantity -1    | lines[0].quantity | of line 1 10 MON is left",
        "2                  | 1 by amount -1      | lines[0].amount   | EUR 92.90",
        "2                  | 1 by quantity 0     | lines[0].quantity | must not be zero",
        "2                  | 1 by amount 0.001   | lines[0].amount   | 2 after the point",
        "2                  | 1, 1                | lines[1].position | line 1 is named twice",
        "2                  | none                | lines             | name at least one"
      })
  void neverMoreThanIsLeft(String first, String then, String field, String message) {
    DocumentId invoice = issued(twoLines());
    credit(invoice, first);
    long before = count();

    Refusal refused = catchThrowableOfType(Refusal.class, () -> credit(invoice, then));

    assertThat(refused.problems())
        .anySatisfy(
            problem -> {
              assertThat(problem.field()).isEqualTo(field);
              assertThat(problem.message()).contains(message);
            });
    assertThat(count()).isEqualTo(before);
  }

  @Test
  void percentagesOfTheDocumentAreCreditedInProportionAndAmountsWithTheRest() {
    // 2 x 50.00 + 1 x 20.00 = 120.00, less 10 % = 12.00, plus 9.00 for freight: 117.00 + 23.40
    DocumentId invoice =
        issued(
            List.of(line("2", "50", "20"), line("1", "20", "20")),
            List.of(percent("10"), amount(true, "9.00", "20")));

    Document part = load(credit(invoice, "1 by quantity 1"));
    Document rest = load(credit(invoice, "all"));

    assertThat(part.totals().taxInclusive()).isEqualTo("54.00"); // 50.00 - 5.00 + 9.00 of VAT
    assertThat(part.totals().charges()).isEqualTo("0.00");
    assertThat(part.allowances())
        .extracting(DocumentAllowance::baseAmount, DocumentAllowance::amount)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(new BigDecimal("50.00"), new BigDecimal("5.00")));
    assertThat(rest.totals().allowances()).isEqualTo("7.00");
    assertThat(rest.totals().charges()).isEqualTo("9.00");
    assertThat(rest.totals().taxInclusive()).isEqualTo("86.40");
    equalTogether(invoice, List.of(part, rest));
  }

  @Test
  void aChargeOfWhichNoLineIsLeftBecomesALine() {
    DocumentId invoice =
        issued(List.of(line("1", "100", "20")), List.of(amount(true, "9.00", "5.5")));
    DocumentId lines = credit(invoice, "1");

    Document rest = load(credit(invoice, "all"));

    assertThat(rest.lines()).singleElement().extracting(DocumentLine::name).isEqualTo("Amount");
    assertThat(rest.totals().taxInclusive()).isEqualTo("9.50");
    assertThat(Rendering.renderer().eInvoiceViolations(rest, Format.CII)).isEmpty();
    equalTogether(invoice, List.of(load(lines), rest));
  }

  @Test
  void anAmountThatWasDeductedFromTheWholeLeavesLessToCredit() {
    DocumentId invoice =
        issued(List.of(line("1", "100", "20")), List.of(amount(false, "30.00", "20")));

    assertThatThrownBy(() -> credit(invoice, "1"))
        .hasMessageContaining("of VAT S 20 % only EUR 70.00 without VAT is left")
        .hasMessageContaining("leave out the lines");
    Document part = load(credit(invoice, "1 by amount 50"));
    Document rest = load(credit(invoice, "all"));

    assertThat(rest.totals().taxExclusive()).isEqualTo("20.00");
    equalTogether(invoice, List.of(part, rest));
  }

  @Test
  void whateverIsCreditedInWhateverOrderTheCreditNotesEqualTheInvoice() {
    Random random = new Random(381);
    office
        .jdbc()
        .sql("UPDATE company SET payable_rounding = 0.05 WHERE code = ?")
        .param(company)
        .update();
    for (int round = 0; round < 60; round++) {
      DocumentId invoice = issued(randomLines(random), randomAllowances(random));
      Document whole = load(invoice);
      List<Document> credits = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        try {
          credits.add(load(credit(invoice, randomPart(random, whole))));
        } catch (Refusal refused) {
          assertThat(refused.kind()).as(refused.getMessage()).isEqualTo(Refusal.Kind.CONFLICT);
        }
      }
      try {
        credits.add(load(credit(invoice, "all")));
      } catch (Refusal refused) {
        assertThat(refused).hasMessageContaining("is credited already");
      }

      equalTogether(invoice, credits);
      for (Document credit : credits) {
        assertThat(Rendering.renderer().eInvoiceViolations(credit, Format.CII))
            .as("%s", credit)
            .isEmpty();
      }
    }
  }

  @Test
  void onlyIssuedCreditNotesCreditInWhole() {
    DocumentId invoice = issued(twoLines());
    DocumentId other = issued(twoLines());
    DocumentId first = credit(invoice, "1");
    DocumentId second = credit(invoice, "all");

    issue(first);
    assertThat(creditedAmounts.of(List.of(invoice, other)))
        .isEqualTo(
            Map.of(
                invoice,
                new CreditedAmounts.Credited(
                    new BigDecimal("112.55"), new BigDecimal("112.55"), false),
                other,
                CreditedAmounts.Credited.NOTHING));
    issue(second);
    assertThat(creditedAmounts.of(List.of(invoice)).get(invoice).inWhole()).isTrue();
  }

  @Test
  void aDiscardedDraftIsFreeToBeCreditedAgain() {
    DocumentId invoice = issued(twoLines());
    DocumentId draft = credit(invoice, "1 by quantity 8");

    office.get(Discard.class).discard(documents.get(String.valueOf(draft.value())));

    assertThat(load(credit(invoice, "1 by quantity 9")).totals().taxExclusive()).isEqualTo("83.61");
  }

  @Test
  void twoWhoCreditTheSameAtOnceCreditItOnce() throws Exception {
    DocumentId invoice = issued(twoLines());
    List<Callable<DocumentId>> both =
        List.of(() -> credit(invoice, "1 by quantity 6"), () -> credit(invoice, "1 by quantity 6"));

    ExecutorService clerks = Executors.newFixedThreadPool(2);
    int refused = 0;
    try {
      for (Future<DocumentId> done : clerks.invokeAll(both)) {
        try {
          done.get();
        } catch (ExecutionException e) {
          assertThat(e.getCause()).hasMessageContaining("of line 1 4 MON is left");
          refused++;
        }
      }
    } finally {
      clerks.shutdownNow();
    }

    assertThat(refused).isEqualTo(1);
  }

  @Test
  void aDeductedInstalmentIsNotCreditedUntilItsSettlementIs() {
    DocumentId instalment =
        issued(bill(DocumentType.INSTALMENT, day(1), List.of(line("1", "100", "20")), List.of()));
    DocumentId settlement = settlement(instalment);

    assertThatThrownBy(() -> credit(instalment, "all"))
        .hasMessageContaining("is deducted by settlement " + load(settlement).number());
    assertThatThrownBy(() -> byHand(instalment, "1"))
        .hasMessageContaining("is deducted by settlement");
    DocumentId creditOfSettlement = credit(settlement, "all");
    assertThatThrownBy(() -> credit(instalment, "all")).hasMessageContaining("is deducted by");
    issue(creditOfSettlement);

    assertThat(load(credit(instalment, "1 by amount 40")).totals().payable()).isEqualTo("48.00");
  }

  @Test
  void whatASettlementDeductsGoesWithTheLastOfItsCreditNotes() {
    DocumentId instalment =
        issued(bill(DocumentType.INSTALMENT, day(1), List.of(line("1", "100", "20")), List.of()));
    DocumentId settlement = settlement(instalment);

    Document part = load(credit(settlement, "1 by amount 10"));
    Document rest = load(credit(settlement, "all"));

    assertThat(load(settlement).totals().payable()).isEqualTo("-24.00"); // 96.00 - 120.00
    assertThat(part.totals().payable()).isEqualTo("12.00");
    assertThat(rest.totals().prepaid()).isEqualTo("120.00");
    assertThat(rest.totals().payable()).isEqualTo("-36.00");
    assertThat(load(settlement).dueDate()).as("nothing falls due").isNull();
  }

  @Test
  void creditNotesMadeByHandCountAndAreLimitedToo() {
    DocumentId invoice = issued(twoLines());
    byHand(invoice, "60");

    assertThatThrownBy(() -> byHand(invoice, "40"))
        .hasMessageContaining("come to EUR 48.00 with VAT")
        .hasMessageContaining("EUR 40.55 is left");
    assertThatThrownBy(() -> credit(invoice, "all"))
        .hasMessageContaining("was credited in part by hand (draft ")
        .hasMessageContaining("EUR 40.55 is left");
    assertThatThrownBy(() -> credit(invoice, "1"))
        .hasMessageContaining("of VAT S 20 % only EUR 32.90 without VAT is left");
    assertThat(load(credit(invoice, "1 by amount 32.90, 2")).totals().taxInclusive())
        .isEqualTo("40.55");
    assertThat(creditedAmounts.of(List.of(invoice)).get(invoice).taxInclusive())
        .isEqualTo("112.55");
  }

  @Test
  void aPeriodIsBilledAgainByHandWhenItsBillIsCreditedInWhole() {
    NewDocument bill = bill(DocumentType.INVOICE, day(1), twoLines(), List.of());
    DocumentId first = drafts.add(bill, "clerk");
    assertThatThrownBy(() -> drafts.add(bill, "clerk"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(
            "period: contract " + contract + " is billed from 2026-01-01 on already")
        .hasMessageContaining("by draft " + first.value());
    issue(first);
    DocumentId credit = credit(first, "all");
    assertThatThrownBy(() -> drafts.add(bill, "clerk"))
        .hasMessageContaining("by " + load(first).number() + ": credit that in whole and issue");
    issue(credit);

    DocumentId second = drafts.add(bill, "clerk");

    assertThat(revision(first)).isZero();
    assertThat(revision(second)).isEqualTo(1);
    assertThatThrownBy(() -> drafts.add(bill, "clerk"))
        .hasMessageContaining("by draft " + second.value());
    assertThatThrownBy(
            () ->
                drafts.add(
                    List.of(
                        bill(DocumentType.INVOICE, day(2), twoLines(), List.of()),
                        bill(DocumentType.INVOICE, day(2), twoLines(), List.of())),
                    null,
                    "clerk"))
        .hasMessageContaining("another of these documents");
    drafts.add(bill(DocumentType.INSTALMENT, day(1), twoLines(), List.of()), "clerk");
  }

  private static int revision(DocumentId id) {
    return office
        .jdbc()
        .sql("SELECT billing_revision FROM document WHERE id = ?")
        .param(id.value())
        .query(Integer.class)
        .single();
  }

  /** 80.00 + 16.00, less the instalment. */
  private DocumentId settlement(DocumentId instalment) {
    Document deducted = load(instalment);
    NewDocument settlement =
        bill(DocumentType.SETTLEMENT, day(1), List.of(line("1", "80", "20")), List.of())
            .with(
                new NewDocument.Billing(
                    null,
                    List.of(
                        new DeductedInstalment(
                            instalment,
                            deducted.number(),
                            deducted.issueDate(),
                            deducted.totals().payable())),
                    0,
                    false));
    return issued(settlement);
  }

  private void equalTogether(DocumentId invoice, List<Document> credits) {
    Document whole = load(invoice);
    assertThat(sum(credits, Totals::taxExclusive)).isEqualTo(whole.totals().taxExclusive());
    assertThat(sum(credits, Totals::tax)).isEqualTo(whole.totals().tax());
    assertThat(sum(credits, Totals::taxInclusive)).isEqualTo(whole.totals().taxInclusive());
    assertThat(sum(credits, Totals::payable)).isEqualTo(whole.totals().payable());
    assertThat(byRate(credits)).isEqualTo(byRate(List.of(whole)));
  }

  private static Map<String, List<BigDecimal>> byRate(List<Document> documents) {
    Map<String, List<BigDecimal>> sums = new TreeMap<>();
    for (Document document : documents) {
      for (VatBreakdown vat : document.vatBreakdown()) {
        sums.merge(
            vat.category() + " " + vat.rate(),
            List.of(vat.taxableAmount(), vat.taxAmount()),
            (one, other) -> List.of(one.get(0).add(other.get(0)), one.get(1).add(other.get(1))));
      }
    }
    return sums;
  }

  private static BigDecimal sum(
      List<Document> documents, java.util.function.Function<Totals, BigDecimal> amount) {
    return documents.stream()
        .map(document -> amount.apply(document.totals()))
        .reduce(new BigDecimal("0.00"), BigDecimal::add);
  }

  /** {@code "1 by quantity 2, 2"}; {@code all} is what is left, {@code none} an empty list. */
  private static DocumentId credit(DocumentId invoice, String what) {
    if (what.equals("all")) {
      return creditNotes.draftFor(invoice, "clerk");
    }
    List<FollowUpRequest.Line> lines =
        what.equals("none")
            ? List.of()
            : Arrays.stream(what.split(",")).map(String::strip).map(CreditNotesTest::part).toList();
    return creditNotes.draftFor(invoice, new FollowUpRequest(lines, null, null), "clerk");
  }

  private static FollowUpRequest.Line part(String text) {
    String[] words = text.split(" ");
    BigDecimal value = words.length == 1 ? null : new BigDecimal(words[3]);
    boolean byQuantity = words.length > 1 && words[2].equals("quantity");
    return new FollowUpRequest.Line(
        Integer.parseInt(words[0]), byQuantity ? value : null, byQuantity ? null : value);
  }

  private static String randomPart(Random random, Document whole) {
    DocumentLine line = whole.lines().get(random.nextInt(whole.lines().size()));
    return switch (random.nextInt(3)) {
      case 0 -> String.valueOf(line.position());
      case 1 ->
          line.position()
              + " by quantity "
              + BigDecimal.valueOf(1 + random.nextInt(9_000), random.nextInt(4)).toPlainString();
      default ->
          line.position()
              + " by amount "
              + BigDecimal.valueOf(1 + random.nextInt(20_000), 2).toPlainString();
    };
  }

  private static List<NewLine> randomLines(Random random) {
    List<NewLine> lines = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(4); i++) {
      NewLine line =
          new NewLine(
              "Line",
              null,
              BigDecimal.valueOf(1 + random.nextInt(9_999), random.nextInt(4)),
              "KWH",
              BigDecimal.valueOf(random.nextInt(100_000), random.nextInt(7)),
              BigDecimal.valueOf(1 + random.nextInt(3)),
              BigDecimal.valueOf(random.nextInt(4) * 333L, 2),
              VatCategory.S,
              new BigDecimal(random.nextBoolean() ? "20" : "5.5"),
              null);
      lines.add(random.nextBoolean() ? line : line.with(List.of(percent("3.33"))));
    }
    lines.add(line("7", "3.335", "20"));
    return lines;
  }

  private static List<AllowanceCharge> randomAllowances(Random random) {
    List<AllowanceCharge> allowances = new ArrayList<>();
    if (random.nextBoolean()) {
      allowances.add(percent("7.77"));
    }
    if (random.nextBoolean()) {
      allowances.add(amount(true, "4.44", "20"));
    }
    if (random.nextBoolean()) {
      allowances.add(amount(false, "1.11", "20"));
    }
    return allowances;
  }

  private static List<NewLine> twoLines() {
    NewLine discounted =
        new NewLine(
            "Abonnement",
            null,
            new BigDecimal("10"),
            "MON",
            new BigDecimal("9.99"),
            null,
            new BigDecimal("5"),
            VatCategory.S,
            new BigDecimal("20"),
            null);
    return List.of(
        discounted.with(List.of(AllowanceCharge.onLine(false, new BigDecimal("2.00"), "Goodwill"))),
        line("3", "0.335", "5.5"));
  }

  private static NewLine line(String quantity, String price, String rate) {
    return new NewLine(
        "Line",
        null,
        new BigDecimal(quantity),
        "MON",
        new BigDecimal(price),
        null,
        null,
        VatCategory.S,
        new BigDecimal(rate),
        null);
  }

  private static AllowanceCharge percent(String percent) {
    return new AllowanceCharge(
        false, new BigDecimal(percent), null, "Percentage", "95", null, null, null);
  }

  private static AllowanceCharge amount(boolean charge, String amount, String rate) {
    return new AllowanceCharge(
        charge,
        null,
        new BigDecimal(amount),
        "Amount",
        null,
        VatCategory.S,
        new BigDecimal(rate),
        null);
  }

  private DocumentId byHand(DocumentId invoice, String amount) {
    return drafts.add(
        new NewDocument(
            DocumentType.CREDIT_NOTE,
            company,
            contact,
            null,
            null,
            null,
            load(invoice).number(),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            List.of(line("1", amount, "20"))),
        "clerk");
  }

  private DocumentId issued(List<NewLine> lines) {
    return issued(lines, List.of());
  }

  private DocumentId issued(List<NewLine> lines, List<AllowanceCharge> allowances) {
    return issued(bill(DocumentType.INVOICE, null, lines, allowances));
  }

  private DocumentId issued(NewDocument document) {
    DocumentId id = drafts.add(document, "clerk");
    issue(id);
    return id;
  }

  private static void issue(DocumentId id) {
    office
        .transaction()
        .executeWithoutResult(status -> office.get(Issue.class).issue(List.of(id), TODAY, "clerk"));
  }

  private NewDocument bill(
      DocumentType type, LocalDate from, List<NewLine> lines, List<AllowanceCharge> allowances) {
    return NewDocument.ofContract(
        type,
        company,
        contract,
        from == null ? null : new BillingPeriod(from, from.plusMonths(1).minusDays(1)),
        lines,
        allowances,
        null);
  }

  private static Document load(DocumentId id) {
    return documents.load(List.of(id)).get(0);
  }

  private static String tax(Document document, String rate) {
    return document.vatBreakdown().stream()
        .filter(vat -> vat.rate().compareTo(new BigDecimal(rate)) == 0)
        .map(vat -> vat.taxAmount().toPlainString())
        .findFirst()
        .orElse(null);
  }

  private static LocalDate day(int month) {
    return LocalDate.of(2026, month, 1);
  }

  private static long count() {
    return office.jdbc().sql("SELECT COUNT(*) FROM document").query(Long.class).single();
  }
}
