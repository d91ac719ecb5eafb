package io.facteur.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong is answered by a problem document that names it, and nothing is saved. */
class BadInputTest extends ApiTest {

  private static final String TABLES = "company contact contract dispatch_definition audit_event";

  @ParameterizedTest(name = "company: {2} names {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "FR76 3000 6000 0112 3456 7890 189" | iban            | "FR76 3000 6000 0112 3456 7890 188"
          "EUR"                               | currency        | "EURO"
          "Europe/Paris"                      | timeZone        | "Europe/Pari"
          "FR32123456789"                     | vatId           | "123"
          "factures@edl.example"              | email           | "a@edl.example, b@edl.example"
          "country": "FR"                     | address.country | "country": "XX"
          "postcode": "75002"                 | address.postcode | "postcode": ""
          "name": "Énergie du Lac"            | name            | "name": "a\\u0000b"
          "language": "fr"                    | language        | "language": "français"
          "language": "fr"                    | paymentDays     | "language": "fr", "paymentDays": 400
          "language": "fr"                    | colour          | "language": "fr", "colour": "blue"
          "language": "fr"                    | qrIban          | "language": "fr", "qrIban": "CH9300762011623852957"
          "language": "fr"                    | qrIban          | "language": "fr", "qrIban": "CH4431999123000889013"
          "language": "fr"                    | qrReferencePrefix | "language": "fr", "qrReferencePrefix": "12"
          "language": "fr"                    | qrReferencePrefix | "language": "fr", "qrIban": "CH4431999123000889012", "qrReferencePrefix": "1234567890123"
          "language": "fr"                    | creditorId      | "language": "fr", "creditorId": "DE97ZZZ09999999999"
          "language": "fr"                    | endpoint.scheme | "language": "fr", "endpoint": {"scheme": "PEPPOL", "id": "1"}
          "language": "fr"                    | endpoint.id     | "language": "fr", "endpoint": {"scheme": "0009"}
          "language": "fr"                    | payee.name      | "language": "fr", "payee": {"id": "7"}
          "language": "fr"                    | notes[0].subject | "language": "fr", "notes": [{"subject": "pmt", "text": "40 €"}]
          "language": "fr"                    | notes[1].text   | "language": "fr", "notes": [{"text": "Merci"}, {"subject": "AAB", "text": " "}]
          """)
  void ofACompany(String right, String field, String wrong) {
    refusedNaming(field, "/api/companies", companyJson("BAD").replace(right, wrong));
  }

  @ParameterizedTest(name = "contract: {2} names {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "quantity": 1        | lines[0].quantity       | "quantity": -1
          "quantity": 1        | lines[0].quantity       | "quantity": 0
          "quantity": 1        | lines[0].quantity       | "quantity": 1e2147483647
          "quantity": 1        | lines[0].quantity       | "quantity": "many"
          "vatRate": 20        | lines[0].vatRate        | "vatRate": 200
          "vatRate": 20        | lines[0].vatRate        | "vatRate": -1
          "vatRate": 20        | lines[0].vatRate        | "vatRate": 0
          "vatCategory": "S"   | lines[0].vatCategory    | "vatCategory": "X"
          "unitPrice": 29.90   | lines[0].unitPrice      | "unitPrice": null
          "timing": "ADVANCE"  | schedule.timing         | "timing": "LATER"
          "intervalMonths": 1  | schedule.intervalMonths | "intervalMonths": 0
          "2026-01-01"         | start                   | "2026-02-30"
          "2026-01-01"         | end                     | "2026-01-01", "end": "2025-01-01"
          """)
  void ofAContract(String right, String field, String wrong) {
    String company = company();
    String body = contractJson(unique("V-"), company, customer(company)).replace(right, wrong);

    refusedNaming(field, "/api/contracts", body);
  }

  @ParameterizedTest(name = "mandate {0} names {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"reference": "M-1"}                                          | mandate.iban
          {"iban": "DE89370400440532013000"}                            | mandate.reference
          {"reference": "M-1", "iban": "DE89370400440532013001"}        | mandate.iban
          {"reference": "M_1", "iban": "DE89370400440532013000"}        | mandate.reference
          {"reference": "M-1", "iban": "DE89370400440532013000", "signedOn": "2026-02-30"} | mandate.signedOn
          """)
  void ofAMandate(String mandate, String field) {
    refusedNaming(
        field,
        "/api/contacts",
        "{\"code\": \"BAD\", \"company\": \"%s\", \"name\": \"X\", \"mandate\": %s}"
            .formatted(company(), mandate));
  }

  @Test
  void unknownContactsAndCompaniesAreNamedTogether() {
    Answer answer = refused("/api/contracts", contractJson("V-x", "NOBODY", "C-nobody"));

    assertThat(answer.fields()).containsExactlyInAnyOrder("company", "contractingParty");
    assertThat(answer.text("/detail")).contains("there is no contact 'C-nobody'");
  }

  @ParameterizedTest(name = "definition {0} names {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"domain": "INVOICE", "role": "CONTRACTING_PARTY"}                      | channel
          {"domain": "INVOICE", "role": "CONTRACTING_PARTY", "channel": "FAX"}    | channel
          {"domain": "INVOICE", "role": "DELIVERY_ADDRESS", "channel": "POST"}    | channel
          {"domain": "INVOICE", "role": "NOBODY", "channel": "EMAIL"}             | role
          {"domain": "INVOICE", "role": "INDIVIDUAL", "channel": "EMAIL"}         | address
          {"domain": "INVOICE", "role": "INDIVIDUAL", "channel": "EMAIL", "address": "x@y.example"} | address
          {"domain": "INVOICE", "role": "INDIVIDUAL", "channel": "EMAIL", "address": "no address"}  | address
          {"domain": "INVOICE", "role": "CONTRACTING_PARTY", "channel": "EMAIL", "address": "x@y.example"} | address
          {"domain": "INVOICE", "role": "CONTRACTING_PARTY", "channel": "EMAIL", "validFrom": "2026-02-01", "validTo": "2026-01-01"} | validTo
          """)
  void ofADispatchDefinition(String body, String field) {
    refusedNaming(field, "/api/contracts/" + contract() + "/dispatch-definitions", body);
  }

