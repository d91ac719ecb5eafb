package io.facteur.document;

import static io.facteur.document.DocumentType.CREDIT_NOTE;
import static io.facteur.document.DocumentType.DELIVERY_NOTE;
import static io.facteur.document.DocumentType.INVOICE;
import static io.facteur.document.DocumentType.LETTER;
import static io.facteur.document.DocumentType.ORDER;
import static io.facteur.document.DocumentType.PAYMENT_NOTICE;
import static io.facteur.document.DocumentType.QUOTE;
import static io.facteur.document.DocumentType.REMINDER;
import static io.facteur.document.DocumentType.STATEMENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.facteur.contract.AllowanceCharge;
import io.facteur.contract.BillingPeriod;
import io.facteur.contract.VatCategory;
import io.facteur.party.PostalAddress;
import io.facteur.party.Refusal;
import io.facteur.rendering.Format;
import io.facteur.testing.BillingOffice;
import io.facteur.testing.Rendering;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents follow each other, and carry over no more than is left (ADDR-4). */
class FollowUpsTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

  private static BillingOffice office;
  private static Drafts drafts;
  private static Documents documents;
  private static FollowUps followUps;

  private String company;
  private String contact;
  private String contract;

  @BeforeAll
  static void openOffice() {
    office = BillingOffice.open(Clock.systemUTC());
    drafts = office.get(Drafts.class);
    documents = office.get(Documents.class);
    followUps = office.get(FollowUps.class);
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

  /** Every type after every other. */
  static Stream<Arguments> steps() {
    Map<DocumentType, List<DocumentType>> allowed =
        Map.of(
            QUOTE,
            List.of(ORDER, INVOICE),
            ORDER,
            List.of(DELIVERY_NOTE, INVOICE),
            DELIVERY_NOTE,
            List.of(INVOICE),
            INVOICE,
            List.of(CREDIT_NOTE, REMINDER, PAYMENT_NOTICE),
            DocumentType.INSTALMENT,
            List.of(CREDIT_NOTE, REMINDER, PAYMENT_NOTICE),
            DocumentType.SETTLEMENT,
            List.of(CREDIT_NOTE, REMINDER, PAYMENT_NOTICE));
    return Arrays.stream(DocumentType.values())
        .flatMap(
            from ->
                Arrays.stream(DocumentType.values())
                    .map(
                        to ->
                            Arguments.of(
                                from, to, allowed.getOrDefault(from, List.of()).contains(to))));
  }

  @ParameterizedTest(name = "{0} -> {1}: {2}")
  @MethodSource("steps")
  void theChainHasItsStepsAndNoOthers(DocumentType from, DocumentType to, boolean allowed) {
    DocumentId document = issued(plain(from));
    long before = count();

    Refusal refused =
        catchThrowableOfType(Refusal.class, () -> follow(document, to, FollowUpRequest.ALL));

    assertThat(refused == null).isEqualTo(allowed);
    if (allowed) {
      assertThat(documents.followUps(document))
          .singleElement()
          .satisfies(follower -> assertThat(follower.type()).isEqualTo(to));
    } else {
      assertThat(refused.kind()).isEqualTo(Refusal.Kind.INVALID);
      assertThat(refused.problems()).extracting(Refusal.Problem::field).containsExactly("type");
      assertThat(refused).hasMessageContaining(possibleAfter(from));
      assertThat(count()).isEqualTo(before);
      assertThatThrownBy(() -> insertedByHand(document, to))
          .as("by the database as well")
          .hasMessageContaining("by the steps of the chain (ADDR-4)");
    }
  }

  private static String possibleAfter(DocumentType type) {
    List<DocumentType> possible = DocumentChain.after(type);
    return possible.isEmpty()
        ? "nothing can"
        : String.join(", ", possible.stream().map(Enum::name).toList()) + " can";
  }

  private static void insertedByHand(DocumentId document, DocumentType to) {
    office
        .jdbc()
        .sql(
            """
            INSERT INTO document (company_id, type, state, series, payment_days, contact_id,
              preceding_document_id, currency, language, seller, buyer, line_net_total, tax_exclusive_total,
              tax_total, tax_inclusive_total, payable_amount, created_by)
            SELECT company_id, ?, 'DRAFT', 'X', 30, contact_id, id, currency, language, seller, buyer, 0, 0, 0, 0,
              0, 'test' FROM document WHERE id = ?
            """)
        .params(to.name(), document.value())
        .update();
  }

  @Test
  void aDraftHasNoFollowers() {
    DocumentId quote = drafts.add(plain(QUOTE), "clerk");

    assertThatThrownBy(() -> follow(quote, ORDER, FollowUpRequest.ALL))
        .hasMessageContaining("document: " + quote.value() + " is a draft: issue it first");
  }

  @ParameterizedTest(name = "{0}, then {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        // A quote of 10 pieces was ordered in whole; what is done first; then; carried over, or why
        // not
        "-                                                 | quote ORDER          | nothing of {quote} is left: it is carried over in whole, by {order}",
        "-                                                 | order DELIVERY_NOTE  | 10",
        "order DELIVERY_NOTE 4                             | order DELIVERY_NOTE  | 6",
        "order DELIVERY_NOTE 0.25                          | order DELIVERY_NOTE  | 9.75",
        "order DELIVERY_NOTE 4                             | order INVOICE        | 10",
        "order DELIVERY_NOTE 4, order INVOICE 3            | order INVOICE        | 7",
        "order DELIVERY_NOTE 4, note INVOICE               | order INVOICE        | 6",
        "order DELIVERY_NOTE 4, note INVOICE 1             | order INVOICE        | 9",
        "order DELIVERY_NOTE 4, note INVOICE, order INVOICE 5 | order INVOICE     | 1",
        "order DELIVERY_NOTE 4, order INVOICE              | note INVOICE         | nothing of {note} is left: it is carried over in whole, by {invoice}",
        "order DELIVERY_NOTE 4, order INVOICE 8            | note INVOICE         | 2",
        "order DELIVERY_NOTE 4, order INVOICE 8            | note INVOICE 3       | lines[0].quantity: of line 1 2 C62 is left: the rest is carried over by {invoice}",
        "order DELIVERY_NOTE 10                            | order DELIVERY_NOTE  | nothing of {order} is left: it is carried over in whole, by {note}",
        "order DELIVERY_NOTE 10                            | order DELIVERY_NOTE 1 | lines[0].position: line 1 is carried over in whole already, by {note}",
        "order DELIVERY_NOTE 4                             | order DELIVERY_NOTE 6.000001 | lines[0].quantity: of line 1 6 C62 is left: the rest is carried over by {note}",
        "order DELIVERY_NOTE 4                             | order DELIVERY_NOTE -1 | lines[0].quantity: of line 1 6 C62 is left",
        "quote INVOICE 3                                   | order INVOICE        | 7",
        "order INVOICE 3                                   | quote INVOICE        | 7",
        "order DELIVERY_NOTE 4, note INVOICE               | quote INVOICE        | 6"
      })
  void whatIsLeftIsCarriedOverAndNoMore(String first, String then, String outcome) {
    Deal deal = new Deal();
    if (!first.equals("-")) {
      Stream.of(first.split(", ")).forEach(deal::step);
    }
    long before = count();

    if (outcome.matches("[0-9.]+")) {
      assertThat(quantity(deal.step(then))).isEqualByComparingTo(outcome);
    } else {
      Refusal refused = catchThrowableOfType(Refusal.class, () -> deal.step(then));
      assertThat(refused.kind()).isEqualTo(Refusal.Kind.CONFLICT);
      assertThat(refused).hasMessageContaining(deal.named(outcome));
      assertThat(count()).isEqualTo(before);
    }
  }

  /** A quote and its order, both issued, and what comes after them. */
  private final class Deal {
    private final Map<String, DocumentId> issued = new HashMap<>();

    Deal() {
      issued.put("quote", issued(document(QUOTE, null, List.of(line("10", "12.50")), List.of())));
      step("quote ORDER");
    }

    /** {@code "order DELIVERY_NOTE 4"}; the follower is issued under its name. */
    DocumentId step(String text) {
      String[] words = text.split(" ");
      FollowUpRequest request =
          words.length == 2
              ? FollowUpRequest.ALL
              : new FollowUpRequest(
                  List.of(new FollowUpRequest.Line(1, new BigDecimal(words[2]), null)), null, null);
      DocumentId made = follow(issued.get(words[0]), DocumentType.valueOf(words[1]), request);
      issue(made);
      issued.put(words[1].replace("DELIVERY_", "").toLowerCase(Locale.ROOT), made);
      return made;
    }

    String named(String text) {
      String named = text;
      for (Map.Entry<String, DocumentId> one : issued.entrySet()) {
        named = named.replace("{" + one.getKey() + "}", load(one.getValue()).number());
      }
      return named;
    }
  }

  @ParameterizedTest(name = "{0}: {1} {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "2              | lines[0].position    | has no line 2",
        "1, 1           | lines[1].position    | line 1 is named twice",
        "1 quantity 0   | lines[0].quantity    | must not be zero",
        "1 quantity 0.0000001 | lines[0].quantity | 6 after the point",
        "1 amount 5     | lines[0].amount      | only a credit note takes back amounts",
        "none           | lines                | name at least one"
      })
  void badRequestsAreRefusedByField(String lines, String field, String message) {
    DocumentId order = issued(document(ORDER, null, List.of(line("10", "1")), List.of()));
    long before = count();

    Refusal refused =
        catchThrowableOfType(
            Refusal.class,
            () -> follow(order, DELIVERY_NOTE, new FollowUpRequest(lines(lines), null, null)));

    assertThat(refused.kind()).isEqualTo(Refusal.Kind.INVALID);
    assertThat(refused.problems())
        .anySatisfy(
            problem -> {
              assertThat(problem.field()).isEqualTo(field);
              assertThat(problem.message()).contains(message);
            });
    assertThat(count()).isEqualTo(before);
  }

  private static List<FollowUpRequest.Line> lines(String text) {
    if (text.equals("none")) {
      return List.of();
    }
    return Stream.of(text.split(", "))
        .map(one -> one.split(" "))
        .map(
            words ->
                new FollowUpRequest.Line(
                    Integer.parseInt(words[0]),
                    words.length > 1 && words[1].equals("quantity")
                        ? new BigDecimal(words[2])
                        : null,
                    words.length > 1 && words[1].equals("amount")
                        ? new BigDecimal(words[2])
                        : null))
        .toList();
  }

  @Test
  void aDiscardedDraftGivesItsQuantitiesBack() {
    DocumentId order = issued(document(ORDER, null, List.of(line("10", "1")), List.of()));
    DocumentId draft = follow(order, DELIVERY_NOTE, part("8"));
    assertThatThrownBy(() -> follow(order, DELIVERY_NOTE, part("3")))
        .hasMessageContaining("of line 1 2 C62 is left")
        .hasMessageContaining("draft " + draft.value());

    office.get(Discard.class).discard(documents.get(String.valueOf(draft.value())));

    assertThat(quantity(follow(order, DELIVERY_NOTE, FollowUpRequest.ALL)))
        .isEqualByComparingTo("10");
  }

  @Test
  void whatWasCreditedInWholeCanBeInvoicedAgain() {
    DocumentId order = issued(document(ORDER, null, List.of(line("10", "1")), List.of()));
    DocumentId invoice = follow(order, INVOICE, FollowUpRequest.ALL);
    issue(invoice);
    DocumentId credit = follow(invoice, CREDIT_NOTE, FollowUpRequest.ALL);
    assertThatThrownBy(() -> follow(order, INVOICE, FollowUpRequest.ALL))
        .as("a draft of a credit note takes nothing back yet")
        .hasMessageContaining("by " + load(invoice).number());

    issue(credit);

    assertThat(quantity(follow(order, INVOICE, FollowUpRequest.ALL))).isEqualByComparingTo("10");
  }

  @Test
  void amountsAreComputedAnewAndSharesOfFixedOnesComeToTheWhole() {
    // 3 x 33.335 = 100.01 less 10.00 = 90.01; 1 x 50.00 at 5.5 %; less 10 % of each rate; freight
    // 9.00 at 20 %
    NewLine rebated =
        line("3", "33.335")
            .with(List.of(AllowanceCharge.onLine(false, new BigDecimal("10.00"), "Rebate")));
    DocumentId order =
        issued(
            document(
                ORDER,
                null,
                List.of(rebated, line("1", "50", "5.5")),
                List.of(percent("10"), freight("9.00"))));

    Document first = load(follow(order, INVOICE, part("1")));
    Document second = load(follow(order, INVOICE, part("1")));
    Document rest = load(follow(order, INVOICE, FollowUpRequest.ALL));

    assertThat(List.of(first, second, rest))
        .extracting(one -> one.lines().get(0).allowances().get(0).amount().toPlainString())
        .containsExactly("3.33", "3.34", "3.33");
    assertThat(List.of(first, second, rest))
        .extracting(one -> one.totals().charges().toPlainString())
        .containsExactly("3.00", "3.00", "3.00");
    assertThat(first.totals().lineNet()).isEqualTo("30.01"); // 33.34 - 3.33
    assertThat(first.totals().allowances()).isEqualTo("3.00");
    assertThat(rest.allowances())
        .extracting(one -> one.percent() + " " + one.baseAmount() + " " + one.amount())
        .containsExactly("10.00 30.01 3.00", "10.00 50.00 5.00", "null null 3.00");
    assertThat(load(order).totals().allowances()).isEqualTo("14.00");
  }

  @Test
  void theWholeHasTheAmountsOfItsPredecessorAndPartsHaveAllOfItsFixedOnes() {
    Random random = new Random(2026);
    for (int round = 0; round < 40; round++) {
      DocumentId order =
          issued(document(ORDER, null, randomLines(random), randomAllowances(random)));
      Document whole = load(order);
      assertThat(load(follow(order, DELIVERY_NOTE, FollowUpRequest.ALL)).totals())
          .isEqualTo(whole.totals());

      List<Document> invoices = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        try {
          invoices.add(load(follow(order, INVOICE, randomPart(random, whole))));
        } catch (Refusal refused) {
          assertThat(refused.kind()).as(refused.getMessage()).isEqualTo(Refusal.Kind.CONFLICT);
        }
      }
      try {
        invoices.add(load(follow(order, INVOICE, FollowUpRequest.ALL)));
      } catch (Refusal refused) {
        assertThat(refused).hasMessageContaining("nothing of " + whole.number() + " is left");
      }

      assertThat(quantities(invoices)).isEqualTo(quantities(List.of(whole)));
      assertThat(fixed(invoices)).isEqualByComparingTo(fixed(List.of(whole)));
      for (Document invoice : invoices) {
        assertThat(Rendering.renderer().eInvoiceViolations(invoice, Format.CII))
            .as("%s", invoice)
            .isEmpty();
      }
    }
  }

  @Test
  void everythingElseComesFromThePredecessor() {
    office
        .jdbc()
        .sql(
            """
            INSERT INTO exchange_rate (company_id, currency, valid_from, rate)
            SELECT id, 'CHF', '2026-01-01', 1.05 FROM company WHERE code = ?
            """)
        .param(company)
        .update();
    OwnAddresses own =
        new OwnAddresses(
            new OwnAddress(null, "Accounts", new PostalAddress("1 rue A", "75001", "Paris", "FR")),
            new OwnAddress("Site 4", null, new PostalAddress(null, "69001", "Lyon", "FR")));
    NewDocument quote =
        new NewDocument(
            QUOTE,
            company,
            null,
            null,
            contract,
            new BillingPeriod(LocalDate.of(2026, 3, 1), LocalDate.of(2026, 3, 31)),
            null,
            null,
            "CHF",
            "de",
            14,
            "BUYER-REF",
            null,
            "Valid until May",
            "annex",
            List.of(line("2", "100")),
            List.of(),
            own,
            null);
    office
        .jdbc()
        .sql("UPDATE contract SET order_reference = NULL WHERE number = ?")
        .param(contract)
        .update();
    DocumentId quoteId = issued(quote);
    DocumentId orderId = follow(quoteId, ORDER, FollowUpRequest.ALL);
    issue(orderId);
    office
        .jdbc()
        .sql("UPDATE contract SET language = 'it', payment_days = 90 WHERE number = ?")
        .param(contract)
        .update();

    Document invoice = load(follow(orderId, INVOICE, new FollowUpRequest(null, "Thank you", null)));

    Document order = load(orderId);
    assertThat(order.precedingNumber()).isEqualTo(load(quoteId).number());
    assertThat(order.precedingType()).isEqualTo(QUOTE);
    assertThat(order.note()).isNull();
    assertThat(invoice.precedingNumber()).isEqualTo(order.number());
    assertThat(invoice.contractNumber()).isEqualTo(contract);
    assertThat(invoice.currency()).isEqualTo(Currency.getInstance("CHF"));
    assertThat(invoice.accountingTax().exchangeRate()).isEqualByComparingTo("1.05");
    assertThat(invoice.language()).isEqualTo("de");
    assertThat(invoice.paymentDays()).isEqualTo(14);
    assertThat(invoice.buyerReference()).isEqualTo("BUYER-REF");
    assertThat(invoice.orderReference()).as("BT-13").isEqualTo(order.number());
    assertThat(invoice.note()).isEqualTo("Thank you");
    assertThat(invoice.own()).isEqualTo(own);
    assertThat(invoice.buyer().additionalName()).isEqualTo("Accounts");
    assertThat(invoice.buyer().address().city()).isEqualTo("Paris");
    assertThat(invoice.deliverTo().name()).isEqualTo("Site 4");
    assertThat(printQueue(invoice.id())).isEqualTo("annex");
    assertThat(invoice.period()).as("no bill of the contract's period").isNull();
    assertThat(invoice.lines().get(0).period()).isEqualTo(quote.period());
  }

  @Test
  void theCustomersOwnOrderReferenceGoesBeforeOurNumber() {
    DocumentId quote = issued(document(QUOTE, null, List.of(line("1", "1")), List.of()));
    DocumentId order = follow(quote, ORDER, new FollowUpRequest(null, null, "PO-77"));
    issue(order);

    assertThat(load(follow(order, INVOICE, FollowUpRequest.ALL)).orderReference())
        .isEqualTo("PO-77");
  }

  @Test
  void partsOfAContractsOrderAreInvoicedWhateverItsPeriodsAre() {
    NewDocument order =
        NewDocument.ofContract(
            ORDER,
            company,
            contract,
            new BillingPeriod(LocalDate.of(2026, 3, 1), LocalDate.of(2026, 3, 31)),
            List.of(line("10", "1")),
            List.of(),
            null);
    DocumentId id = issued(order);

    follow(id, INVOICE, part("4"));

    assertThat(quantity(follow(id, INVOICE, FollowUpRequest.ALL))).isEqualByComparingTo("6");
  }

  @Test
  void aLineWithoutQuantityIsCarriedOverOnce() {
    DocumentId order =
        issued(document(ORDER, null, List.of(line("0", "1"), line("2", "1")), List.of()));

    Document first =
        load(
            follow(
                order, DELIVERY_NOTE, new FollowUpRequest(lines("1, 2 quantity 1"), null, null)));
    Document rest = load(follow(order, DELIVERY_NOTE, FollowUpRequest.ALL));

    assertThat(first.lines()).hasSize(2);
    assertThat(rest.lines()).singleElement().extracting(DocumentLine::name).isEqualTo("Line 2");
  }

  @Test
  void twoWhoDeliverTheSameAtOnceDeliverItOnce() throws Exception {
    DocumentId order = issued(document(ORDER, null, List.of(line("10", "1")), List.of()));

    List<String> refusals =
        atOnce(
            List.of(
                () -> follow(order, DELIVERY_NOTE, part("6")),
                () -> follow(order, DELIVERY_NOTE, part("6"))));

    assertThat(refusals)
        .singleElement()
        .satisfies(refusal -> assertThat(refusal).contains("of line 1 4 C62 is left"));
  }

  @Test
  void whoInvoicesAnOrderAndWhoItsDeliveryNoteInvoiceItOnce() throws Exception {
    for (int round = 0; round < 5; round++) {
      DocumentId order = issued(document(ORDER, null, List.of(line("10", "1")), List.of()));
      DocumentId note = follow(order, DELIVERY_NOTE, FollowUpRequest.ALL);
      issue(note);

      List<String> refusals =
          atOnce(
              List.of(
                  () -> follow(order, INVOICE, FollowUpRequest.ALL),
                  () -> follow(note, INVOICE, FollowUpRequest.ALL),
                  () -> drafts.add(byHand(INVOICE, order, carrying("10", 1)), "clerk")));

      assertThat(refusals).hasSize(2).allSatisfy(r -> assertThat(r).contains("left"));
      assertThat(documents.followUps(order).size() + documents.followUps(note).size()).isEqualTo(2);
    }
  }

  private static List<String> atOnce(List<Callable<DocumentId>> clerks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(clerks.size());
    List<String> refusals = new ArrayList<>();
    try {
      for (Future<DocumentId> done : threads.invokeAll(clerks)) {
        try {
          done.get();
        } catch (ExecutionException e) {
          assertThat(e.getCause()).isInstanceOf(Refusal.class);
          refusals.add(e.getCause().getMessage());
        }
      }
    } finally {
      threads.shutdownNow();
    }
    return refusals;
  }

  @Test
  void aDraftMadeByHandFollowsTheSameSteps() {
    DocumentId note = issued(document(DELIVERY_NOTE, null, List.of(line("1", "1")), List.of()));
    String other = "C-other-" + note.value();
    office.contact(other);
    long before = count();

    assertThatThrownBy(() -> drafts.add(byHand(ORDER, note, line("1", "1")), "clerk"))
        .hasMessageContaining(
            "precedingDocument: ORDER cannot follow %s, a document of type DELIVERY_NOTE: INVOICE can"
                .formatted(load(note).number()));
    assertThatThrownBy(
            () -> drafts.add(byHand(INVOICE, note, other, null, line("1", "1")), "clerk"))
        .hasMessageContaining("contact: is not that of " + load(note).number());
    assertThatThrownBy(
            () -> drafts.add(byHand(INVOICE, note, null, "CHF", line("1", "1")), "clerk"))
        .hasMessageContaining("currency: must be EUR, as of " + load(note).number());
    assertThatThrownBy(() -> drafts.add(byHand(INVOICE, note, carrying("2", 1)), "clerk"))
        .hasMessageContaining("lines[0].quantity: of line 1 1 C62 is left");
    assertThatThrownBy(() -> drafts.add(byHand(INVOICE, note, carrying("1", 7)), "clerk"))
        .hasMessageContaining("lines[0].precedingLine: " + load(note).number() + " has no line 7");
    assertThat(count()).isEqualTo(before);
  }

  @Test
  void whatIsLeftOutByHandComesFromThePredecessor() {
    DocumentId order = issued(document(ORDER, null, List.of(line("3", "1")), List.of()));

    Document invoice =
        load(drafts.add(byHand(INVOICE, order, null, null, carrying("1", 1)), "clerk"));

    assertThat(invoice.buyer()).isEqualTo(load(order).buyer());
    assertThat(quantity(follow(order, INVOICE, FollowUpRequest.ALL))).isEqualByComparingTo("2");
  }

  @Test
  void aFollowerThatDoesNotTellItsLinesLeavesNothingToGuess() {
    DocumentId order = issued(document(ORDER, null, List.of(line("3", "1")), List.of()));
    DocumentId byHand = drafts.add(byHand(INVOICE, order, line("1", "500")), "clerk");

    assertThatThrownBy(() -> follow(order, INVOICE, FollowUpRequest.ALL))
        .hasMessageContaining("was followed by hand (draft " + byHand.value() + ")")
        .hasMessageContaining("name lines");
    assertThat(quantity(follow(order, INVOICE, part("2")))).isEqualByComparingTo("2");
    assertThat(quantity(follow(order, DELIVERY_NOTE, FollowUpRequest.ALL)))
        .isEqualByComparingTo("3");
  }

  @Test
  void aReminderStatesItsBillAndWhatIsOpenOfIt() {
    DocumentId invoice = issued(document(INVOICE, null, List.of(line("10", "10")), List.of()));
    DocumentId credit = follow(invoice, CREDIT_NOTE, part("4"));

    Document early = load(follow(invoice, REMINDER, FollowUpRequest.ALL));
    issue(credit);
    Document late = load(follow(invoice, PAYMENT_NOTICE, FollowUpRequest.ALL));

    assertThat(early.lines()).isEmpty();
    assertThat(early.totals().payable()).as("a draft takes nothing back").isEqualTo("120.00");
    assertThat(late.totals().payable()).isEqualTo("72.00");
    assertThat(late.totals().tax()).isZero();
    assertThat(late.stated())
        .containsExactly(
            new StatedBill(
                invoice,
                INVOICE,
                load(invoice).number(),
                TODAY,
                TODAY.plusDays(30),
                new BigDecimal("120.00"),
                new BigDecimal("72.00")));
    issue(late.id());
    assertThat(load(late.id()).number()).contains("-N2026-");
  }

  @Test
  void nothingIsRemindedOfThatIsNotOpen() {
    DocumentId invoice = issued(document(INVOICE, null, List.of(line("1", "10")), List.of()));
    issue(follow(invoice, CREDIT_NOTE, FollowUpRequest.ALL));

    assertThatThrownBy(() -> follow(invoice, REMINDER, FollowUpRequest.ALL))
        .hasMessageContaining("nothing is open of " + load(invoice).number());
    assertThatThrownBy(() -> follow(invoice, REMINDER, new FollowUpRequest(lines("1"), null, null)))
        .hasMessageContaining("lines: a REMINDER states the bill as a whole");
    assertThatThrownBy(() -> drafts.add(plainWithoutBill(REMINDER), "clerk"))
        .hasMessageContaining("precedingDocument: is required");
  }

  @Test
  void theDatabaseKeepsWhatAnIssuedReminderStatesAndNoLineTwice() {
    DocumentId invoice = issued(document(INVOICE, null, List.of(line("1", "10")), List.of()));
    DocumentId reminder = follow(invoice, REMINDER, FollowUpRequest.ALL);
    issue(reminder);
    DocumentId order = issued(document(ORDER, null, List.of(line("10", "1")), List.of()));
    follow(order, DELIVERY_NOTE, part("6"));
    DocumentId byHand = drafts.add(byHand(DELIVERY_NOTE, order, line("5", "1")), "clerk");

    assertThatThrownBy(
            () ->
                office
                    .jdbc()
                    .sql("UPDATE stated_bill SET open_amount = 1 WHERE document_id = ?")
                    .param(reminder.value())
                    .update())
        .hasMessageContaining("what an issued reminder states never changes");
    assertThatThrownBy(
            () ->
                office
                    .jdbc()
                    .sql(
                        """
                        INSERT INTO document_line (document_id, position, name, quantity, unit_code, unit_price,
                          net_amount, vat_category, vat_rate, preceding_line, preceding_quantity)
                        VALUES (?, 2, 'Line', 5, 'C62', 1, 5, 'S', 20, 1, 5)
                        """)
                    .param(byHand.value())
                    .update())
        .hasMessageContaining("no more of a line can be carried over");
  }

  private static Map<String, BigDecimal> quantities(List<Document> all) {
    Map<String, BigDecimal> sums = new TreeMap<>();
    for (Document one : all) {
      one.lines().forEach(line -> sums.merge(line.name(), line.quantity(), BigDecimal::add));
    }
    sums.replaceAll((name, sum) -> sum.setScale(6));
    return sums;
  }

  /** Of allowances and charges that are no percentages, on lines and on the whole. */
  private static BigDecimal fixed(List<Document> all) {
    return all.stream()
        .flatMap(
            one ->
                Stream.concat(
                    one.allowances().stream(),
                    one.lines().stream().flatMap(line -> line.allowances().stream())))
        .filter(one -> one.percent() == null)
        .map(DocumentAllowance::signed)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static List<NewLine> randomLines(Random random) {
    List<NewLine> lines = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(4); i++) {
      NewLine line =
          new NewLine(
              "Line " + i,
              null,
              BigDecimal.valueOf(1 + random.nextInt(9_999), random.nextInt(4)),
              "KWH",
              BigDecimal.valueOf(1_000 + random.nextInt(100_000), random.nextInt(4)),
              BigDecimal.valueOf(1 + random.nextInt(3)),
              BigDecimal.valueOf(random.nextInt(4) * 333L, 2),
              VatCategory.S,
              new BigDecimal(random.nextBoolean() ? "20" : "5.5"),
              null);
      lines.add(
          random.nextBoolean()
              ? line
              : line.with(List.of(AllowanceCharge.onLine(true, new BigDecimal("1.01"), "Fee"))));
    }
    lines.add(line("7", "30.335"));
    return lines;
  }

  private static List<AllowanceCharge> randomAllowances(Random random) {
    List<AllowanceCharge> allowances = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      allowances.add(percent("7.77"));
    }
    if (random.nextBoolean()) {
      allowances.add(freight("4.44"));
    }
    return allowances;
  }

  private static FollowUpRequest randomPart(Random random, Document whole) {
    DocumentLine line = whole.lines().get(random.nextInt(whole.lines().size()));
    BigDecimal quantity =
        random.nextInt(3) == 0
            ? null
            : BigDecimal.valueOf(1 + random.nextInt(9_000), random.nextInt(4));
    return new FollowUpRequest(
        List.of(new FollowUpRequest.Line(line.position(), quantity, null)), null, null);
  }

  private static FollowUpRequest part(String quantity) {
    return new FollowUpRequest(
        List.of(new FollowUpRequest.Line(1, new BigDecimal(quantity), null)), null, null);
  }

  private static DocumentId follow(
      DocumentId document, DocumentType type, FollowUpRequest request) {
    return followUps.draft(documents.headsByIds(List.of(document)).get(0), type, request, "clerk");
  }

  private NewDocument plain(DocumentType type) {
    if (type == REMINDER || type == PAYMENT_NOTICE) {
      DocumentId invoice = issued(plain(INVOICE));
      return document(type, load(invoice).number(), List.of(), List.of());
    }
    if (type == STATEMENT) {
      issued(plain(INVOICE));
    }
    return type == STATEMENT || type == LETTER
        ? plainWithoutBill(type)
        : document(type, null, List.of(line("1", "100")), List.of());
  }

  private NewDocument plainWithoutBill(DocumentType type) {
    return document(type, null, List.of(), List.of());
  }

  private NewDocument byHand(DocumentType type, DocumentId preceding, NewLine line) {
    return document(type, load(preceding).number(), List.of(line), List.of());
  }

  private NewDocument byHand(
      DocumentType type, DocumentId preceding, String otherContact, String currency, NewLine line) {
    return new NewDocument(
        type,
        company,
        otherContact,
        null,
        null,
        null,
        load(preceding).number(),
        currency,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of(line));
  }

  private NewDocument document(
      DocumentType type, String preceding, List<NewLine> lines, List<AllowanceCharge> allowances) {
    return new NewDocument(
        type,
        company,
        contact,
        null,
        null,
        null,
        null,
        preceding,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        lines,
        allowances,
        null,
        null);
  }

  private static NewLine line(String quantity, String price) {
    return line(quantity, price, "20");
  }

  private static NewLine line(String quantity, String price, String rate) {
    return carrying(quantity, price, rate, null);
  }

  private static NewLine carrying(String quantity, int precedingLine) {
    return carrying(quantity, "1", "20", precedingLine);
  }

  private static NewLine carrying(
      String quantity, String price, String rate, Integer precedingLine) {
    return new NewLine(
        "Line " + quantity,
        null,
        new BigDecimal(quantity),
        "C62",
        new BigDecimal(price),
        null,
        null,
        VatCategory.S,
        new BigDecimal(rate),
        null,
        null,
        List.of(),
        precedingLine);
  }

  private static AllowanceCharge percent(String percent) {
    return new AllowanceCharge(
        false, new BigDecimal(percent), null, "Percentage", "95", null, null, null);
  }

  private static AllowanceCharge freight(String amount) {
    return new AllowanceCharge(
        true,
        null,
        new BigDecimal(amount),
        "Freight",
        "FC",
        VatCategory.S,
        new BigDecimal("20"),
        null);
  }

  private static DocumentId issued(NewDocument document) {
    DocumentId id = drafts.add(document, "clerk");
    issue(id);
    return id;
  }

  private static void issue(DocumentId id) {
    office
        .transaction()
        .executeWithoutResult(status -> office.get(Issue.class).issue(List.of(id), TODAY, "clerk"));
  }

  private static Document load(DocumentId id) {
    return documents.load(List.of(id)).get(0);
  }

  private static BigDecimal quantity(DocumentId id) {
    assertThat(load(id).lines()).hasSize(1);
    return load(id).lines().get(0).quantity();
  }

  private static String printQueue(DocumentId id) {
    return office
        .jdbc()
        .sql("SELECT print_queue FROM document WHERE id = ?")
        .param(id.value())
        .query(String.class)
        .single();
  }

  private static long count() {
    return office.jdbc().sql("SELECT COUNT(*) FROM document").query(Long.class).single();
  }
}
