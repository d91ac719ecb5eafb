package io.facteur.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.facteur.contract.BillingPeriod;
import io.facteur.contract.VatCategory;
import io.facteur.party.PostalAddress;
import io.facteur.party.Refusal;
import io.facteur.party.TradeParty;
import io.facteur.testing.BillingOffice;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DraftsTest {

  private static final String LINE =
      """
      {"name": "Abonnement", "quantity": 2, "unitCode": "MON", "unitPrice": 12.345, "vatCategory": "S", "vatRate": 20}
      """;

  private static final JsonMapper JSON =
      JsonMapper.builder().addModule(new JavaTimeModule()).build();

  private static BillingOffice office;
  private static Drafts drafts;
  private static Documents documents;

  @BeforeAll
  static void openOffice() {
    office = BillingOffice.open(Clock.systemUTC());
    drafts = office.get(Drafts.class);
    documents = office.get(Documents.class);
    long customer = office.contact("C-1");
    office.contact("C-2");
    office.contract("K-1", customer, LocalDate.of(2026, 1, 1));
    office.company("OTHER", "OT");
  }

  @AfterAll
  static void closeOffice() {
    office.close();
  }

  @Test
  void draftTakesWhatIsNotGivenFromContractContactAndCompany() {
    NewDocument given =
        NewDocument.invoice(
            "ACME", "K-1", new BillingPeriod(day(2, 1), day(2, 28)), List.of(line("2")));

    DocumentId id = drafts.add(given, "clerk");

    Document draft = documents.load(List.of(id)).get(0);
    assertThat(draft.number()).isNull();
    assertThat(draft.issueDate()).isNull();
    assertThat(draft.paymentDays()).isEqualTo(30);
    assertThat(draft.period()).isEqualTo(given.period());
    assertThat(draft.contractNumber()).isEqualTo("K-1");
    assertThat(draft.orderReference()).isEqualTo("ORDER-9");
    assertThat(draft.buyerReference()).isEqualTo("PO-BOX");
    assertThat(draft.currency().getCurrencyCode()).isEqualTo("EUR");
    assertThat(draft.language()).isEqualTo("fr");
    assertThat(draft.deliverTo()).isNull();
    assertThat(draft.buyer())
        .isEqualTo(
            new TradeParty(
                "Customer C-1",
                "Accounts",
                new PostalAddress("2 quai Ouest", "35000", "Rennes", "FR"),
                "FR83404833048",
                null,
                null,
                new TradeParty.Endpoint("0002", "404833048"),
                null,
                null,
                "post@customer.example"));
    assertThat(draft.seller().companyCode()).isEqualTo("ACME");
    assertThat(draft.seller().party().endpoint())
        .isEqualTo(new TradeParty.Endpoint("EM", "factures@acme.example"));
    assertThat(draft.lines())
        .containsExactly(
            new DocumentLine(
                1,
                "Abonnement",
                null,
                new BigDecimal("2"),
                "MON",
                new BigDecimal("12.345"),
                new BigDecimal("1"),
                new BigDecimal("0.00"),
                new BigDecimal("0.00"),
                new BigDecimal("24.69"),
                VatCategory.S,
                new BigDecimal("20.00"),
                null,
                null,
                List.of()));
    assertThat(draft.vatBreakdown()).hasSize(1);
    assertThat(draft.totals().payable()).isEqualTo(new BigDecimal("29.63"));
  }

  @Test
  void draftWithoutContractIsMadeFromJson() throws Exception {
    NewDocument given =
        JSON.readValue(
            """
            {"type": "INVOICE", "company": "ACME", "contact": "C-2", "deliveryContact": "C-1",
             "orderReference": "B-7", "paymentDays": 10, "note": "Merci", "lines": [%s]}
            """
                .formatted(LINE),
            NewDocument.class);

    Document draft = documents.load(List.of(drafts.add(given, "clerk"))).get(0);

    assertThat(draft.contractNumber()).isNull();
    assertThat(draft.buyer().name()).isEqualTo("Customer C-2");
    assertThat(draft.deliverTo().name()).isEqualTo("Customer C-1");
    assertThat(draft.paymentDays()).isEqualTo(10);
    assertThat(draft.orderReference()).isEqualTo("B-7");
    assertThat(draft.note()).isEqualTo("Merci");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "type                     | is required                | {'company': 'ACME', 'contact': 'C-1', 'lines': [L]}",
        "company                  | is required                | {'type': 'INVOICE', 'contact': 'C-1', 'lines': [L]}",
        "contact                  | is required                | {'type': 'INVOICE', 'company': 'ACME', 'lines': [L]}",
        "company                  | there is no company 'NONE' | {'type': 'INVOICE', 'company': 'NONE', 'contact': 'C-1', 'lines': [L]}",
        "contact                  | there is no 'X'            | {'type': 'INVOICE', 'company': 'ACME', 'contact': 'X', 'lines': [L]}",
        "contact                  | there is no 'C-1' in company OTHER | {'type': 'INVOICE', 'company': 'OTHER', 'contact': 'C-1', 'lines': [L]}",
        "contract                 | there is no 'K-9'          | {'type': 'INVOICE', 'company': 'ACME', 'contract': 'K-9', 'lines': [L]}",
        "precedingDocument        | there is no 'AC-1'          | {'type': 'CREDIT_NOTE', 'company': 'ACME', 'contact': 'C-1', 'precedingDocument': 'AC-1', 'lines': [L]}",
        "currency                 | only currencies with two   | {'type': 'INVOICE', 'company': 'ACME', 'contact': 'C-1', 'currency': 'JPY', 'lines': [L]}",
        "currency                 | not a currency code        | {'type': 'INVOICE', 'company': 'ACME', 'contact': 'C-1', 'currency': 'EURO', 'lines': [L]}",
        "paymentDays              | between 0 and 365          | {'type': 'INVOICE', 'company': 'ACME', 'contact': 'C-1', 'paymentDays': 366, 'lines': [L]}",
        "lines                    | at least one is needed     | {'type': 'INVOICE', 'company': 'ACME', 'contact': 'C-1'}",
        "lines                    | have a negative total      | {'type': 'INVOICE', 'company': 'ACME', 'contact': 'C-1', 'lines': [{'name': 'x', 'quantity': -1, 'unitCode': 'C62', 'unitPrice': 1, 'vatCategory': 'Z'}]}",
        "lines[1].quantity        | is required                | {'type': 'INVOICE', 'company': 'ACME', 'contact': 'C-1', 'lines': [L, {'name': 'x', 'unitCode': 'C62', 'unitPrice': 1, 'vatCategory': 'Z'}]}",
        "lines[0].quantity        | or 6 after the point       | {'type': 'INVOICE', 'company': 'ACME', 'contact': 'C-1', 'lines': [{'name': 'x', 'quantity': 0.0000001, 'unitCode': 'C62', 'unitPrice': 1, 'vatCategory': 'Z'}]}",
        "lines[0].unitPrice       | must not be negative       | {'type': 'INVOICE', 'company': 'ACME', 'contact': 'C-1', 'lines': [{'name': 'x', 'quantity': 1, 'unitCode': 'C62', 'unitPrice': -1, 'vatCategory': 'Z'}]}",
        "lines[0].unitCode        | UN/ECE Recommendation 20   | {'type': 'INVOICE', 'company': 'ACME', 'contact': 'C-1', 'lines': [{'name': 'x', 'quantity': 1, 'unitCode': 'pieces', 'unitPrice': 1, 'vatCategory': 'Z'}]}",
        "lines[0].baseQuantity    | must be greater than zero  | {'type': 'INVOICE', 'company': 'ACME', 'contact': 'C-1', 'lines': [{'name': 'x', 'quantity': 1, 'baseQuantity': 0, 'unitCode': 'C62', 'unitPrice': 1, 'vatCategory': 'Z'}]}",
        "lines[0].discountPercent | from 0 to 100              | {'type': 'INVOICE', 'company': 'ACME', 'contact': 'C-1', 'lines': [{'name': 'x', 'quantity': 1, 'discountPercent': 101, 'unitCode': 'C62', 'unitPrice': 1, 'vatCategory': 'Z'}]}",
        "lines[0].vatRate         | BR-S-05                    | {'type': 'INVOICE', 'company': 'ACME', 'contact': 'C-1', 'lines': [{'name': 'x', 'quantity': 1, 'unitCode': 'C62', 'unitPrice': 1, 'vatCategory': 'S'}]}",
        "lines[0].vatRate         | must be 0 in category AE   | {'type': 'INVOICE', 'company': 'ACME', 'contact': 'C-1', 'lines': [{'name': 'x', 'quantity': 1, 'unitCode': 'C62', 'unitPrice': 1, 'vatCategory': 'AE', 'vatRate': 20}]}",
        "lines[0].exemptionReason | is required in category E  | {'type': 'INVOICE', 'company': 'ACME', 'contact': 'C-1', 'lines': [{'name': 'x', 'quantity': 1, 'unitCode': 'C62', 'unitPrice': 1, 'vatCategory': 'E'}]}",
        "billingAddress.postcode  | is required                | {'type': 'INVOICE', 'company': 'ACME', 'contact': 'C-1', 'own': {'billing': {'address': {'postcode': '', 'city': 'Brest', 'country': 'FR'}}}, 'lines': [L]}",
        "billingAddress.country   | not a country code         | {'type': 'INVOICE', 'company': 'ACME', 'contact': 'C-1', 'own': {'billing': {'address': {'postcode': '29200', 'city': 'Brest', 'country': 'XX'}}}, 'lines': [L]}",
        "deliveryAddress.city     | control character          | {'type': 'INVOICE', 'company': 'ACME', 'contact': 'C-1', 'own': {'delivery': {'name': 'Site', 'address': {'postcode': '29200', 'city': 'Bre\\tst', 'country': 'FR'}}}, 'lines': [L]}",
        "deliveryAddress.name     | where there is no contact  | {'type': 'INVOICE', 'company': 'ACME', 'contact': 'C-1', 'own': {'delivery': {'address': {'postcode': '29200', 'city': 'Brest', 'country': 'FR'}}}, 'lines': [L]}",
        "lines[0].precedingLine   | needs the precedingDocument | {'type': 'INVOICE', 'company': 'ACME', 'contact': 'C-1', 'lines': [{'name': 'x', 'quantity': 1, 'unitCode': 'C62', 'unitPrice': 1, 'vatCategory': 'Z', 'precedingLine': 1}]}",
        "precedingDocument        | the bill that a REMINDER   | {'type': 'REMINDER', 'company': 'ACME', 'contact': 'C-1'}",
        "lines                    | it states the bill         | {'type': 'PAYMENT_NOTICE', 'company': 'ACME', 'contact': 'C-1', 'lines': [L]}",
        "lines                    | BR-O-11                    | {'type': 'INVOICE', 'company': 'ACME', 'contact': 'C-1', 'lines': [L, {'name': 'x', 'quantity': 1, 'unitCode': 'C62', 'unitPrice': 1, 'vatCategory': 'O'}]}"
      })
  void faultNamesItsFieldAndNothingIsSaved(String field, String message, String json)
      throws Exception {
    NewDocument given =
        JSON.readValue(json.trim().replace('\'', '"').replace("[L", "[" + LINE), NewDocument.class);
    long before = count();

    Refusal refused = catchThrowableOfType(Refusal.class, () -> drafts.add(given, "clerk"));

    assertThat(refused.problems())
        .anySatisfy(
            error -> {
              assertThat(error.field()).isEqualTo(field);
              assertThat(error.message()).contains(message);
            });
    assertThat(count()).isEqualTo(before);
  }

  @Test
  void aDraftMayNameTheContactOfItsContractToo() {
    office
        .jdbc()
        .sql(
            """
            INSERT INTO contact_reminder_address (contact_id, position, address)
            SELECT id, 0, 'dunning@customer.example' FROM contact WHERE code = 'C-1'
            """)
        .update();
    NewDocument given =
        new NewDocument(
            DocumentType.INVOICE,
            "ACME",
            "C-1",
            null,
            "K-1",
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            List.of(line("1")));

    DocumentId id = drafts.add(given, "clerk");

    assertThat(documents.load(List.of(id)).get(0).buyer().name()).isEqualTo("Customer C-1");
  }

  @Test
  void anAddressOfItsOwnStandsInPlaceOfTheContacts() {
    PostalAddress brest = new PostalAddress("1 quai Nord", "29200", "Brest", "FR");
    OwnAddress billing = new OwnAddress(null, null, brest);
    OwnAddress site = new OwnAddress("Site 4", "Gate B", brest);

    Document nobodys = drafted(null, new OwnAddresses(billing, site));
    Document contacts = drafted("C-2", new OwnAddresses(null, billing));

    assertThat(nobodys.buyer().name()).isEqualTo("Customer C-1");
    assertThat(nobodys.buyer().additionalName()).isEqualTo("Accounts");
    assertThat(nobodys.buyer().address()).isEqualTo(brest);
    assertThat(nobodys.buyer().vatId()).isEqualTo("FR83404833048");
    assertThat(nobodys.deliverTo())
        .isEqualTo(
            new TradeParty("Site 4", "Gate B", brest, null, null, null, null, null, null, null));
    assertThat(nobodys.own()).isEqualTo(new OwnAddresses(billing, site));
    assertThat(contacts.deliverTo().name()).isEqualTo("Customer C-2");
    assertThat(contacts.deliverTo().address()).isEqualTo(brest);
    assertThat(contacts.buyer().address().city()).isEqualTo("Rennes");
  }

  private static Document drafted(String deliveryContact, OwnAddresses own) {
    NewDocument given =
        new NewDocument(
            DocumentType.INVOICE,
            "ACME",
            "C-1",
            deliveryContact,
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
            List.of(line("1")),
            List.of(),
            own,
            null);
    return documents.load(List.of(drafts.add(given, "clerk"))).get(0);
  }

  @Test
  void oneFaultInABatchIsNamedWithItsDocumentAndNothingIsSaved() {
    NewDocument good = invoice(line("1"));
    long before = count();

    assertThatThrownBy(
            () -> drafts.add(List.of(good, invoice(line("0.0000001")), good), null, "clerk"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("documents[1].lines[0].quantity");
    assertThat(count()).isEqualTo(before);
  }

  @Test
  void manyDraftsKeepTheOrderInWhichTheyWereGiven() {
    List<NewDocument> many =
        IntStream.rangeClosed(1, 301)
            .mapToObj(i -> invoice(line(String.valueOf(i)), line("1")))
            .toList();

    List<DocumentId> ids = drafts.add(many, null, "clerk");

    List<Document> loaded = documents.load(ids);
    assertThat(loaded).extracting(Document::id).containsExactlyElementsOf(ids);
    assertThat(loaded)
        .extracting(document -> document.lines().get(0).quantity().intValueExact())
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 301).boxed().toList());
    assertThat(loaded).allSatisfy(document -> assertThat(document.lines()).hasSize(2));
  }

  @Test
  void whatALaterVersionWroteAboutAPartyIsPassedOver() {
    DocumentId id = drafts.add(invoice(line("1")), "clerk");
    office
        .jdbc()
        .sql("UPDATE document SET buyer = JSON_SET(buyer, '$.mood', 'sunny') WHERE id = ?")
        .param(id.value())
        .update();

    assertThat(documents.load(List.of(id)).get(0).buyer().name()).isEqualTo("Customer C-1");
  }

  @Test
  void documentThatDoesNotExistIsNamed() {
    assertThatThrownBy(() -> documents.load(List.of(new DocumentId(999_999))))
        .hasMessageContaining("there is no document '999999'");
    assertThat(documents.find("999999")).isEmpty();
    assertThat(documents.find("AC-2026-999999")).isEmpty();
  }

  private static long count() {
    return office.jdbc().sql("SELECT COUNT(*) FROM document").query(Long.class).single();
  }

  private static NewDocument invoice(NewLine... lines) {
    return new NewDocument(
        DocumentType.INVOICE,
        "ACME",
        "C-1",
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
        List.of(lines));
  }

  private static NewLine line(String quantity) {
    return new NewLine(
        "Abonnement",
        null,
        new BigDecimal(quantity),
        "MON",
        new BigDecimal("12.345"),
        null,
        null,
        VatCategory.S,
        new BigDecimal("20"),
        null);
  }

  private static LocalDate day(int month, int day) {
    return LocalDate.of(2026, month, day);
  }
}
