package io.facteur.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Contracts with everything that billing knows, and previews of what they are billed (BILL-1). */
class BillingTermsOverHttpTest extends ApiTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String TERMS =
      """
      {"currency": "CHF",
       "schedule": {"intervalMonths": 12, "timing": "ARREARS", "anchorDay": 31, "releasePolicy": "ISSUE"},
       "instalments": {"intervalMonths": 3},
       "lines": [
         {"name": "Énergie {meter}: {quantity}", "kind": "METERED", "meter": "E-1", "unitCode": "KWH",
          "unitPrice": 0.123456, "baseQuantity": 1, "vatCategory": "S", "vatRate": 20,
          "prices": [{"validFrom": "2026-07-01", "validTo": "2026-12-31", "unitPrice": 0.2, "vatRate": 21},
                     {"validFrom": "2027-01-01", "unitPrice": 0.25}],
          "allowances": [{"percent": 5, "reason": "Fidélité", "reasonCode": "95"},
                         {"charge": true, "amount": 2.50, "reason": "Relevé"}],
          "minimumAmount": 10, "validFrom": "2026-02-01", "validTo": "2029-12-31"},
         {"name": "Acompte {period}", "kind": "INSTALMENT", "quantity": 1, "unitCode": "C62", "unitPrice": 80,
          "vatCategory": "S", "vatRate": 20}],
       "allowances": [{"percent": 3, "reason": "Rabais", "validFrom": "2026-01-01", "validTo": "2026-12-31"},
                      {"charge": true, "amount": 4, "reason": "Port", "vatCategory": "S", "vatRate": 20}],
       "minimum": {"amount": 100, "vatCategory": "S", "vatRate": 20},
       "pauses": [{"from": "2026-03-01", "to": "2026-03-31"}, {"from": "2030-01-01"}]}
      """;

  @Test
  void theExamplesInTheDocumentationAreAccepted() throws Exception {
    List<String> examples =
        Pattern.compile("```json\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("docs/billing.md")))
            .results()
            .map(found -> found.group(1))
            .toList();
    String company = company();
    String contract =
        examples
            .get(0)
            .replace("\"LAC-K01\"", "\"" + customer(company) + "\"")
            .replace("\"LAC\"", "\"" + company + "\"");

    Answer created = post("/api/contracts", contract.replace("V-2041", unique("V-")));
    Answer defined = post(created.header("Location") + "/dispatch-definitions", examples.get(1));

    assertThat(created.status()).as(created.http().body()).isEqualTo(201);
    assertThat(defined.status()).as(defined.http().body()).isEqualTo(201);
  }

  @Test
  void contractKeepsEveryTermThatItIsGiven() throws Exception {
    String company = company();
    ObjectNode given = contract(company, TERMS);

    Answer created = post("/api/contracts", given.toString());
    JsonNode shown = get(created.header("Location")).json();

    assertThat(created.status()).as(created.http().body()).isEqualTo(201);
    assertThat(holds(shown, given)).as(shown.toPrettyString()).isTrue();
    ObjectNode changed = shown.deepCopy();
    changed.putArray("pauses");
    changed.putNull("minimum");
    Answer put = put(created.header("Location"), changed.toString());
    assertThat(put.status()).as(put.http().body()).isEqualTo(200);
    assertThat(put.json().get("pauses")).isNullOrEmpty();
    assertThat(put.json().at("/lines/0/prices")).hasSize(2);
  }

  @ParameterizedTest(name = "{0} = {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /end                          | "2025-12-31"      | end
          /currency                     | "XXL"             | currency
          /currency                     | "JPY"             | currency
          /lines/0/prices/0/validTo     | "2027-01-01"      | lines[0].prices[1].validFrom
          /lines/0/prices/0/validTo     | "2026-06-30"      | lines[0].prices[0].validTo
          /lines/0/prices/1/validFrom   | "2026-07-01"      | lines[0].prices[1].validFrom
          /lines/0/prices/0/unitPrice   | -1                | lines[0].prices[0].unitPrice
          /lines/0/prices/0/vatRate     | 0                 | lines[0].prices[0].vatRate
          /lines/0/unitPrice            | 0.1234567         | lines[0].unitPrice
          /lines/0/quantity             | 1                 | lines[0].quantity
          /lines/0/meter                | null              | lines[0].meter
          /lines/0/kind                 | "FIXED"           | lines[0].quantity
          /lines/0/minimumAmount        | 0                 | lines[0].minimumAmount
          /lines/0/validTo              | "2026-01-31"      | lines[0].validTo
          /lines/0/name                 | "{price}"         | lines[0].name
          /lines/0/allowances/0/percent | 101               | lines[0].allowances[0].percent
          /lines/0/allowances/0/amount  | 1                 | lines[0].allowances[0].amount
          /lines/0/allowances/1/vatRate | 20                | lines[0].allowances[1].vatCategory
          /lines/1/kind                 | "FIXED"           | instalments
          /allowances/0/vatCategory     | "S"               | allowances[0].vatCategory
          /allowances/1/vatCategory     | null              | allowances[1].vatCategory
          /allowances/1/amount          | -4                | allowances[1].amount
          /minimum/vatRate              | 0                 | minimum.vatRate
          /pauses/0/to                  | "2026-02-28"      | pauses[0].to
          /pauses/1/from                | "2026-03-31"      | pauses[1].from
          /instalments/intervalMonths   | 5                 | instalments.intervalMonths
          /instalments/intervalMonths   | 12                | instalments.intervalMonths
          /schedule/timing              | "ADVANCE"         | schedule.timing
          /schedule/anchorDay           | 32                | schedule.anchorDay
          /schedule/intervalMonths      | 0                 | schedule.intervalMonths
          """)
  void wrongTermIsRefusedByItsFieldAndNothingIsSaved(String pointer, String value, String field)
      throws Exception {
    ObjectNode wrong = contract(company(), TERMS);
    int last = pointer.lastIndexOf('/');
    JsonNode parent = wrong.at(pointer.substring(0, last));
    ((ObjectNode) parent).set(pointer.substring(last + 1), JSON.readTree(value));
    long before = count("contract");

    Answer answer = post("/api/contracts", wrong.toString());

    assertThat(answer.status()).as(answer.http().body()).isEqualTo(400);
    assertThat(answer.fields()).contains(field);
    assertThat(count("contract")).isEqualTo(before);
  }

  @Test
  void previewTellsWhoIsBilledWhatAndWhyNotAndWritesNothing() throws Exception {
    String company = company();
    String customer = customer(company);
    String usual = monthly(company, customer, "");
    String metered =
        monthly(
            company,
            customer,
            """
            , {"name": "Énergie", "kind": "METERED", "meter": "E-1", "unitCode": "KWH", "unitPrice": 0.2,
               "vatCategory": "S", "vatRate": 20}
            """);
    String risen = monthly(company, customer, "");
    billFirst(company, risen, "2026-01-01", "2026-01-31");
    changeLine(risen, "unitPrice", "99.00");
    String foreign = monthly(company, customer, "");
    change(foreign, "currency", "\"USD\"");
    long documents = count("document");
    long runs = count("run");

    Answer preview = post("/api/runs", previewOf(company, "2026-02-01"));
    Answer csv = post("/api/runs", previewOf(company, "2026-02-01"), "Accept", "text/csv");

    assertThat(preview.status()).as(preview.http().body()).isEqualTo(200);
    assertThat(preview.text("/documents")).isEqualTo("1");
    assertThat(preview.json().at("/sums/0/net").decimalValue()).isEqualByComparingTo("99");
    assertThat(preview.json().at("/sums/0/previousNet").decimalValue())
        .isEqualByComparingTo("29.90");
    assertThat(preview.text("/unusual/MUCH_MORE")).isEqualTo("1");
    assertThat(preview.text("/unusualDocuments/0/contract")).isEqualTo(risen);
    assertThat(preview.text("/held/MISSED_PERIODS")).isEqualTo("3");
    assertThat(csv.http().body().lines()).hasSize(5);

    Answer january = post("/api/runs", previewOf(company, "2026-01-01"));
    assertThat(january.text("/documents")).isEqualTo("1");
    assertThat(january.text("/held/QUANTITY_MISSING")).isEqualTo("1");
    assertThat(january.text("/held/CONTRACT")).isEqualTo("1");
    assertThat(january.json().get("heldContracts"))
        .anySatisfy(
            held -> {
              assertThat(held.get("contract").asText()).isEqualTo(metered);
              assertThat(held.get("reason").asText())
                  .startsWith("the quantity of meter E-1 is missing for 2026-01-01 to 2026-01-31");
            })
        .anySatisfy(
            held -> {
              assertThat(held.get("contract").asText()).isEqualTo(foreign);
              assertThat(held.get("reason").asText())
                  .contains("there is no exchange rate from USD to EUR on 2026-01-01");
            });
    assertThat(january.json().get("unusualDocuments").get(0).get("contract").asText())
        .isEqualTo(usual);
    assertThat(january.text("/unusualDocuments/0/unusual/0")).isEqualTo("FIRST");
    assertThat(count("document")).isEqualTo(documents);
    assertThat(count("run")).isEqualTo(runs);
  }

  @Test
  void onlyAPreviewIsAnsweredAsCsv() {
    String company = company();
    long before = count("run");

    Answer answer =
        post(
            "/api/runs",
            "{\"kind\": \"BILLING\", \"company\": \"%s\"}".formatted(company),
            "Accept",
            "text/csv");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(count("run")).isEqualTo(before);
  }

  private static String previewOf(String company, String asOf) {
    return "{\"kind\": \"BILLING\", \"company\": \"%s\", \"asOf\": \"%s\", \"preview\": true}"
        .formatted(company, asOf);
  }

  private String monthly(String company, String customer, String moreLines) {
    String number = unique("V-");
    String body =
        contractJson(number, company, customer)
            .replace("\"vatRate\": 20}]", "\"vatRate\": 20}" + moreLines + "]");
    Answer answer = post("/api/contracts", body);
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(201);
    return number;
  }

  /** As a run of that day would have. */
  private void billFirst(String company, String contract, String from, String to) {
    Answer draft =
        post(
            "/api/documents",
            """
            {"type": "INVOICE", "company": "%s", "contract": "%s", "period": {"from": "%s", "to": "%s"},
             "lines": [{"name": "Abonnement", "quantity": 1, "unitCode": "MON", "unitPrice": 29.90,
               "vatCategory": "S", "vatRate": 20}]}
            """
                .formatted(company, contract, from, to));
    assertThat(draft.status()).as(draft.http().body()).isEqualTo(201);
    change(
        contract,
        "schedule",
        "{\"intervalMonths\": 1, \"timing\": \"ADVANCE\", \"billedThrough\": \"%s\"}"
            .formatted(to));
  }

  private void changeLine(String contract, String field, String value) {
    Answer shown = get("/api/contracts/" + contract);
    ObjectNode body = shown.json().deepCopy();
    ((ObjectNode) body.at("/lines/0")).set(field, read(value));
    put(contract, body);
  }

  private void change(String contract, String field, String value) {
    ObjectNode body = get("/api/contracts/" + contract).json().deepCopy();
    body.set(field, read(value));
    put(contract, body);
  }

  private void put(String contract, ObjectNode body) {
    Answer answer = put("/api/contracts/" + contract, body.toString());
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ObjectNode contract(String company, String terms) throws Exception {
    ObjectNode contract = (ObjectNode) JSON.readTree(terms);
    contract.put("number", unique("V-"));
    contract.put("company", company);
    contract.put("contractingParty", customer(company));
    contract.put("start", "2026-01-31");
    return contract;
  }

  /** Whether everything that was given is shown, with numbers compared by value. */
  private static boolean holds(JsonNode shown, JsonNode given) {
    if (given.isObject()) {
      List<String> fields = new ArrayList<>();
      given.fieldNames().forEachRemaining(fields::add);
      return fields.stream().allMatch(f -> shown.has(f) && holds(shown.get(f), given.get(f)));
    }
    if (given.isArray()) {
      boolean all = shown.isArray() && shown.size() == given.size();
      for (int i = 0; all && i < given.size(); i++) {
        all = holds(shown.get(i), given.get(i));
      }
      return all;
    }
    return given.isNumber()
        ? shown.isNumber() && shown.decimalValue().compareTo(given.decimalValue()) == 0
        : shown.equals(given);
  }
}
