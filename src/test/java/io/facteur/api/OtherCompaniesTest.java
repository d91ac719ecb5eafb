package io.facteur.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.facteur.api.access.AccessRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Whoever is limited to a company finds of the others what does not exist: nothing. */
class OtherCompaniesTest extends ApiTest {

  private static final String NOBODY = "999999999999";

  @Autowired List<RequestMappingHandlerMapping> mappings;

  /** A company with one of everything. */
  private record Office(
      String company,
      String contact,
      String contract,
      String invoice,
      String draft,
      String delivery,
      String run,
      String suspended) {

    /** What a path of these mappings names. */
    private String key(String pattern) {
      String thing = pattern.split("/")[2];
      return Map.of(
              "companies", company,
              "contacts", contact,
              "contracts", contract,
              "documents", invoice,
              "deliveries", delivery,
              "runs", run,
              "suspended-addresses", suspended)
          .get(thing);
    }
  }

  private Office ours;
  private Office theirs;
  private String limited;

  @BeforeEach
  void twoCompaniesAndAUserOfOne() {
    ours = office();
    theirs = office();
    limited = user(ours.company());
  }

  @Test
  void whatAPathNamesOfAnotherCompanyIsNotThere() {
    List<String> wrong = new ArrayList<>();
    int asked = 0;
    for (RequestMappingHandlerMapping mapping : mappings) {
      for (RequestMappingInfo info : mapping.getHandlerMethods().keySet()) {
        for (String pattern : info.getPatternValues()) {
          for (RequestMethod name : info.getMethodsCondition().getMethods()) {
            HttpMethod method = HttpMethod.valueOf(name.name());
            if (!pattern.contains("{")
                || !AccessRules.limited(method, pattern.replaceAll("\\{[^}]+}", "x"))) {
              continue;
            }
            String key = theirs.key(pattern);
            Answer foreign = ask(method, pattern, key);
            Answer unknown = ask(method, pattern, NOBODY);
            if (!foreign.http().body().equals(unknown.http().body().replace(NOBODY, key))
                || foreign.status() < 400) {
              wrong.add(
                  "%s %s: %d %s"
                      .formatted(method, pattern, foreign.status(), foreign.http().body()));
            }
            asked++;
          }
        }
      }
    }

    assertThat(wrong).isEmpty();
    assertThat(asked).isGreaterThan(50);
  }

  @Test
  void whatIsTheirOwnIsThere() {
    for (String path :
        List.of(
            "/api/companies/" + ours.company(),
            "/api/contacts/" + ours.contact() + "/recipients",
            "/api/contracts/" + ours.contract(),
            "/api/documents/" + ours.invoice(),
            "/api/documents/" + ours.draft() + "/plan",
            "/api/deliveries/" + ours.delivery(),
            "/api/runs/" + ours.run(),
            "/api/suspended-addresses/" + ours.suspended())) {
      assertThat(as("GET", path, null).status()).as(path).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/companies",
        "/api/contacts",
        "/api/contracts",
        "/api/documents",
        "/api/deliveries",
        "/api/runs",
        "/api/suspended-addresses"
      })
  void listsTellOfTheirOwnCompanyOnly(String list) {
    Answer seen = as("GET", list + "?size=500", null);
    Answer asked = as("GET", list + "?company=" + theirs.company(), null);

    assertThat(seen.json().get("items")).isNotEmpty();
    assertThat(seen.http().body())
        .contains(list.contains("deliveries") ? ours.delivery() : ours.company())
        .doesNotContain(
            "\"" + theirs.company() + "\"", theirs.contact(), theirs.contract(), theirs.invoice());
    if (!list.equals("/api/companies")) {
      assertThat(asked.status()).isEqualTo(400);
      assertThat(asked.text("/detail")).contains("there is no company");
    }
  }

  @Test
  void listsAreNotReachedByWhatOthersHave() {
    assertThat(as("GET", "/api/contracts?contact=" + theirs.contact(), null).status())
        .isEqualTo(400);
    assertThat(as("GET", "/api/deliveries?document=" + theirs.invoice(), null).status())
        .isEqualTo(400);
    for (String list :
        List.of(
            "/api/documents?contact=" + theirs.contact(),
            "/api/documents?contract=" + theirs.contract(),
            "/api/documents?run=" + theirs.run(),
            "/api/deliveries?run=" + theirs.run())) {
      assertThat(as("GET", list, null).json().get("items")).as(list).isEmpty();
    }
  }