  @ParameterizedTest(name = "addresses {0} name {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"general": "a@x.example;b@x.example"}                             | general
          {"general": "nobody"}                                              | general
          {"documents": [{"types": ["INVOICE"], "bcc": ["a@x.example"]}]}    | documents[0].bcc
          {"documents": [{"types": ["INVOICE"]}]}                            | documents[0].to
          {"documents": [{"types": [], "to": ["a@x.example"]}]}              | documents[0].types
          {"documents": [{"types": ["FAX"], "to": ["a@x.example"]}]}         | documents[0].types[0]
          {"documents": [{"types": ["ORDER"], "to": "a@x.example;b x"}]}     | documents[0].to[0]
          {"reminder": ["a@x.example", "<b@x.example>"]}                     | reminder[1]
          {"places": [{"kind": "EMAIL", "place": "PRIVATE", "value": "x"}]}  | places[0].value
          {"places": [{"kind": "EMAIL", "place": "NOWHERE", "value": "x"}]}  | places[0].place
          """)
  void ofAddresses(String body, String field) {
    String path = "/api/contacts/" + customer(company()) + "/addresses";
    Answer before = get(path);

    Answer answer = put(path, body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.fields()).contains(field);
    assertThat(get(path).json()).isEqualTo(before.json());
  }

  @Test
  void malformedJsonIsToldWithItsPlace() {
    Answer answer = refused("/api/companies", "{\n  \"code\": \"X\",\n  oops\n}");

    assertThat(answer.text("/type")).isEqualTo("urn:facteur:problem:malformed");
    assertThat(answer.json().get("line").asInt()).isEqualTo(3);
    assertThat(answer.json().get("column").asInt()).isPositive();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      []
      "text"
      {"code": "A", "code": "B"}
      {} {}
      """)
  void whatIsNoObjectOfTheRequestIsRefused(String body) {
    refused("/api/companies", body);
  }

  @Test
  void queryParametersAreNamedToo() {
    assertThat(get("/api/contacts?size=0").fields()).containsExactly("size");
    assertThat(get("/api/contacts?kind=FRIEND").fields()).containsExactly("kind");
    assertThat(get("/api/contacts?sort=password").fields()).containsExactly("sort");
    assertThat(get("/api/contacts?company=NOBODY").fields()).containsExactly("company");
    assertThat(get("/api/contacts/" + customer(company()) + "/recipients?type=FAX").fields())
        .containsExactly("type");
  }

  @Test
  void whatTheServerCannotDoIsAProblemDocumentAsWell() {
    String json = "application/json";
    problem(get("/api/contacts/NOBODY"), 404);
    problem(get("/api/nothing"), 404);
    problem(call("DELETE", "/api/companies", null), 405);
    problem(post("/api/companies", "<company/>", "Content-Type", "application/xml"), 415);
    problem(call("GET", "/api/companies", null, "Accept", "image/png"), 406);
    problem(
        post(
            "/api/companies",
            "{\"name\": \"" + "x".repeat(5_300_000) + "\"}",
            "Content-Type",
            json),
        413);
    problem(get("/api/companies;x=%2e%2e/"), 400);
  }

  private void refusedNaming(String field, String path, String body) {
    assertThat(refused(path, body).fields()).contains(field);
  }

  private Answer refused(String path, String body) {
    List<Long> before = counts();

    Answer answer = post(path, body);

    problem(answer, 400);
    assertThat(counts()).isEqualTo(before);
    return answer;
  }

  private static void problem(Answer answer, int status) {
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.json().get("status").asInt()).isEqualTo(status);
    assertThat(answer.http().body()).doesNotContain("Exception", "io.facteur", "SQL");
  }

  private List<Long> counts() {
    return List.of(TABLES.split(" ", -1)).stream().map(this::count).toList();
  }
}
