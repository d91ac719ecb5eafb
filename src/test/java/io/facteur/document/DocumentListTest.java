package io.facteur.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facteur.contract.BillingPeriod;
import io.facteur.contract.VatCategory;
import io.facteur.party.CompanyId;
import io.facteur.party.Page;
import io.facteur.party.Paging;
import io.facteur.party.Refusal;
import io.facteur.testing.BillingOffice;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DocumentListTest {

  private static BillingOffice office;
  private static DocumentList list;
  private static CompanyId company;
  private static List<DocumentId> ids;

  /** Four invoices of 1.20, 2.40, 3.60 and 4.80: two issued on two days, two drafts. */
  @BeforeAll
  static void openOffice() {
    office = BillingOffice.open(Clock.systemUTC());
    list = office.get(DocumentList.class);
    company = new CompanyId(office.newCompany());
    long one = office.contact("L-1");
    office.contact("L-2");
    office.contract("LK-1", one, LocalDate.of(2026, 1, 1));
    String code =
        office
            .jdbc()
            .sql("SELECT code FROM company WHERE id = ?")
            .param(company.value())
            .query(String.class)
            .single();
    BillingPeriod january = new BillingPeriod(day(1), day(31));
    ids =
        office
            .get(Drafts.class)
            .add(
                List.of(
                    NewDocument.invoice(code, "LK-1", january, List.of(line(1))),
                    invoice(code, "L-2", line(2)),
                    invoice(code, "L-2", line(3)),
                    invoice(code, "L-1", line(4))),
                null,
                "clerk");
    for (int i = 0; i < 2; i++) {
      List<DocumentId> one1 = List.of(ids.get(i));
      LocalDate date = day(10 + i);
      office
          .transaction()
          .executeWithoutResult(tx -> office.get(Issue.class).issue(one1, date, "clerk"));
    }
  }

  @AfterAll
  static void closeOffice() {
    office.close();
  }

  @Test
  void everyFilterLeavesOutWhatItDoesNotMatch() {
    assertThat(found(new DocumentQuery(Set.of(company), null, null, null, null, null, null, null)))
        .containsExactly(0, 1, 2, 3);
    assertThat(
            found(
                new DocumentQuery(
                    Set.of(new CompanyId(0)), null, null, null, null, null, null, null)))
        .isEmpty();
    assertThat(
            found(
                new DocumentQuery(
                    Set.of(company), DocumentType.QUOTE, null, null, null, null, null, null)))
        .isEmpty();
    assertThat(
            found(
                new DocumentQuery(
                    Set.of(company), null, DocumentState.DRAFT, null, null, null, null, null)))
        .containsExactly(2, 3);
    assertThat(found(new DocumentQuery(Set.of(company), null, null, "L-2", null, null, null, null)))
        .containsExactly(1, 2);
    assertThat(
            found(new DocumentQuery(Set.of(company), null, null, null, "LK-1", null, null, null)))
        .containsExactly(0);
    assertThat(
            found(new DocumentQuery(Set.of(company), null, null, null, null, day(11), null, null)))
        .containsExactly(1);
    assertThat(
            found(new DocumentQuery(Set.of(company), null, null, null, null, null, day(10), null)))
        .containsExactly(0);
    assertThat(
            found(
                new DocumentQuery(
                    Set.of(company), null, null, null, null, null, null, new RunId(1))))
        .isEmpty();
  }

  @Test
  void pagesAreSortedAndKnowTheWhole() {
    Paging second = new Paging(1, 3, List.of(new Paging.Order("payable", true)));

    Page<DocumentSummary> page =
        list.list(
            new DocumentQuery(Set.of(company), null, null, null, null, null, null, null), second);

    assertThat(page.total()).isEqualTo(4);
    assertThat(page.items()).extracting(DocumentSummary::id).containsExactly(ids.get(0));
    DocumentSummary first = page.items().get(0);
    assertThat(first.number()).endsWith("-2026-000001");
    assertThat(first.buyer()).isEqualTo("Customer L-1");
    assertThat(first.contract()).isEqualTo("LK-1");
    assertThat(first.period().to()).isEqualTo(day(31));
    assertThat(first.payable()).isEqualTo(new BigDecimal("1.20"));
  }

  @Test
  void unknownSortIsRefused() {
    Paging bySecret = new Paging(0, 3, List.of(new Paging.Order("seller", false)));

    assertThatThrownBy(
            () ->
                list.list(
                    new DocumentQuery(Set.of(company), null, null, null, null, null, null, null),
                    bySecret))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("issueDate");
  }

  private static List<Integer> found(DocumentQuery query) {
    return list.list(query, new Paging(0, 100, List.of())).items().stream()
        .map(summary -> ids.indexOf(summary.id()))
        .toList();
  }

  private static NewDocument invoice(String company, String contact, NewLine line) {
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
        List.of(line));
  }

  private static NewLine line(int quantity) {
    return new NewLine(
        "x",
        null,
        BigDecimal.valueOf(quantity),
        "C62",
        BigDecimal.ONE,
        null,
        null,
        VatCategory.S,
        new BigDecimal("20"),
        null);
  }

  private static LocalDate day(int day) {
    return LocalDate.of(2026, 1, day);
  }
}
