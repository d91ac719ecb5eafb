package io.facteur.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents over HTTP: from the draft to its deliveries and files. */
class DocumentsTest extends ApiTest {

  @Test
  void aDraftIsCompletedAndComputed() {
    String contract = contract();

    Answer made = post("/api/documents", draftJson(contract));

    assertThat(made.status()).as(made.http().body()).isEqualTo(201);
    assertThat(made.header("Location")).isEqualTo("/api/documents/" + made.text("/id"));
    assertThat(made.text("/state")).isEqualTo("DRAFT");
    assertThat(made.json().has("number")).isFalse();
    assertThat(made.text("/contract")).isEqualTo(contract);
    assertThat(made.text("/buyer/name")).isEqualTo("Dupont");
    assertThat(made.text("/totals/payable")).isEqualTo("71.76");
    assertThat(get(made.header("Location")).json()).isEqualTo(made.json());
  }

  @Test
  void issuingAnswersTheNumberAndEveryDelivery() {
    String draft = draft(contractByEmailAndPost());

    Answer issued = post("/api/documents/" + draft + "/issue", "{\"printQueue\": \"hall-2\"}");

    assertThat(issued.status()).as(issued.http().body()).isEqualTo(200);
    String number = issued.text("/number");
    assertThat(number).endsWith("-000001");
    assertThat(issued.text("/issueDate")).isNotEmpty();
    assertThat(issued.text("/dueDate")).isGreaterThan(issued.text("/issueDate"));
    assertThat(texts(issued, "/deliveries", "channel")).containsExactly("EMAIL", "POST");
    assertThat(texts(issued, "/deliveries", "state")).containsOnly("QUEUED");
    assertThat(get("/api/documents/" + number).text("/id")).isEqualTo(draft);
    assertThat(get("/api/documents/" + draft).text("/number")).isEqualTo(number);
    assertThat(get("/api/documents/" + number + "/deliveries").json())
        .isEqualTo(issued.json().get("deliveries"));
    assertThat(
            jdbc.sql("SELECT print_queue FROM document WHERE id = ?")
                .param(draft)
                .query(String.class)
                .single())
        .isEqualTo("hall-2");
  }

  @Test
  void aDocumentIsIssuedOnce() {
    String draft = draft(contractByEmailAndPost());
    String number = post("/api/documents/" + draft + "/issue", "{}").text("/number");
    long deliveries = count("delivery");

    Answer again = post("/api/documents/" + draft + "/issue", "{\"printQueue\": \"hall-2\"}");

    assertThat(again.status()).isEqualTo(409);
    assertThat(again.text("/detail")).contains("issued already, as " + number);
    assertThat(count("delivery")).isEqualTo(deliveries);
  }

  @Test
  void issuingWithAKeyIsAnsweredTheSameAgain() {
    String path = "/api/documents/" + draft(contractByEmailAndPost()) + "/issue";
    String key = unique("issue-");

    Answer first = post(path, "{}", "Idempotency-Key", key);
    Answer second = post(path, "{}", "Idempotency-Key", key);
    Answer other = post(path, "{\"printQueue\": \"x\"}", "Idempotency-Key", key);
    Answer without = post(path, "{}", "Idempotency-Key", unique("issue-"));

    assertThat(first.status()).as(first.http().body()).isEqualTo(200);
    assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(second.json()).isEqualTo(first.json());
    assertThat(other.status()).isEqualTo(422);
    assertThat(without.status()).isEqualTo(409);
  }

  @ParameterizedTest
  @CsvSource({
    "2999-01-01,   , issueDate",
    "tomorrow,     , issueDate",
    "        , a b/c, printQueue",
  })
  void whatIsWrongWithAnIssueIsNamedAndLeavesTheDraft(String date, String queue, String field) {
    String draft = draft(contractByEmailAndPost());
    Answer before = get("/api/documents/" + draft);
    String body = "{\"printQueue\": %s, \"issueDate\": %s}".formatted(quoted(queue), quoted(date));

    Answer answer = post("/api/documents/" + draft + "/issue", body);

    assertThat(answer.status()).as(answer.http().body()).isEqualTo(400);
    assertThat(answer.fields()).containsExactly(field);
    assertThat(get("/api/documents/" + draft).json()).isEqualTo(before.json());
  }