  @Test
  void bodiesNameNothingOfOthers() {
    String number = unique("V-");
    String code = unique("C-");
    for (Answer answer :
        List.of(
            as("POST", "/api/contracts", contractJson(number, theirs.company(), theirs.contact())),
            as("POST", "/api/contracts", contractJson(number, ours.company(), theirs.contact())),
            as("PUT", "/api/contracts/" + ours.contract(), withDelivery(theirs.contact())),
            as("POST", "/api/contacts", contactJson(code, theirs.company(), null)),
            as("POST", "/api/contacts", contactJson(code, ours.company(), theirs.contact())),
            as("POST", "/api/documents", draftJson(theirs.contract())),
            as(
                "POST",
                "/api/documents",
                draftJson(theirs.contract()).replace(theirs.company(), ours.company())),
            as(
                "POST",
                "/api/documents",
                draftJson(ours.contract())
                    .replace("\"lines\"", follows(theirs.invoice()) + ", \"lines\"")),
            as(
                "POST",
                "/api/documents/issue",
                "{\"documents\": [%s], \"count\": 1}".formatted(theirs.draft())),
            as("POST", "/api/runs", runJson(theirs.company(), false)),
            as("POST", "/api/runs", runJson(theirs.company(), true)),
            as(
                "POST",
                "/api/suspended-addresses",
                "{\"company\": \"%s\", \"address\": \"a@b.example\", \"reason\": \"x\"}"
                    .formatted(theirs.company())))) {
      assertThat(answer.status()).as(answer.http().body()).isEqualTo(400);
      assertThat(answer.text("/detail")).contains("there is no ").doesNotContain("another company");
    }
    assertThat(get("/api/documents/" + theirs.draft()).text("/state")).isEqualTo("DRAFT");
    assertThat(get("/api/contacts/" + code).status()).isEqualTo(404);
    assertThat(get("/api/contracts/" + number).status()).isEqualTo(404);
  }

  @Test
  void quantitiesOfOthersAreNotTaken() {
    String lines =
        "contract,meter,from,to,quantity\n%s,POWER,2026-01-01,2026-01-31,1\n"
            .formatted(theirs.contract());
    for (String query : List.of("", "?dryRun=true")) {
      Answer report =
          callAs(limited, "POST", "/api/quantities" + query, lines, "Content-Type", "text/csv");

      assertThat(report.status()).isEqualTo(200);
      assertThat(report.http().body()).contains("there is no contract '" + theirs.contract());
    }
    assertThat(get("/api/contracts/" + theirs.contract() + "/quantities").json().get("items"))
        .isEmpty();
  }

  @Test
  void aRelaysLogSettlesNothingOfOthers() {
    uncertain(ours);
    uncertain(theirs);
    String log = sentLine(ours) + sentLine(theirs);

    Answer answer =
        callAs(limited, "POST", "/api/deliveries/resolve", log, "Content-Type", "text/plain");

    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    assertThat(answer.json().get("settled")).hasSize(1);
    assertThat(answer.text("/settled/0/delivery")).isEqualTo(ours.delivery());
    assertThat(answer.text("/left")).as("others are not counted").isEqualTo("0");
    assertThat(get("/api/deliveries/" + theirs.delivery()).text("/state")).isEqualTo("UNCERTAIN");
  }

  @Test
  void whatConcernsTheWholeInstallationIsRefused() {
    for (String path :
        List.of(
            "/api/users",
            "/api/tokens",
            "/api/history",
            "/api/hold",
            "/api/hold/findings.csv",
            "/api/templates",
            "/actuator/prometheus",
            "/actuator/metrics")) {
      assertThat(as("GET", path, null).status()).as(path).isEqualTo(403);
    }
    assertThat(as("POST", "/api/companies", companyJson(unique("CO"))).status()).isEqualTo(403);
    assertThat(as("GET", "/actuator/health", null).http().body())
        .as("without the details that the role would show")
        .doesNotContain("components");
  }

  @Test
  void anAnswerFromBeforeALimitIsNotGivenAgain() {
    String user = unique("user");
    created(
        post(
            "/api/users",
            "{\"name\": \"%s\", \"password\": \"correct horse\", \"roles\": [\"clerk\"]}"
                .formatted(user)));
    String body = contactJson(unique("C-"), theirs.company(), null);
    String key = unique("key-");
    String login = basic(user, "correct horse");
    created(callAs(login, "POST", "/api/contacts", body, "Idempotency-Key", key));

    put("/api/users/" + user, "{\"companies\": [\"" + ours.company() + "\"]}");
    Answer again = callAs(login, "POST", "/api/contacts", body, "Idempotency-Key", key);

    assertThat(again.status()).isEqualTo(422);
    assertThat(again.http().body()).doesNotContain("Lyon");
  }

  @Test
  void aTokenIsLimitedAsItsUserIs() {
    String user = unique("user");
    created(post("/api/users", userJson(user, ours.company())));
    String token =
        post("/api/tokens", "{\"user\": \"%s\", \"label\": \"erp\"}".formatted(user))
            .text("/token");

    assertThat(callAs("Bearer " + token, "GET", "/api/contacts/" + theirs.contact(), null).status())
        .isEqualTo(404);
    assertThat(callAs("Bearer " + token, "GET", "/api/contacts/" + ours.contact(), null).status())
        .isEqualTo(200);
  }

