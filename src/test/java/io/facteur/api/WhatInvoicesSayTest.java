package io.facteur.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Master data that only invoices, e-invoices and payment slips show (EINV-1). */
class WhatInvoicesSayTest extends ApiTest {

  private static final String INVOICING =
      """
      "endpoint": {"scheme": "0009", "id": "12345678900012"}, "taxNumber": "21/815/08150",
      "qrIban": "CH44 3199 9123 0008 8901 2", "qrReferencePrefix": "123456", "epcQrCode": true,
      "creditorId": "DE98ZZZ09999999999", "payee": {"name": "Factor SA", "id": "F-7"},
      "notes": [{"subject": "AAB", "text": "2 % within ten days"}, {"text": "Merci"}],
      """;

  @Test
  void aCompanyKeepsWhatItsBillsSay() {
    String code = unique("CO");
    String body = companyJson(code).replaceFirst("\\{", "{" + INVOICING);
    created(post("/api/companies", body));

    Answer read = get("/api/companies/" + code);
    Answer again = put("/api/companies/" + code, read.http().body());

    assertThat(again.status()).as(again.http().body()).isEqualTo(200);
    for (Answer answer : new Answer[] {read, again}) {
      assertThat(answer.text("/endpoint/scheme")).isEqualTo("0009");
      assertThat(answer.text("/endpoint/id")).isEqualTo("12345678900012");
      assertThat(answer.text("/taxNumber")).isEqualTo("21/815/08150");
      assertThat(answer.text("/qrIban")).isEqualTo("CH4431999123000889012");
      assertThat(answer.text("/qrReferencePrefix")).isEqualTo("123456");
      assertThat(answer.json().get("epcQrCode").asBoolean()).isTrue();
      assertThat(answer.text("/creditorId")).isEqualTo("DE98ZZZ09999999999");
      assertThat(answer.text("/payee/name")).isEqualTo("Factor SA");
      assertThat(answer.text("/notes/0/subject")).isEqualTo("AAB");
      assertThat(answer.text("/notes/1/text")).isEqualTo("Merci");
    }
  }

  @Test
  void aCompanyWithoutAnAddressInANetworkIsReachedByItsEmail() {
    String contract = contract();

    Answer draft = get("/api/documents/" + draft(contract));

    assertThat(draft.text("/seller/endpoint/scheme")).isEqualTo("EM");
    assertThat(draft.text("/seller/endpoint/id")).isEqualTo("factures@edl.example");
    String company = "/api/companies/" + draft.text("/company");
    assertThat(get(company).json().hasNonNull("endpoint"))
        .as("what is not given is not invented")
        .isFalse();
  }

  @Test
  void billsOfACustomerWithAMandateAreCollectedAsItStoodWhenTheyWereIssued() {
    String contract = collected();
    String customer =
        "/api/contacts/" + get("/api/contracts/" + contract).text("/contractingParty");
    mandate(customer, "M-1", "DE89370400440532013000");
    String issued = invoice(contract);
    String draft = draft(contract);
    mandate(customer, "M-2", "FR7630006000011234567890189");

    Answer before = get("/api/documents/" + issued);
    Answer after = post("/api/documents/" + draft + "/issue", "{}");

    assertThat(before.text("/payment/kind")).isEqualTo("DIRECT_DEBIT");
    assertThat(before.text("/payment/typeCode")).isEqualTo("59");
    assertThat(before.text("/payment/mandateReference")).isEqualTo("M-1");
    assertThat(before.text("/payment/debitedIban")).isEqualTo("DE89370400440532013000");
    assertThat(before.text("/payment/creditorId")).isEqualTo("DE98ZZZ09999999999");
    assertThat(before.text("/payment/reference")).isEqualTo(issued);
    assertThat(get("/api/documents/" + after.text("/number")).text("/payment/mandateReference"))
        .isEqualTo("M-2");
  }

  @Test
  void withoutAMandateTheAmountIsTransferredAndWhatIsInTheCustomersFavourIsNotPaid() {
    String contract = collected();
    String invoice = invoice(contract);

    Answer creditNote =
        post("/api/documents/" + invoice + "/follow-ups", "{\"type\": \"CREDIT_NOTE\"}");

    assertThat(get("/api/documents/" + invoice).text("/payment/kind")).isEqualTo("TRANSFER");
    assertThat(get("/api/documents/" + invoice).text("/payment/iban"))
        .isEqualTo("FR7630006000011234567890189");
    assertThat(creditNote.status()).as(creditNote.http().body()).isEqualTo(201);
    assertThat(get("/api/documents/" + creditNote.text("/id")).json().hasNonNull("payment"))
        .isFalse();
  }

  @Test
  void anExportTellsTheMandate() {
    String contract = collected();
    String customer = get("/api/contracts/" + contract).text("/contractingParty");
    mandate("/api/contacts/" + customer, "M-1", "DE89370400440532013000");

    Answer export = get("/api/contacts/" + customer + "/export");

    assertThat(export.text("/contacts/0/mandateReference")).isEqualTo("M-1");
    assertThat(export.text("/contacts/0/mandateIban")).isEqualTo("DE89370400440532013000");
  }

  @Test
  void anInvoiceIsOfTheDayOnWhichItsDeliveryNoteSaysThatItWasDelivered() {
    String contract = contract();
    String told = deliveryNote(contract, ", \"deliveryDate\": \"2026-02-17\"");
    String untold = deliveryNote(contract, "");

    String byTold = followed(told);
    String byUntold = followed(untold);

    assertThat(get("/api/documents/" + byTold).text("/deliveryDate")).isEqualTo("2026-02-17");
    assertThat(get("/api/documents/" + byUntold).text("/deliveryDate"))
        .as("the day of the delivery note")
        .isEqualTo(get("/api/documents/" + untold).text("/issueDate"));
  }

  /** A contract of a company that collects by direct debit; its number. */
  private String collected() {
    String company = unique("CO");
    created(
        post(
            "/api/companies",
            companyJson(company)
                .replaceFirst("\\{", "{\"creditorId\": \"DE98 ZZZ0 9999 9999 99\", ")));
    String number = unique("V-");
    created(post("/api/contracts", contractJson(number, company, customer(company))));
    return number;
  }

  private void mandate(String contact, String reference, String iban) {
    Answer answer =
        put(
            contact,
            """
            {"name": "Dupont", "mandate": {"reference": "%s", "iban": "%s", "signedOn": "2026-01-05"},
             "address": {"street": "1 rue Haute", "postcode": "69001", "city": "Lyon", "country": "FR"}}
            """
                .formatted(reference, iban),
            "If-Match",
            "*");
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    assertThat(answer.text("/mandate/signedOn")).isEqualTo("2026-01-05");
  }

  private String deliveryNote(String contract, String deliveryDate) {
    String body = draftJson(contract).replace("\"INVOICE\"", "\"DELIVERY_NOTE\"" + deliveryDate);
    Answer draft = post("/api/documents", body);
    created(draft);
    return post("/api/documents/" + draft.text("/id") + "/issue", "{}").text("/number");
  }

  private String followed(String deliveryNote) {
    Answer invoice =
        post("/api/documents/" + deliveryNote + "/follow-ups", "{\"type\": \"INVOICE\"}");
    created(invoice);
    return invoice.text("/id");
  }
}