  @Test
  void whatOnlyTheDatabaseRefusesIsNotIssuedAndKeepsItsPrintQueue() {
    String contract = contractByEmailAndPost();
    String invoice = invoice(contract);
    String draft = draft(contract);
    Answer before = get("/api/documents/" + draft);
    jdbc.sql(
            """
            UPDATE number_series SET last_sequence = 0
            WHERE company_id = (SELECT company_id FROM document WHERE id = ?)
            """)
        .param(draft)
        .update();

    Answer answer = post("/api/documents/" + draft + "/issue", "{\"printQueue\": \"hall-2\"}");

    assertThat(answer.status()).as("%s has its number", invoice).isEqualTo(409);
    assertThat(answer.http().body()).doesNotContain("SQL", "UPDATE", "Duplicate");
    assertThat(get("/api/documents/" + draft).json()).isEqualTo(before.json());
    assertThat(
            jdbc.sql("SELECT COUNT(*) FROM document WHERE id = ? AND print_queue IS NULL")
                .param(draft)
                .query(Integer.class)
                .single())
        .isEqualTo(1);
  }

  @Test
  void anInvoiceIsCreditedOnce() {
    String invoice = invoice(contractByEmailAndPost());
    String path = "/api/documents/" + invoice + "/follow-ups";

    Answer credit = post(path, "{\"type\": \"CREDIT_NOTE\"}");
    Answer again = post(path, "{\"type\": \"CREDIT_NOTE\"}");

    assertThat(credit.status()).as(credit.http().body()).isEqualTo(201);
    assertThat(credit.text("/precedingDocument")).isEqualTo(invoice);
    assertThat(credit.text("/totals/payable")).isEqualTo("71.76");
    assertThat(get(credit.header("Location")).text("/type")).isEqualTo("CREDIT_NOTE");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.text("/detail")).contains("credited already");
  }

  @Test
  void onlyAnIssuedInvoiceIsCreditedAndWhatCanFollowItIsNamed() {
    String draft = draft(contract());
    String path = "/api/documents/" + draft + "/follow-ups";
    long documents = count("document");

    Answer other = post(path, "{\"type\": \"QUOTE\"}");

    assertThat(other.status()).isEqualTo(400);
    assertThat(other.fields()).containsExactly("type");
    assertThat(other.text("/detail")).contains("CREDIT_NOTE, REMINDER, PAYMENT_NOTICE can");
    assertThat(post(path, "{}").fields()).containsExactly("type");
    assertThat(post(path, "{\"type\": \"CREDIT_NOTE\"}").status()).isEqualTo(409);
    assertThat(count("document")).isEqualTo(documents);
  }

  @Test
  void aPlanSaysWhoWouldGetItAndWhy() {
    String contract = contractByEmailAndPost();
    post(
        "/api/contracts/" + contract + "/dispatch-definitions",
        """
        {"domain": "INVOICE", "channel": "EMAIL", "role": "DELIVERY_ADDRESS"}
        """);
    String draft = draft(contract);
    long events = count("delivery_event");

    Answer plan = get("/api/documents/" + draft + "/plan");

    assertThat(plan.status()).as(plan.http().body()).isEqualTo(200);
    assertThat(plan.text("/state")).isEqualTo("DRAFT");
    assertThat(texts(plan, "/deliveries", "channel"))
        .containsExactly("EMAIL", "POST", "EMAIL", "POST");
    assertThat(plan.text("/deliveries/0/recipient/to/0")).endsWith("@dupont.example");
    assertThat(plan.text("/deliveries/0/recipient/rule")).isEqualTo("ADDR-2d general address");
    assertThat(texts(plan, "/deliveries/0/candidates", "won"))
        .containsExactly("false", "false", "true");
    assertThat(plan.text("/deliveries/0/candidates/1/whyNot")).isEqualTo("no address there");
    assertThat(plan.text("/deliveries/1/recipient/address/city")).isEqualTo("Lyon");
    assertThat(plan.text("/deliveries/2/skipped")).contains("names nobody as DELIVERY_ADDRESS");
    assertThat(plan.json().at("/counts"))
        .hasToString(
            """
        [{"channel":"EMAIL","planned":1,"skipped":1},{"channel":"POST","planned":1,"skipped":1}]"""
                .strip());
    assertThat(texts(plan, "/problems", "kind"))
        .containsExactly("FIRST_USED_ADDRESS", "NOBODY_IN_ROLE", "NO_ROUTE");
    assertThat(plan.text("/problems/0/origin")).isEqualTo(plan.text("/deliveries/0/origin"));
    assertThat(plan.text("/problems/0/address"))
        .isEqualTo(plan.text("/deliveries/0/recipient/to/0"));
    assertThat(plan.text("/problems/0/advice")).startsWith("compare the address");
    assertThat(plan.text("/problems/1/reason")).isEqualTo(plan.text("/deliveries/2/skipped"));
    assertThat(texts(plan, "/differences", "kind")).containsExactly("FIRST_DOCUMENT");
    assertThat(count("delivery_event")).as("nothing is sent by asking").isEqualTo(events);
  }

  @Test
  void aPlanNamesTheRulesThatItsEInvoiceWouldBreak() {
    String contract = contract();
    post(
        "/api/contracts/" + contract + "/dispatch-definitions",
        """
        {"domain": "INVOICE", "channel": "EMAIL", "role": "CONTRACTING_PARTY", "format": "FACTUR_X"}
        """);
    String draft = draft(contract);
    assertThat(get("/api/documents/" + draft + "/plan").json().get("ruleViolations")).isEmpty();
    jdbc.sql("UPDATE document SET buyer = JSON_REMOVE(buyer, '$.address') WHERE id = ?")
        .param(draft)
        .update();

    Answer plan = get("/api/documents/" + draft + "/plan");

    assertThat(texts(plan, "/ruleViolations", "rule")).contains("BR-10");
    assertThat(texts(plan, "/problems", "kind"))
        .containsExactly("FIRST_USED_ADDRESS", "INVALID_EINVOICE");
    assertThat(plan.text("/problems/1/reason")).contains("e-invoice (FACTUR_X)", "BR-10");
    assertThat(plan.text("/deliveries/0/format")).isEqualTo("FACTUR_X");
    assertThat(plan.text("/problems/1/channel")).isEqualTo("EMAIL");
  }

  @Test
  void anIssuedDocumentsFilesStayAsTheyAre() {
    String invoice = invoice(contractByEmailAndPost());

    Answer pdf = get("/api/documents/" + invoice + "/pdf");
    Answer xml = get("/api/documents/" + invoice + "/xml?format=CII");

    assertThat(pdf.status()).as(pdf.http().body()).isEqualTo(200);
    assertThat(pdf.header("Content-Type")).isEqualTo("application/pdf");
    assertThat(pdf.http().body()).startsWith("%PDF-");
    assertThat(pdf.header("Content-Disposition"))
        .isEqualTo("inline; filename=\"" + invoice + ".pdf\"");
    assertThat(pdf.header("ETag"))
        .isEqualTo(get("/api/documents/" + invoice + "/pdf").header("ETag"));
    assertThat(get("/api/documents/" + invoice + "/pdf?copy=true").header("ETag"))
        .isNotEqualTo(pdf.header("ETag"));
    assertThat(xml.status()).as(xml.http().body()).isEqualTo(200);
    assertThat(xml.header("Content-Type")).isEqualTo("application/xml");
    assertThat(xml.http().body()).contains("CrossIndustryInvoice").contains(invoice);
  }

  @Test
  void aDraftsPreviewIsNotKept() {
    String draft = draft(contract());
    long renditions = count("rendition");

    Answer pdf = get("/api/documents/" + draft + "/pdf");
    Answer xml = get("/api/documents/" + draft + "/xml");

    assertThat(pdf.status()).as(pdf.http().body()).isEqualTo(200);
    assertThat(pdf.header("Cache-Control")).isEqualTo("no-store");
    assertThat(pdf.header("ETag")).isNull();
    assertThat(xml.status()).isEqualTo(409);
    assertThat(count("rendition")).isEqualTo(renditions);
  }

  @Test
  void anInvalidEInvoiceIsRefusedByRule() {
    String draft = draft(contract());
    jdbc.sql(
            "UPDATE contact SET street = NULL, postcode = NULL, city = NULL, country = NULL WHERE "
                + "id = (SELECT contact_id FROM document WHERE id = ?)")
        .param(draft)
        .update();
    String number = post("/api/documents/" + draft + "/issue", "{}").text("/number");

    Answer xml = get("/api/documents/" + number + "/xml");

    assertThat(xml.status()).as(xml.http().body()).isEqualTo(409);
    assertThat(xml.text("/detail")).contains("BR-10");
    assertThat(get("/api/documents/" + number + "/pdf").status()).isEqualTo(200);
  }

  @Test
  void unknownDocumentsAndFormatsAreNamed() {
    for (String path :
        List.of(
            "NO-2026-1", "999999999", "NO-2026-1/plan", "NO-2026-1/deliveries", "NO-2026-1/xml")) {
      Answer answer = get("/api/documents/" + path);
      assertThat(answer.status()).as(path).isEqualTo(404);
      assertThat(answer.fields()).containsExactly("document");
    }
    Answer pdf = call("GET", "/api/documents/NO-2026-1/pdf", null, "Accept", "application/pdf");
    assertThat(pdf.status()).isEqualTo(404);
    assertThat(pdf.header("Content-Type")).startsWith("application/problem+json");
    assertThat(post("/api/documents/NO-2026-1/issue", "{}").status()).isEqualTo(404);
    for (String wrong : List.of("EDIFACT", "PDF", "FACTUR_X")) {
      Answer format = get("/api/documents/NO-2026-1/xml?format=" + wrong);
      assertThat(format.status()).isEqualTo(400);
      assertThat(format.fields()).containsExactly("format");
      assertThat(format.http().body())
          .contains("'" + wrong + "'", "CII, XRECHNUNG_CII, XRECHNUNG_UBL, PEPPOL_UBL");
    }
  }

  @ParameterizedTest(name = "{1} names {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "type": "INVOICE"   | "type": "BILL"                                      | type
          "type": "INVOICE"   | "contact": "C-none"                                 | type
          "type": "INVOICE"   | "type": "INVOICE", "contact": "C-none"              | contact
          "type": "INVOICE"   | "type": "INVOICE", "currency": "EURO"               | currency
          "type": "INVOICE"   | "type": "INVOICE", "colour": "blue"                 | colour
          "type": "INVOICE"   | "type": "INVOICE", "period": {"from": "2026-02-01"} | period.to
          "type": "INVOICE"   | "type": "INVOICE", "period": {"from": "2026-02-01", "to": "2026-01-01"} | period.to
          "company": "        | "company": "X                                       | company
          "contract": "       | "contract": "X                                      | contract
          "vatRate": 20       | "vatRate": 200                                      | lines[0].vatRate
          "quantity": 2       | "quantity": "two"                                   | lines[0].quantity
          "quantity": 2       | "quantity": -2                                      | lines
          "name": "Abonnement", | "name": " ",                                      | lines[0].name
          "lines": [          | "lines": [null,                                     | lines[0]
          """)
  void aWrongDraftIsRefusedByField(String right, String wrong, String field) {
    String body = draftJson(contract()).replace(right, wrong);
    long documents = count("document");

    Answer answer = post("/api/documents", body);

    assertThat(answer.status()).as(answer.http().body()).isEqualTo(400);
    assertThat(answer.fields()).contains(field);
    assertThat(count("document")).isEqualTo(documents);
  }

  @Test
  void documentsAreListedAndFiltered() {
    String contract = contractByEmailAndPost();
    String draft = draft(contract);
    String invoice = invoice(contract);
    String company = get("/api/documents/" + invoice).text("/company");

    Answer all = get("/api/documents?company=" + company + "&sort=-id");

    assertThat(all.json().get("total").asInt()).isEqualTo(2);
    assertThat(all.text("/items/0/number")).isEqualTo(invoice);
    assertThat(all.text("/items/1/id")).isEqualTo(draft);
    assertThat(texts(get("/api/documents?contract=" + contract + "&state=DRAFT"), "/items", "id"))
        .containsExactly(draft);
    assertThat(get("/api/documents?company=" + company + "&from=2999-01-01").json().get("items"))
        .isEmpty();
    assertThat(get("/api/documents?company=NOBODY").fields()).containsExactly("company");
    assertThat(get("/api/documents?sort=secret").fields()).containsExactly("sort");
    assertThat(get("/api/documents?from=today").text("/detail")).contains("a date such as");
    assertThat(get("/api/documents?from=2026-02-01&to=2026-01-01").fields()).containsExactly("to");
  }

  private static String quoted(String text) {
    return text == null ? "null" : "\"" + text + "\"";
  }

  private static List<String> texts(Answer answer, String array, String field) {
    return StreamSupport.stream(answer.json().at(array).spliterator(), false)
        .map(one -> one.get(field).asText())
        .toList();
  }
}