  @Test
  void aLimitIsShownChangedAndLifted() {
    String user = unique("user");
    String path = "/api/users/" + user;
    created(post("/api/users", userJson(user, ours.company())));
    assertThat(get(path).json().get("companies"))
        .extracting(JsonNode::asText)
        .containsExactly(ours.company());

    put(path, "{\"companies\": [\"%s\", \"%s\"]}".formatted(ours.company(), theirs.company()));
    String login = basic(user, "correct horse");
    assertThat(callAs(login, "GET", "/api/contacts/" + theirs.contact(), null).status())
        .isEqualTo(200);
    assertThat(callAs(login, "GET", "/api/contacts?size=500", null).http().body())
        .contains(theirs.contact(), ours.contact());
    Answer unknown = put(path, "{\"companies\": [\"NOWHERE\"]}");
    assertThat(unknown.fields()).containsExactly("companies");

    put(path, "{\"companies\": []}");
    assertThat(callAs(login, "GET", "/api/history", null).status()).isEqualTo(200);
  }

  @Test
  void theLastAdministratorIsNotLimited() {
    jdbc.sql("DELETE FROM app_user WHERE name <> 'admin'").update();

    assertThat(put("/api/users/admin", "{\"companies\": [\"" + ours.company() + "\"]}").status())
        .isEqualTo(409);
    assertThat(get("/api/users").status()).isEqualTo(200);
  }

  private Answer ask(HttpMethod method, String pattern, String key) {
    String first = pattern.replaceFirst("\\{[^}]+}", key).replace("{currency}", "USD");
    String path = first.replace("{validFrom}", "2026-01-01").replaceAll("\\{[^}]+}", "1");
    return as(method.name(), path, body(method, path));
  }

  /** As valid as can be, so that it is not refused for another reason first. */
  private String body(HttpMethod method, String path) {
    if (!List.of(HttpMethod.POST, HttpMethod.PUT).contains(method)) {
      return null;
    }
    if (path.endsWith("/consent")) {
      return "{\"refused\": true, \"proof\": \"letter\"}";
    }
    if (path.endsWith("/resolve")) {
      return "{\"outcome\": \"SENT\", \"evidence\": \"x\"}";
    }
    if (path.endsWith("/cancel")) {
      return "{\"reason\": \"x\"}";
    }
    if (path.endsWith("/confirm")) {
      return "{\"count\": 0}";
    }
    if (path.endsWith("/follow-ups")) {
      return "{\"type\": \"CREDIT_NOTE\"}";
    }
    return "{}";
  }

  private Answer as(String method, String path, String body) {
    return callAs(limited, method, path, body);
  }

  private String user(String company) {
    String name = unique("user");
    created(post("/api/users", userJson(name, company)));
    return basic(name, "correct horse");
  }

  private static String userJson(String name, String company) {
    return """
        {"name": "%s", "password": "correct horse", "companies": ["%s"],
         "roles": ["admin", "auditor", "clerk", "integrator", "print"]}
        """
        .formatted(name, company);
  }

  private Office office() {
    String contract = contractByEmailAndPost();
    Answer made = get("/api/contracts/" + contract);
    String company = made.text("/company");
    String invoice = invoice(contract);
    return new Office(
        company,
        made.text("/contractingParty"),
        contract,
        invoice,
        draft(contract),
        get("/api/documents/" + invoice + "/deliveries").text("/0/id"),
        post("/api/runs", runJson(company, false)).text("/id"),
        post(
                "/api/suspended-addresses",
                "{\"company\": \"%s\", \"address\": \"x@y.example\", \"reason\": \"unknown\"}"
                    .formatted(company))
            .text("/id"));
  }

  private String withDelivery(String contact) {
    return contractJson(ours.contract(), ours.company(), ours.contact())
        .replace("\"start\"", "\"deliveryAddress\": \"%s\", \"start\"".formatted(contact));
  }

  private static String contactJson(String code, String company, String organisation) {
    return """
        {"code": "%s", "company": "%s", "kind": "%s", "name": "Martin", "organisation": %s,
         "address": {"postcode": "69001", "city": "Lyon", "country": "FR"}}
        """
        .formatted(
            code,
            company,
            organisation == null ? "CUSTOMER" : "PERSON",
            organisation == null ? null : "\"" + organisation + "\"");
  }

  private static String runJson(String company, boolean preview) {
    return "{\"kind\": \"BILLING\", \"company\": \"%s\", \"preview\": %s}"
        .formatted(company, preview);
  }

  private static String follows(String invoice) {
    return "\"precedingDocument\": \"" + invoice + "\"";
  }

  private static String sentLine(Office office) {
    return """
        Mar  2 10:00:01 mx postfix/cleanup[71]: %1$s: message-id=<%1$s@edl.example>
        Mar  2 10:00:02 mx postfix/smtp[72]: %1$s: to=<a@b.example>, dsn=2.0.0, status=sent (250 Ok)
        """
        .formatted("4F3A1" + office.delivery());
  }

  private void uncertain(Office office) {
    jdbc.sql(
            """
            UPDATE transmission t JOIN delivery v ON v.transmission_id = t.id
            SET t.state = 'ENDED', t.message_id = :message WHERE v.id = :id
            """)
        .param("message", "<4F3A1" + office.delivery() + "@edl.example>")
        .param("id", office.delivery())
        .update();
    jdbc.sql("UPDATE delivery SET state = 'UNCERTAIN', reason = 'answer lost' WHERE id = :id")
        .param("id", office.delivery())
        .update();
  }
}
