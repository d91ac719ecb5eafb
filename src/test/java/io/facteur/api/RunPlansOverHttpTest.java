package io.facteur.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who would get the documents of a run, over HTTP: summed up, as CSV, and as JSON lines. */
class RunPlansOverHttpTest extends ApiTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private String contract;
  private String company;
  private String customer;

  @BeforeEach
  void newContract() {
    contract = contractByEmailAndPost();
    company = get("/api/contracts/" + contract).text("/company");
    customer = get("/api/contracts/" + contract).text("/contractingParty");
  }

  @Test
  void aPreviewCountsChannelsProblemsAndDifferences() {
    put("/api/contacts/" + customer + "/consent", "{\"refused\": true, \"proof\": \"letter\"}");

    Answer preview = preview("/api/runs", "application/json");

    assertThat(preview.status()).as(preview.http().body()).isEqualTo(200);
    assertThat(preview.text("/dispatch/documents")).isEqualTo("1");
    assertThat(preview.json().at("/dispatch/channels").toString())
        .isEqualTo(
            """
            [{"channel":"EMAIL","planned":0,"skipped":1},{"channel":"POST","planned":1,"skipped":0}]""");
    assertThat(preview.text("/dispatch/problems/REFUSED")).isEqualTo("1");
    assertThat(preview.text("/dispatch/firstProblems/0/contract")).isEqualTo(contract);
    assertThat(preview.text("/dispatch/firstProblems/0/problem/channel")).isEqualTo("EMAIL");
    assertThat(preview.text("/dispatch/differences/FIRST_DOCUMENT")).isEqualTo("1");
  }

  @Test
  void aPreviewIsStreamedAsJsonLinesAndWritesNothing() throws Exception {
    long documents = count("document");
    long deliveries = count("delivery");

    Answer preview = preview("/api/runs", "application/x-ndjson");

    List<String> lines = preview.http().body().lines().toList();
    assertThat(preview.status()).as(preview.http().body()).isEqualTo(200);
    assertThat(preview.header("Content-Type")).startsWith("application/x-ndjson");
    assertThat(lines).hasSize(1);
    JsonNode document = JSON.readTree(lines.get(0));
    assertThat(document.findValuesAsText("contract")).contains(contract);
    assertThat(document.findValuesAsText("rule")).contains("ADDR-2d general address");
    assertThat(document.findValuesAsText("whyNot")).contains("no address there");
    assertThat(document.findValuesAsText("kind")).contains("FIRST_USED_ADDRESS");
    assertThat(count("document")).isEqualTo(documents);
    assertThat(count("delivery")).isEqualTo(deliveries);
  }

  @Test
  void aPreviewOfDeliveriesIsCsvWithARowForEach() {
    Answer preview = preview("/api/runs?view=DELIVERIES", "text/csv");

    List<String> rows = preview.http().body().lines().toList();
    assertThat(preview.status()).as(preview.http().body()).isEqualTo(200);
    assertThat(rows).hasSize(3);
    assertThat(rows.get(0)).startsWith("document,contract,contact,type,period_from");
    assertThat(rows.get(1)).contains(contract, "EMAIL", customer + "@dupont.example");
    assertThat(rows.get(2)).contains(contract, "POST");
  }

  @Test
  void aPreviewOfDocumentsKeepsItsColumns() {
    Answer preview = preview("/api/runs", "text/csv");

    assertThat(preview.http().body().lines().findFirst().orElseThrow())
        .isEqualTo(
            "contract,type,period_from,period_to,currency,net,payable,previous_net,unusual,held,reason");
  }

  @Test
  void thePlanOfARunSpeaksOfItsDrafts() throws Exception {
    String draft = draft(contract);
    Answer run =
        post("/api/runs", "{\"kind\": \"BILLING\", \"company\": \"%s\"}".formatted(company));
    jdbc.sql("UPDATE document SET run_id = ? WHERE id = ?").params(run.text("/id"), draft).update();
    String path = run.header("Location") + "/plan";

    Answer summary = get(path);
    Answer lines = call("GET", path, null, "Accept", "application/x-ndjson");
    Answer csv = call("GET", path, null, "Accept", "text/csv");

    assertThat(summary.text("/documents")).isEqualTo("1");
    assertThat(summary.text("/channels/0/channel")).isEqualTo("EMAIL");
    assertThat(JSON.readTree(lines.http().body()).findValuesAsText("contract")).contains(contract);
    assertThat(csv.http().body().lines()).hasSize(3);
  }

  @Test
  void thePlanOfAnUnknownRunIsNotFound() {
    assertThat(get("/api/runs/999999/plan").status()).isEqualTo(404);
  }

  private Answer preview(String path, String accept) {
    return post(
        path,
        "{\"kind\": \"BILLING\", \"company\": \"%s\", \"asOf\": \"2026-01-15\", \"preview\": true}"
            .formatted(company),
        "Accept",
        accept,
        "Content-Type",
        "application/json");
  }
}
