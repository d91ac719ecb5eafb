package io.facteur.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.document.RunId;
import io.facteur.run.Runs;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

class RunsOverHttpTest extends ApiTest {

  @Autowired Runs runs;

  @Test
  void aRunIsStartedOnceForACompanyAndDay() {
    String company = company();
    String body = "{\"kind\": \"BILLING\", \"company\": \"" + company + "\"}";

    Answer started = post("/api/runs", body);
    Answer joined = post("/api/runs", body);

    assertThat(started.status()).as(started.http().body()).isEqualTo(201);
    assertThat(started.text("/state")).isEqualTo("RUNNING");
    assertThat(started.text("/startedBy")).isEqualTo("admin");
    assertThat(started.text("/asOf"))
        .isEqualTo(LocalDate.now(ZoneId.of("Europe/Paris")).toString());
    assertThat(joined.status()).isEqualTo(200);
    assertThat(joined.header("Location")).isEqualTo(started.header("Location"));
    Answer shown = get(started.header("Location"));
    assertThat(shown.text("/company")).isEqualTo(company);
    assertThat(shown.text("/progress/drafts")).isEqualTo("0");
    assertThat(get("/api/runs?company=" + company + "&state=RUNNING").text("/items/0/id"))
        .isEqualTo(shown.text("/id"));
    assertThat(get("/api/runs?company=" + company + "&state=COMPLETED").text("/total"))
        .isEqualTo("0");
  }

  @Test
  void aKeyStartsARunOnceEvenAfterItHasEnded() {
    String body = "{\"kind\": \"BILLING\", \"company\": \"%s\"}".formatted(company());
    String key = unique("run-");
    Answer first = post("/api/runs", body, "Idempotency-Key", key);
    runs.documentsMade(new RunId(first.json().get("id").asLong()), 0);

    Answer repeated = post("/api/runs", body, "Idempotency-Key", key);
    Answer reused =
        post("/api/runs", body.replace("}", ", \"asOf\": \"2026-01-01\"}"), "Idempotency-Key", key);

    assertThat(repeated.status()).isEqualTo(201);
    assertThat(repeated.header("Location")).isEqualTo(first.header("Location"));
    assertThat(reused.status()).isEqualTo(422);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"kind": "BILLING", "company": "NOBODY"}                        | company
          {"kind": "BILLING"}                                             | company
          {"company": "%s"}                                               | kind
          {"kind": "REMINDER", "company": "%s"}                           | kind
          {"kind": "PARTY", "company": "%s"}                              | kind
          {"kind": "BILLING", "company": "%s", "asOf": "2026-02-30"}      | asOf
          {"kind": "BILLING", "company": "%s", "asOf": "9999-01-01"}      | asOf
          {"kind": "BILLING", "company": "%s", "selection": {}}           | selection
          """)
  void aWrongRunIsRefusedByField(String body, String field) {
    String company = company();
    long before = count("run");

    Answer answer = post("/api/runs", body.replace("%s", company));

    assertThat(answer.status()).as(answer.http().body()).isEqualTo(400);
    assertThat(answer.fields()).containsExactly(field);
    assertThat(count("run")).isEqualTo(before);
  }

  @Test
  void aDayTooFarFromAFixedTodayNamesTheSettingThatHoldsIt() {
    String company = company();
    jdbc.sql("UPDATE company SET fixed_billing_date = '2026-01-31' WHERE code = ?")
        .param(company)
        .update();

    Answer answer =
        post(
            "/api/runs",
            "{\"kind\": \"BILLING\", \"company\": \"%s\", \"asOf\": \"2027-03-01\"}"
                .formatted(company));

    assertThat(answer.text("/detail"))
        .isEqualTo(
            "asOf: is more than a year after today, which is 2026-01-31 by the company's"
                + " fixedBillingDate");
  }

  @Test
  void aRunIsReportedInShortAndInFull() {
    String contract = contractByEmailAndPost();
    String company = get("/api/contracts/" + contract).text("/company");
    Answer run =
        post("/api/runs", "{\"kind\": \"BILLING\", \"company\": \"%s\"}".formatted(company));
    String draft = draft(contract);
    jdbc.sql("UPDATE document SET run_id = ? WHERE id = ?").params(run.text("/id"), draft).update();
    String number = post("/api/documents/" + draft + "/issue", "{}").text("/number");

    Answer report = get(run.header("Location") + "/report");
    Answer csv = get(run.header("Location") + "/report.csv");

    assertThat(report.text("/header/company")).isEqualTo(company);
    assertThat(report.text("/documents/0/count")).isEqualTo("1");
    assertThat(report.json().at("/deliveries")).hasSize(2);
    assertThat(csv.header("Content-Type")).isEqualToIgnoringCase("text/csv;charset=UTF-8");
    assertThat(csv.http().body().lines())
        .hasSize(3)
        .anySatisfy(line -> assertThat(line).startsWith(number + ",INVOICE," + contract));
    assertThat(get(run.header("Location")).text("/progress/underWay")).isEqualTo("2");
    assertThat(get("/api/documents?run=" + run.text("/id")).text("/items/0/number"))
        .isEqualTo(number);
    assertThat(get("/api/deliveries?run=" + run.text("/id")).text("/total")).isEqualTo("2");
  }

  @Test
  void unknownRunsAreNotFound() {
    for (String path : new String[] {"", "/report", "/report.csv"}) {
      Answer answer = get("/api/runs/999999999" + path);
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }
    assertThat(get("/api/runs?company=NOBODY").fields()).containsExactly("company");
    assertThat(get("/api/runs?sort=kind").fields()).containsExactly("sort");
  }
}
