package io.facteur.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.facteur.testing.CaseTables.Row;
import io.facteur.testing.MailboxCases;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The addresses of {@code docs/mailbox-cases.md} sent in, wherever addresses enter (ADDR-8). */
class MailboxesOverHttpTest extends ApiTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static String path;

  @BeforeEach
  void oneContactForAll() {
    if (path == null) {
      path = "/api/contacts/" + customer(company()) + "/addresses";
    }
  }

  static Stream<Row> refused() {
    return MailboxCases.rows("Refused").stream();
  }

  @ParameterizedTest
  @MethodSource
  void refused(Row row) {
    String given = MailboxCases.text(row, "Given");
    String reason = row.get("Reason");

    JsonNode problem = refusal(Map.of("general", given));

    assertThat(problem.get("field").asText()).isEqualTo("general");
    assertThat(problem.get("message").asText())
        .isEqualTo(
            reason.startsWith("is more than one")
                ? "takes one address only"
                : "an e-mail address " + reason);
  }

  static Stream<Row> refusedEntries() {
    return MailboxCases.rows("Refused entries").stream();
  }

  @ParameterizedTest
  @MethodSource
  void refusedEntries(Row row) {
    JsonNode problem =
        refusal(
            Map.of(
                "documents",
                List.of(
                    Map.of(
                        "types", List.of("INVOICE"), "to", MailboxCases.texts(row, "Entries")))));

    assertThat(problem.get("field").asText()).isEqualTo("documents[0]." + row.get("Field"));
    assertThat(problem.get("message").asText()).isEqualTo(row.get("Reason"));
  }

  static Stream<Row> accepted() {
    return MailboxCases.rows("Accepted").stream();
  }

  @ParameterizedTest
  @MethodSource
  void accepted(Row row) {
    Answer answer = put(path, json(Map.of("general", MailboxCases.text(row, "Given"))));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(get(path).text("/general")).isEqualTo(MailboxCases.text(row, "Kept"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          general             | {"general": "@"}
          documents[0].to[1]  | {"documents": [{"types": ["INVOICE"], "to": ["a@x.example", "@"]}]}
          documents[0].to[0]  | {"documents": [{"types": ["INVOICE"], "to": "a@x.example;@"}]}
          documents[1].cc[0]  | {"documents": [{"types": ["ORDER"], "to": ["a@x.example"]}, {"types": ["INVOICE"], "cc": ["@"]}]}
          documents[0].bcc[0] | {"documents": [{"types": ["INVOICE"], "to": ["a@x.example"], "bcc": ["@"]}]}
          reminder[2]         | {"reminder": ["a@x.example", "b@x.example", "c@x.example;@"]}
          places[0].value     | {"places": [{"kind": "EMAIL", "place": "PRIVATE", "value": "@"}]}
          """)
  void eachFieldIsNamed(String field, String body) {
    for (String bad :
        List.of(
            "a@b@c.example",
            "a@b.example, c@d.example",
            "a@b.example\\r\\nBcc: c@d.example",
            "a\\u0000@b.example",
            "x".repeat(65) + "@b.example")) {
      Answer answer = refusedWithoutTrace(body.replace("@\"", bad + "\"").replace(";@", ";" + bad));

      assertThat(answer.fields()).as(bad).containsExactly(field);
    }
  }

  @Test
  void anIndividualAddressIsCheckedAsWell() {
    String definitions = "/api/contracts/" + contract() + "/dispatch-definitions";
    List<Object> before = kept();

    Answer answer =
        post(
            definitions,
            json(
                Map.of(
                    "domain", "INVOICE",
                    "role", "INDIVIDUAL",
                    "channel", "EMAIL",
                    "address", "a@b.example\r\nBcc: c@d.example")));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.fields()).contains("address");
    assertThat(answer.text("/detail")).contains("control character (U+000D");
    assertThat(kept()).isEqualTo(before);
  }

  private JsonNode refusal(Map<String, Object> body) {
    JsonNode problems = refusedWithoutTrace(json(body)).json().at("/errors");
    assertThat(problems).hasSize(1);
    return problems.get(0);
  }

  private Answer refusedWithoutTrace(String body) {
    List<Object> before = kept();

    Answer answer = put(path, body);

    assertThat(answer.status()).as(answer.http().body()).isEqualTo(400);
    assertThat(answer.http().body())
        .matches(text -> text.chars().noneMatch(c -> c != '\n' && Character.isISOControl(c)));
    assertThat(kept()).isEqualTo(before);
    return answer;
  }

  /** All addresses with the version of their contact, and how much was noted. */
  private List<Object> kept() {
    return Stream.of(
            "SELECT CONCAT_WS(' ', code, version, general_email) FROM contact ORDER BY id",
            "SELECT address FROM contact_document_mailbox ORDER BY 1",
            "SELECT address FROM contact_reminder_address ORDER BY 1",
            "SELECT value FROM communication_place ORDER BY 1",
            "SELECT individual_address FROM dispatch_definition ORDER BY id",
            "SELECT id FROM audit_event ORDER BY 1")
        .<Object>map(sql -> jdbc.sql(sql).query(String.class).list())
        .toList();
  }

  private static String json(Map<String, Object> body) {
    try {
      return JSON.writeValueAsString(body);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
