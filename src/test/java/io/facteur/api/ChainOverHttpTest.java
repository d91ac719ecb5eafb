package io.facteur.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents that follow each other, and addresses of their own, over HTTP (ADDR-3, ADDR-4). */
class ChainOverHttpTest extends ApiTest {

  @Test
  void aQuoteBecomesAnInvoiceInPartsAndBothNameEachOther() {
    String quote = issued(quote(""));

    Answer part =
        post(
            path(quote) + "/follow-ups",
            """
            {"type": "INVOICE", "note": "First part", "orderReference": "PO-7",
             "lines": [{"position": 1, "quantity": 4}]}
            """);
    Answer rest = post(path(quote) + "/follow-ups", "{\"type\": \"INVOICE\"}");
    Answer again = post(path(quote) + "/follow-ups", "{\"type\": \"INVOICE\"}");

    assertThat(part.status()).as(part.http().body()).isEqualTo(201);
    assertThat(part.header("Location")).isEqualTo("/api/documents/" + part.text("/id"));
    assertThat(part.text("/precedingDocument")).isEqualTo(quote);
    assertThat(part.text("/orderReference")).isEqualTo("PO-7");
    assertThat(part.text("/lines/0/quantity")).isEqualTo("4");
    assertThat(part.text("/totals/taxExclusive")).isEqualTo("40.0");
    assertThat(rest.text("/lines/0/quantity")).isEqualTo("6");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.text("/detail"))
        .contains("nothing of " + quote + " is left", "draft " + part.text("/id"));
    assertThat(get(path(quote)).json().at("/followUps").toString())
        .isEqualTo(
            """
            [{"id":%s,"type":"INVOICE","state":"DRAFT"},{"id":%s,"type":"INVOICE","state":"DRAFT"}]"""
                .formatted(part.text("/id"), rest.text("/id")));
  }

  @Test
  void aReminderStatesItsBill() {
    String invoice = invoice(contractByEmailAndPost());

    Answer reminder = post(path(invoice) + "/follow-ups", "{\"type\": \"REMINDER\"}");
    String issued = post(path(reminder.text("/id")) + "/issue", "{}").text("/number");

    assertThat(reminder.status()).as(reminder.http().body()).isEqualTo(201);
    assertThat(reminder.text("/stated/0/number")).isEqualTo(invoice);
    assertThat(reminder.text("/stated/0/open")).isEqualTo("71.76");
    assertThat(reminder.text("/totals/payable")).isEqualTo("71.76");
    assertThat(get(path(invoice)).text("/followUps/0/number")).isEqualTo(issued);
    assertThat(get(path(issued) + "/pdf").status()).isEqualTo(200);
    assertThat(get(path(issued) + "/xml").status()).isEqualTo(409);
  }

  @Test
  void aStatementNamesEveryBillOfWhichSomethingIsOpen() {
    String company = company();
    String contact = customer(company);
    String first = issued(simple("INVOICE", company, contact, "59.80"));
    String credited = issued(simple("INVOICE", company, contact, "10"));
    post(
        path(post(path(credited) + "/follow-ups", "{\"type\": \"CREDIT_NOTE\"}").text("/id"))
            + "/issue",
        "{}");
    String last = issued(simple("SETTLEMENT", company, contact, "20"));
    issued(simple("INVOICE", company, customer(company), "30"));
    post("/api/documents", simple("INVOICE", company, contact, "99"));

    Answer statement = post("/api/documents", simple("STATEMENT", company, contact, null));
    String issued = post(path(statement.text("/id")) + "/issue", "{}").text("/number");

    assertThat(statement.status()).as(statement.http().body()).isEqualTo(201);
    assertThat(statement.json().at("/stated")).hasSize(2);
    assertThat(statement.text("/stated/0/number")).isEqualTo(first);
    assertThat(statement.text("/stated/0/open")).isEqualTo("71.76");
    assertThat(statement.text("/stated/1/number")).isEqualTo(last);
    assertThat(statement.text("/stated/1/open")).isEqualTo("24.0");
    assertThat(statement.text("/totals/payable")).isEqualTo("95.76");
    assertThat(get(path(issued) + "/pdf").status()).isEqualTo(200);
  }

  @Test
  void aStatementOfNothingAndOneWithLinesAreRefused() {
    String company = company();
    String contact = customer(company);

    Answer nothing = post("/api/documents", simple("STATEMENT", company, contact, null));
    Answer lines = post("/api/documents", simple("STATEMENT", company, contact, "10"));
    Answer letter = post("/api/documents", simple("LETTER", company, contact, "10"));

    assertThat(nothing.status()).isEqualTo(409);
    assertThat(nothing.text("/detail")).contains("nothing is open of " + contact);
    assertThat(lines.fields()).containsExactly("lines");
    assertThat(letter.fields()).containsExactly("lines");
  }

  @Test
  void aLetterNamesTheAddressesThatDocumentsGoTo() {
    String company = company();
    String contact = customer(company);
    Answer addresses = get("/api/contacts/" + contact + "/addresses?company=" + company);
    put(
        "/api/contacts/" + contact + "/addresses?company=" + company,
        """
        {"documents": [{"types": ["INVOICE"], "to": "compta@client.example; achats@client.example"}]}
        """,
        "If-Match",
        addresses.header("ETag"));

    Answer letter = post("/api/documents", simple("LETTER", company, contact, null));
    String issued = post(path(letter.text("/id")) + "/issue", "{}").text("/number");

    assertThat(letter.status()).as(letter.http().body()).isEqualTo(201);
    for (Answer one : new Answer[] {letter, get(path(issued))}) {
      assertThat(one.text("/buyer/email"))
          .isEqualTo("compta@client.example, achats@client.example");
    }
    assertThat(get(path(issued) + "/pdf").status()).isEqualTo(200);
  }

  @Test
  void aDocumentHasAddressesOfItsOwnAndItsFollowersToo() {
    String quote =
        issued(
            quote(
                """
                "billingAddress": {"street": "9 rue Basse", "postcode": "75001", "city": "Paris", "country": "FR"},
                "deliveryAddress": {"name": "Chantier", "additionalName": "Porte B", "postcode": "29200",
                  "city": "Brest", "country": "FR"},
                """));

    Answer order = post(path(quote) + "/follow-ups", "{\"type\": \"ORDER\"}");
    Answer plan = get(path(order.text("/id")) + "/plan");

    for (Answer one : new Answer[] {get(path(quote)), order}) {
      assertThat(one.text("/buyer/name")).isEqualTo("Dupont");
      assertThat(one.text("/buyer/address/city")).isEqualTo("Paris");
      assertThat(one.text("/billingAddress/street")).isEqualTo("9 rue Basse");
      assertThat(one.text("/deliverTo/name")).isEqualTo("Chantier");
      assertThat(one.text("/deliveryAddress/additionalName")).isEqualTo("Porte B");
    }
    assertThat(plan.status()).as(plan.http().body()).isEqualTo(200);
    assertThat(get(path(quote) + "/addresses").text("/delivery/contact")).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "billingAddress.postcode  | 'billingAddress': {'city': 'Paris', 'country': 'FR'}",
        "billingAddress.country   | 'billingAddress': {'postcode': '75001', 'city': 'Paris', 'country': 'ZZ'}",
        "deliveryAddress.name     | 'deliveryAddress': {'postcode': '75001', 'city': 'Paris', 'country': 'FR'}",
        "deliveryAddress.city     | 'deliveryAddress': {'name': 'A', 'postcode': '75001', 'city': 'Pa\\nris', 'country': 'FR'}",
        "precedingDocument        | 'precedingDocument': 'NO-2026-000001'"
      })
  void aBadAddressOrPredecessorIsNamedAndNothingIsSaved(String field, String json) {
    String body = quote(json.trim().replace('\'', '"') + ",");
    long before = count("document");

    Answer answer = post("/api/documents", body);

    assertThat(answer.status()).as(answer.http().body()).isEqualTo(400);
    assertThat(answer.fields()).containsExactly(field);
    assertThat(count("document")).isEqualTo(before);
  }

  @ParameterizedTest(name = "{0}: {1} {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type': 'DELIVERY_NOTE'}                                  | 400 | type",
        "{'type': 'LETTRE'}                                         | 400 | type",
        "{}                                                         | 400 | type",
        "{'type': 'ORDER', 'lines': []}                             | 400 | lines",
        "{'type': 'ORDER', 'lines': [{'quantity': 1}]}              | 400 | lines[0].position",
        "{'type': 'ORDER', 'lines': [{'position': 2}]}              | 400 | lines[0].position",
        "{'type': 'ORDER', 'lines': [{'position': 1, 'amount': 1}]} | 400 | lines[0].amount",
        "{'type': 'ORDER', 'lines': [{'position': 1, 'quantity': 11}]} | 409 | lines[0].quantity",
        "{'type': 'ORDER', 'orderReference': ' '}                   | 400 | orderReference"
      })
  void aBadFollowUpIsNamedAndNothingIsSaved(String body, int status, String field) {
    String quote = issued(quote(""));
    long before = count("document");

    Answer answer = post(path(quote) + "/follow-ups", body.trim().replace('\'', '"'));

    assertThat(answer.status()).as(answer.http().body()).isEqualTo(status);
    assertThat(answer.fields()).containsExactly(field);
    assertThat(count("document")).isEqualTo(before);
  }

  @Test
  void whatFollowsByHandIsHeldToTheChainToo() {
    String quote = issued(quote(""));
    String other = customer(get(path(quote)).text("/company"));

    Answer wrongStep = post("/api/documents", quote("\"precedingDocument\": \"" + quote + "\","));
    Answer wrongCustomer =
        post(
            "/api/documents",
            """
            {"type": "ORDER", "company": "%s", "contact": "%s", "precedingDocument": "%s",
             "lines": [{"name": "Pompe", "quantity": 1, "unitCode": "C62", "unitPrice": 10,
               "vatCategory": "S", "vatRate": 20}]}
            """
                .formatted(get(path(quote)).text("/company"), other, quote));

    assertThat(wrongStep.fields()).contains("precedingDocument");
    assertThat(wrongCustomer.status()).isEqualTo(400);
    assertThat(wrongCustomer.fields()).containsExactly("contact");
  }

  /** With one line of that price; without lines if there is no price. */
  private static String simple(String type, String company, String contact, String price) {
    String lines =
        """
        , "lines": [{"name": "Pompe", "quantity": 1, "unitCode": "C62", "unitPrice": %s,
           "vatCategory": "S", "vatRate": 20}]
        """;
    return "{\"type\": \"%s\", \"company\": \"%s\", \"contact\": \"%s\"%s}"
        .formatted(type, company, contact, price == null ? "" : lines.formatted(price));
  }

  private static String path(String document) {
    return "/api/documents/" + document;
  }

  private String issued(String body) {
    Answer draft = post("/api/documents", body);
    assertThat(draft.status()).as(draft.http().body()).isEqualTo(201);
    return post(path(draft.text("/id")) + "/issue", "{}").text("/number");
  }

  private String quote(String more) {
    String company = company();
    return """
        {"type": "QUOTE", "company": "%s", "contact": "%s", %s
         "lines": [{"name": "Pompe", "quantity": 10, "unitCode": "C62", "unitPrice": 10,
           "vatCategory": "S", "vatRate": 20}]}
        """
        .formatted(company, customer(company), more);
  }
}
