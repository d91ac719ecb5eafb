package io.facteur.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantitiesTest extends ApiTest {

  private static final String JANUARY =
      "{\"meter\": \"POWER\", \"from\": \"2026-01-01\", \"to\": \"2026-01-31\", \"quantity\": %s}";

  private String contract;
  private String path;

  @BeforeEach
  void newContract() {
    String company = company();
    contract = unique("V-");
    String json =
        contractJson(contract, company, customer(company))
            .replace("\"timing\": \"ADVANCE\"", "\"timing\": \"ARREARS\"")
            .replace(
                "\"quantity\": 1, \"unitCode\": \"MON\"",
                "\"kind\": \"METERED\", \"meter\": \"POWER\", \"unitCode\": \"KWH\"");
    assertThat(post("/api/contracts", json).status()).isEqualTo(201);
    path = "/api/contracts/" + contract + "/quantities";
  }

  @Test
  void aQuantityIsTakenReplacedAndListed() {
    Answer taken = post(path, JANUARY.formatted("412.50"));
    Answer replaced = post(path, JANUARY.formatted("413"));

    assertThat(taken.status()).as(taken.http().body()).isEqualTo(200);
    assertThat(taken.text("/results/0/outcome")).isEqualTo("TAKEN");
    assertThat(taken.json().at("/counts"))
        .hasToString(
            "{\"taken\":1,\"replaced\":0,\"corrections\":0,\"unchanged\":0,\"refused\":0,\"gaps\":0}");
    assertThat(replaced.text("/results/0/outcome")).isEqualTo("REPLACED");
    Answer list = get(path + "?meter=POWER&from=2026-01-15&to=2026-02-15&sort=-id");
    assertThat(list.json().get("total").asInt()).isEqualTo(2);
    assertThat(list.text("/items/0/state")).isEqualTo("WAITING");
    assertThat(list.text("/items/0/quantity")).isEqualTo("413");
    assertThat(list.text("/items/0/revision")).isEqualTo("1");
    assertThat(list.text("/items/0/receivedBy")).isEqualTo("admin");
    assertThat(list.text("/items/1/state")).isEqualTo("REPLACED");
    assertThat(get(path + "?meter=WATER").json().get("total").asInt()).isZero();
    assertThat(get(path + "?from=2026-02-01").json().get("total").asInt()).isZero();
    assertThat(get(path + "?to=2025-12-31").json().get("total").asInt()).isZero();
    assertThat(get(path + "?from=2026-02-01&to=2026-01-01").fields()).containsExactly("to");
  }

  @Test
  void aBilledOneNamesItsDocumentAndIsCorrectedOnRequestOnly() {
    post(path, JANUARY.formatted("10"));
    String draft = draft(contract);
    jdbc.sql(
            "UPDATE metered_quantity SET document_id = ? WHERE contract_id = (SELECT id FROM contract WHERE number = ?)")
        .params(draft, contract)
        .update();

    Answer refused = post(path, JANUARY.formatted("12"));
    Answer corrected = post(path, JANUARY.formatted("12, \"correction\": true"));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fields()).containsExactly("correction");
    assertThat(refused.text("/errors/0/message")).contains("draft " + draft);
    assertThat(corrected.text("/results/0/outcome")).isEqualTo("CORRECTION");
    Answer list = get(path);
    assertThat(list.text("/items/0/state")).isEqualTo("BILLED");
    assertThat(list.text("/items/0/document")).isEqualTo(draft);
    assertThat(list.text("/items/1/corrects")).isEqualTo(list.text("/items/0/id"));
  }

  @Test
  void ofAListEachIsTakenOrRefusedByItself() {
    Answer answer =
        post(
            path,
            """
            {"quantities": [
              {"meter": "POWER", "from": "2026-02-01", "to": "2026-02-28", "quantity": 5},
              {"meter": "GAS", "from": "2026-01-01", "to": "2026-01-31", "quantity": 5}]}
            """);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(outcomes(answer)).containsExactly("TAKEN", "REFUSED");
    assertThat(answer.text("/results/0/gap"))
        .isEqualTo("there is no quantity for 2026-01-01 to 2026-01-31: send it too");
    assertThat(answer.text("/results/1/reason")).contains("only POWER");
    assertThat(audited()).hasSize(1);
    assertThat(audited().get(0))
        .isEqualTo(
            "{\"quantities\":[{\"meter\":\"POWER\",\"from\":\"2026-02-01\",\"to\":\"2026-02-28\",\"quantity\":\"5\",\"outcome\":\"TAKEN\"}]}");
  }

  @ParameterizedTest(name = "{0} names {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                                                        | meter from to quantity
          {"meter": "GAS", "from": "2026-01-01", "to": "2026-01-31", "quantity": 1}                   | meter
          {"meter": "POWER", "from": "2026-01-01", "to": "2026-01-31", "quantity": -1}                | quantity
          {"meter": "POWER", "from": "2026-01-01", "to": "2026-01-31", "quantity": 1e2147483647}      | quantity
          {"meter": "POWER", "from": "2026-01-01", "to": "2026-01-31", "quantity": "many"}            | quantity
          {"meter": "POWER", "from": "2026-01-31", "to": "2026-01-01", "quantity": 1}                 | to
          {"meter": "POWER", "from": "+99999-01-01", "to": "+99999-01-31", "quantity": 1}             | to
          {"quantities": []}                                                                        | quantities
          {"quantities": [null]}                                                                    | quantities
          {"meter": "POWER", "quantities": [{}]}                                                    | quantities
          {"quantities": [{"meter": "GAS", "from": "2026-01-01", "to": "2026-01-31", "quantity": 1}]} | quantities[0].meter
          """)
  void theOnlyOneIsRefusedWithItsFields(String body, String fields) {
    Answer answer = post(path, body);

    assertThat(answer.status()).as(answer.http().body()).isEqualTo(400);
    assertThat(answer.fields()).containsExactly(fields.split(" ", -1));
    assertThat(get(path).json().get("total").asInt()).isZero();
    assertThat(audited()).isEmpty();
  }

  @Test
  void anUnknownContractIsNotFound() {
    assertThat(post("/api/contracts/NOBODY/quantities", JANUARY.formatted("1")).status())
        .isEqualTo(404);
    assertThat(get("/api/contracts/NOBODY/quantities").status()).isEqualTo(404);
  }

  @Test
  void theSameRequestIsCarriedOutOnce() {
    String key = unique("key-");
    post(path, JANUARY.formatted("1"), "Idempotency-Key", key);

    Answer again = post(path, JANUARY.formatted("1"), "Idempotency-Key", key);
    Answer other = post(path, JANUARY.formatted("2"), "Idempotency-Key", key);

    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(again.text("/results/0/outcome")).isEqualTo("TAKEN");
    assertThat(other.status()).isEqualTo(422);
  }

  @Test
  void aFileIsTakenWithItsBrokenLinesNamed() {
    String file =
        """
        contract;meter;from;to;quantity
        %1$s;POWER;2026-01-01;2026-01-31;10,5
        %1$s;POWER;2026-02-01;2026-02-28;much
        %1$s;POWER;2026-03-01;2026-03-31;12
        """
            .formatted(contract);

    Answer dry = csv("/api/quantities?dryRun=true", file, "text/csv");
    Answer answer = csv("/api/quantities", file, "text/csv;charset=utf-8");

    assertThat(dry.json().at("/counts/taken").asInt()).as(dry.http().body()).isEqualTo(2);
    assertThat(dry.json().get("dryRun").asBoolean()).isTrue();
    assertThat(answer.json())
        .hasToString(
            ("{\"dryRun\":false,\"lines\":3,\"counts\":{\"taken\":2,\"replaced\":0,\"corrections\":0,"
                    + "\"unchanged\":0,\"refused\":1,\"gaps\":1},\"refused\":[{\"line\":3,"
                    + "\"contract\":\"%1$s\",\"meter\":\"POWER\",\"reason\":\"quantity: 'much' is not a"
                    + " number such as 1234.5: write digits without separators of thousands\"}],"
                    + "\"gaps\":[{\"line\":4,\"contract\":\"%1$s\",\"meter\":\"POWER\",\"reason\":"
                    + "\"there is no quantity for 2026-02-01 to 2026-02-28: send it too\"}]}")
                .formatted(contract));
    assertThat(get(path).json().get("total").asInt()).isEqualTo(2);
  }

  @Test
  void aFileMayBeLargerThanOtherBodies() {
    String line = contract + ",POWER,2026-01-01,2026-01-31,1\n";
    String file = "contract,meter,from,to,quantity\n" + (" ".repeat(3_900) + line).repeat(1_600);

    Answer answer = csv("/api/quantities", file, "text/csv");

    assertThat(file.length()).isGreaterThan(6_000_000);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("lines").asInt()).isEqualTo(1_600);
    assertThat(answer.json().at("/counts/unchanged").asInt()).isEqualTo(1_599);
  }

  @Test
  void aFileThatCannotBeReadIsRefusedAsAWhole() {
    Answer tooLarge = csv("/api/quantities", "x".repeat(65 << 20), "text/csv");

    assertThat(csv("/api/quantities", "a,b\n", "text/csv").fields()).contains("header");
    assertThat(csv("/api/quantities", "a,b\n", "text/csv;charset=iso-8859-1").fields())
        .containsExactly("Content-Type");
    assertThat(csv("/api/quantities", "{}", "application/json").status()).isEqualTo(415);
    assertThat(tooLarge.status()).isEqualTo(413);
    assertThat(tooLarge.text("/detail")).contains("facteur.quantities.max-csv-bytes");
  }

  private Answer csv(String path, String file, String type) {
    return post(path, file, "Content-Type", type);
  }

  private static List<String> outcomes(Answer answer) {
    return StreamSupport.stream(answer.json().get("results").spliterator(), false)
        .map(result -> result.get("outcome"))
        .map(JsonNode::asText)
        .toList();
  }

  private List<String> audited() {
    return jdbc.sql(
            "SELECT new_values FROM audit_event WHERE action = 'quantity.take' AND subject = ?")
        .param("contract:" + contract)
        .query(String.class)
        .list();
  }
}
