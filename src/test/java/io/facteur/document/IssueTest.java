package io.facteur.document;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.facteur.contract.VatCategory;
import io.facteur.party.PostalAddress;
import io.facteur.party.Refusal;
import io.facteur.testing.BillingOffice;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.IllegalTransactionStateException;

class IssueTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

  private static BillingOffice office;
  private static Drafts drafts;
  private static Documents documents;
  private static Issue issue;

  private String company;
  private String contact;
  private String prefix;

  @BeforeAll
  static void openOffice() {
    office = BillingOffice.open(Clock.systemUTC());
    drafts = office.get(Drafts.class);
    documents = office.get(Documents.class);
    issue = office.get(Issue.class);
  }

  @AfterAll
  static void closeOffice() {
    office.close();
  }

  @BeforeEach
  void newCompany() {
    long id = office.newCompany();
    company = text("SELECT code FROM company WHERE id = ?", id);
    prefix = text("SELECT number_prefix FROM company WHERE id = ?", id);
    contact = "C-" + id;
    office.contact(contact);
  }

  private static String text(String sql, long id) {
    return office.jdbc().sql(sql).param(id).query(String.class).single();
  }

  @ParameterizedTest
  @CsvSource({
    "INVOICE,       2026,       1, AC-2026-000001",
    "INVOICE,       2026, 1234567, AC-2026-1234567",
    "INSTALMENT,    2026,       2, AC-2026-000002",
    "SETTLEMENT,    2026,       3, AC-2026-000003",
    "CREDIT_NOTE,   2026,       1, AC-C2026-000001",
    "QUOTE,         2027,      42, AC-Q2027-000042"
  })
  void numberTellsCompanySeriesAndYear(DocumentType type, int year, long sequence, String number) {
    assertThat(NumberSeries.number("AC", type, year, sequence)).isEqualTo(number);
  }

  @Test
  void billsShareASeriesAndEveryOtherTypeHasOneOfItsOwn() {
    assertThat(DocumentType.values())
        .filteredOn(type -> !type.isBill() || type == DocumentType.INVOICE)
        .extracting(NumberSeries::of)
        .doesNotHaveDuplicates();
    assertThat(DocumentType.values())
        .filteredOn(DocumentType::isBill)
        .extracting(NumberSeries::of)
        .containsOnly("I");
  }

  @Test
  void issuedDocumentsAreNumberedDatedAndFoundByNumber() {
    List<DocumentId> ids = drafts.add(List.of(invoice(), invoice()), null, "clerk");

    List<IssuedDocument> issued =
        office.transaction().execute(status -> issue.issue(ids, TODAY, "clerk"));

    assertThat(issued)
        .containsExactly(
            new IssuedDocument(ids.get(0), prefix + "-2026-000001", TODAY, TODAY.plusDays(30)),
            new IssuedDocument(ids.get(1), prefix + "-2026-000002", TODAY, TODAY.plusDays(30)));
    assertThat(documents.get(prefix + "-2026-000002").id()).isEqualTo(ids.get(1));
    assertThat(documents.get(String.valueOf(ids.get(0).value())).number())
        .isEqualTo(prefix + "-2026-000001");
    assertThat(documents.load(ids))
        .extracting(Document::number, Document::issueDate, Document::dueDate)
        .containsExactly(
            tuple(prefix + "-2026-000001", TODAY, TODAY.plusDays(30)),
            tuple(prefix + "-2026-000002", TODAY, TODAY.plusDays(30)));
  }

  @Test
  void numbersStartAnewInEachYearAndEachCompany() {
    office.company("OTHER", "OT");
    office
        .jdbc()
        .sql(
            """
            INSERT INTO contact (company_id, code, kind, name, language)
            SELECT id, 'O-1', 'CUSTOMER', 'Other customer', 'fr' FROM company WHERE code = 'OTHER'
            """)
        .update();
    List<DocumentId> ids =
        drafts.add(
            List.of(invoice(), invoice("OTHER", "O-1"), invoice(), invoice()), null, "clerk");

    assertThat(issue(ids.subList(0, 3), TODAY))
        .extracting(this::number)
        .containsExactly(prefix + "-2026-000001", "OT-2026-000001", prefix + "-2026-000002");
    assertThat(issue(ids.subList(3, 4), LocalDate.of(2027, 1, 1)))
        .extracting(this::number)
        .containsExactly(prefix + "-2027-000001");
  }

  @Test
  void issueDateNeverPrecedesTheLastOfItsSeries() {
    List<DocumentId> ids = drafts.add(List.of(invoice(), invoice()), null, "clerk");
    issue(ids.subList(0, 1), TODAY);

    issue(ids.subList(1, 2), TODAY.minusDays(3));

    Document second = documents.load(ids).get(1);
    assertThat(second.issueDate()).isEqualTo(TODAY);
    assertThat(second.dueDate()).isEqualTo(TODAY.plusDays(30));
  }

  @Test
  void partiesAreFrozenAsTheyAreWhenIssued() {
    DocumentId id = drafts.add(invoice(), "clerk");
    office
        .jdbc()
        .sql("UPDATE contact SET name = 'New name' WHERE code = ?")
        .param(contact)
        .update();
    office.jdbc().sql("UPDATE company SET bic = 'BNPAFRPP' WHERE code = ?").param(company).update();
    issue(List.of(id), TODAY);
    office
        .jdbc()
        .sql("UPDATE contact SET name = 'Newer name' WHERE code = ?")
        .param(contact)
        .update();

    Document issued = documents.load(List.of(id)).get(0);

    assertThat(issued.buyer().name()).isEqualTo("New name");
    assertThat(issued.seller().bic()).isEqualTo("BNPAFRPP");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE document SET note = 'x' WHERE id = ?",
        "DELETE FROM document WHERE id = ?",
        "UPDATE document_line SET net_amount = 0 WHERE document_id = ?",
        "DELETE FROM document_line WHERE document_id = ?",
        "UPDATE vat_breakdown SET tax_amount = 0 WHERE document_id = ?",
        "DELETE FROM vat_breakdown WHERE document_id = ?"
      })
  void issuedDocumentNeverChanges(String change) {
    DocumentId id = drafts.add(invoice(), "clerk");
    issue(List.of(id), TODAY);

    assertThatThrownBy(() -> office.jdbc().sql(change).param(id.value()).update())
        .hasMessageContaining("BILL-6");
  }

  @Test
  void documentIsIssuedOnlyOnceAndARefusalTakesNoNumber() {
    List<DocumentId> ids = drafts.add(List.of(invoice(), invoice()), null, "clerk");
    issue(ids.subList(0, 1), TODAY);

    assertThatThrownBy(() -> issue(List.of(ids.get(1), ids.get(0)), TODAY))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("issued already, as " + prefix + "-2026-000001");

    assertThat(number(issue(ids.subList(1, 2), TODAY).get(0))).isEqualTo(prefix + "-2026-000002");
  }

  @Test
  void nothingIsIssuedIfOneOfTheDocumentsDoesNotExist() {
    DocumentId id = drafts.add(invoice(), "clerk");

    assertThatThrownBy(() -> issue(List.of(id, new DocumentId(999_999)), TODAY))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("there is no document '999999'");

    assertThat(documents.load(List.of(id)).get(0).number()).isNull();
  }

  @Test
  void issuingNeedsTheTransactionThatPlansTheDeliveries() {
    DocumentId id = drafts.add(invoice(), "clerk");

    assertThatThrownBy(() -> issue.issue(List.of(id), TODAY, "clerk"))
        .isInstanceOf(IllegalTransactionStateException.class);
  }

  @Test
  void numbersHaveNoGapsAndDatesNeverFallWhenManyIssueAtOnce() throws Exception {
    List<DocumentId> ids =
        drafts.add(IntStream.range(0, 240).mapToObj(i -> invoice()).toList(), null, "clerk");
    List<Callable<Void>> work = new ArrayList<>();
    for (int i = 0; i < ids.size(); i += 5) {
      List<DocumentId> chunk = ids.subList(i, i + 5);
      LocalDate date = TODAY.plusDays(i % 7);
      boolean fails = i % 25 == 0;
      work.add(
          () -> {
            if (fails) {
              assertThatThrownBy(() -> issueAndFail(chunk, date)).hasMessage("no deliveries");
            }
            issue(chunk, date);
            return null;
          });
    }
    Collections.shuffle(work, new Random(7));

    ExecutorService clerks = Executors.newFixedThreadPool(6);
    try {
      for (Future<Void> done : clerks.invokeAll(work)) {
        done.get();
      }
    } finally {
      clerks.shutdownNow();
    }

    List<Document> issued =
        documents.load(ids).stream().sorted(comparing(Document::number)).toList();
    assertThat(issued)
        .extracting(Document::number)
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 240).mapToObj((prefix + "-2026-%06d")::formatted).toList());
    assertThat(issued).isSortedAccordingTo(comparing(Document::issueDate));
  }

  @Test
  void twoWhoIssueTheSameDraftsIssueThemOnce() throws Exception {
    List<DocumentId> ids =
        drafts.add(IntStream.range(0, 20).mapToObj(i -> invoice()).toList(), null, "clerk");
    List<DocumentId> reversed = new ArrayList<>(ids);
    Collections.reverse(reversed);
    List<Callable<List<DocumentId>>> both =
        List.of(() -> issue(ids, TODAY), () -> issue(reversed, TODAY));

    ExecutorService clerks = Executors.newFixedThreadPool(2);
    int refused = 0;
    try {
      for (Future<List<DocumentId>> done : clerks.invokeAll(both)) {
        try {
          done.get();
        } catch (ExecutionException e) {
          assertThat(e.getCause()).isInstanceOf(Refusal.class);
          refused++;
        }
      }
    } finally {
      clerks.shutdownNow();
    }

    assertThat(refused).isEqualTo(1);
    assertThat(number(issue(List.of(drafts.add(invoice(), "clerk")), TODAY).get(0)))
        .isEqualTo(prefix + "-2026-000021");
  }

  @Test
  void creditNoteTakesBackTheWholeInvoiceOnce() {
    DocumentId invoice = drafts.add(invoiceOfTwoRates(), "clerk");
    issue(List.of(invoice), TODAY);
    CreditNotes creditNotes = office.get(CreditNotes.class);

    DocumentId creditNote = creditNotes.draftFor(invoice, "clerk");

    issue(List.of(creditNote), TODAY);
    Document original = documents.load(List.of(invoice)).get(0);
    Document credit = documents.load(List.of(creditNote)).get(0);
    assertThat(credit.number()).isEqualTo(prefix + "-C2026-000001");
    assertThat(credit.type()).isEqualTo(DocumentType.CREDIT_NOTE);
    assertThat(credit.precedingNumber()).isEqualTo(prefix + "-2026-000001");
    assertThat(credit.precedingDate()).isEqualTo(TODAY);
    assertThat(credit.totals()).isEqualTo(original.totals());
    assertThat(credit.lines()).isEqualTo(original.lines());
    assertThat(credit.vatBreakdown()).isEqualTo(original.vatBreakdown());
    assertThatThrownBy(() -> creditNotes.draftFor(invoice, "clerk"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(
            "%1$s-2026-000001 is credited already, by %1$s-C2026-000001".formatted(prefix));
  }

  @Test
  void addressesOfItsOwnStayWhenADocumentIsIssuedAndEverythingElseIsAsItIsNow() {
    PostalAddress brest = new PostalAddress("1 quai Nord", "29200", "Brest", "FR");
    OwnAddresses own =
        new OwnAddresses(
            new OwnAddress("Head office", null, brest), new OwnAddress("Site 4", null, brest));
    DocumentId id =
        drafts.add(
            new NewDocument(
                DocumentType.INVOICE,
                company,
                contact,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(line("20")),
                List.of(),
                own,
                null),
            "clerk");
    office
        .jdbc()
        .sql("UPDATE contact SET vat_id = 'FR61954506077', city = 'Lyon' WHERE code = ?")
        .param(contact)
        .update();

    issue(List.of(id), TODAY);

    Document issued = documents.load(List.of(id)).get(0);
    assertThat(issued.buyer().name()).isEqualTo("Head office");
    assertThat(issued.buyer().address()).isEqualTo(brest);
    assertThat(issued.buyer().vatId()).isEqualTo("FR61954506077");
    assertThat(issued.deliverTo().name()).isEqualTo("Site 4");
    assertThat(issued.own()).isEqualTo(own);
  }

  @Test
  void onlyAnIssuedInvoiceCanBeCredited() {
    DocumentId draft = drafts.add(invoice(), "clerk");

    assertThatThrownBy(() -> office.get(CreditNotes.class).draftFor(draft, "clerk"))
        .hasMessageContaining("only an issued invoice can be credited");
  }

  private String number(DocumentId id) {
    return documents.load(List.of(id)).get(0).number();
  }

  private List<DocumentId> issue(List<DocumentId> ids, LocalDate date) {
    return office
        .transaction()
        .execute(
            status -> issue.issue(ids, date, "clerk").stream().map(IssuedDocument::id).toList());
  }

  private void issueAndFail(List<DocumentId> ids, LocalDate date) {
    office
        .transaction()
        .executeWithoutResult(
            status -> {
              issue.issue(ids, date, "clerk");
              throw new IllegalStateException("no deliveries");
            });
  }

  private NewDocument invoice() {
    return invoice(company, contact);
  }

  private NewDocument invoiceOfTwoRates() {
    return invoice(company, contact, List.of(line("20"), line("5.5"), line("5.5")));
  }

  private static NewDocument invoice(String company, String contact) {
    return invoice(company, contact, List.of(line("20")));
  }

  private static NewLine line(String vatRate) {
    return new NewLine(
        "Abonnement",
        null,
        BigDecimal.ONE,
        "MON",
        new BigDecimal("19.90"),
        null,
        null,
        VatCategory.S,
        new BigDecimal(vatRate),
        null);
  }

  private static NewDocument invoice(String company, String contact, List<NewLine> lines) {
    return new NewDocument(
        DocumentType.INVOICE,
        company,
        contact,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        lines);
  }
}
