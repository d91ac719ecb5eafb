package io.facteur.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryOverHttpTest extends ApiTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void everythingThatHappenedIsALineInTheOrderOfTime() {
    String contract = contractByEmailAndPost();
    String invoice = invoice(contract);

    Answer answer = get("/api/history");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).startsWith("application/x-ndjson");
    List<JsonNode> lines = answer.http().body().lines().map(HistoryOverHttpTest::json).toList();
    assertThat(lines).extracting(line -> Instant.parse(line.get("at").asText())).isSorted();
    assertThat(lines)
        .filteredOn(line -> line.path("document").asText().equals(invoice))
        .hasSize(2)
        .allSatisfy(
            line -> {
              assertThat(line.get("action").asText()).isEqualTo("delivery.queued");
              assertThat(line.get("actor").asText()).isEqualTo("admin");
              assertThat(line.get("role").asText()).isEqualTo("CONTRACTING_PARTY");
            });
    assertThat(lines)
        .filteredOn(line -> line.get("subject").asText().equals("contract:" + contract))
        .first()
        .satisfies(line -> assertThat(line.at("/after/number").asText()).isEqualTo(contract));
  }

  @Test
  void theSameComesAsCsv() {
    String contract = contract();

    Answer answer = call("GET", "/api/history", null, "Accept", "text/csv");

    assertThat(answer.header("Content-Type")).isEqualToIgnoringCase("text/csv;charset=UTF-8");
    assertThat(answer.http().body().lines().findFirst())
        .contains(
            "at,actor,action,subject,document,channel,role,state,retry_at,reason,evidence,before,after");
    assertThat(answer.http().body()).contains("admin,contract.create,contract:" + contract);
    assertThat(call("GET", "/api/history", null, "Accept", "image/png").status()).isEqualTo(406);
  }

  @Test
  void onlyTheTimeThatIsAskedForIsTold() {
    contract();

    Answer before = get("/api/history?from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z");
    Answer all = get("/api/history?from=2020-01-01T00:00:00Z");

    assertThat(before.status()).isEqualTo(200);
    assertThat(before.http().body()).isEmpty();
    assertThat(all.http().body()).isNotEmpty();
  }

  @Test
  void anAnswerThatFailsHalfwayIsBrokenOffAndNotTakenForTheWhole() {
    String delivery =
        get("/api/documents/" + invoice(contractByEmailAndPost()) + "/deliveries").text("/0/id");
    jdbc.sql(
            """
            INSERT INTO audit_event (at, actor, action, subject, new_values)
            SELECT '2019-01-01', 'x', 'x.fill', 'x:1', JSON_OBJECT('text', REPEAT('x', 1000))
            FROM seq_1_to_1000
            """)
        .update();
    jdbc.sql(
            """
            INSERT INTO delivery_event (delivery_id, at, state, actor)
            VALUES (:delivery, '2019-01-01 12:00', 'SENT', 'x'), (:delivery, '2019-01-02', 'ODD', 'x')
            """)
        .param("delivery", delivery)
        .update();

    assertThatThrownBy(() -> get("/api/history?from=2019-01-01T00:00:00Z&to=2019-01-03T00:00:00Z"))
        .isInstanceOf(UncheckedIOException.class);
    Answer atOnce = get("/api/history?from=2019-01-02T00:00:00Z&to=2019-01-03T00:00:00Z");
    assertThat(atOnce.status()).isEqualTo(500);
    assertThat(atOnce.header("Content-Type")).startsWith("application/problem+json");
    assertThat(atOnce.header("Content-Disposition")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "from=yesterday, from",
    "from=2026-01-01, from",
    "from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z, to",
  })
  void aWrongTimeIsNamed(String query, String field) {
    Answer answer = get("/api/history?" + query);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.fields()).containsExactly(field);
  }

  private static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(line, e);
    }
  }
}
