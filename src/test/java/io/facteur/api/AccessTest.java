package io.facteur.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.password.PasswordEncoder;

class AccessTest extends ApiTest {

  @Autowired PasswordEncoder passwords;

  @ParameterizedTest(name = "{0} may {1} {2}: {3}")
  @CsvSource({
    "clerk,      GET,    /api/contacts,             200",
    "clerk,      POST,   /api/contacts,             400",
    "clerk,      GET,    /api/companies,            200",
    "clerk,      POST,   /api/companies,            403",
    "clerk,      PUT,    /api/companies/X/exchange-rates, 400",
    "clerk,      PUT,    /api/companies/X,          403",
    "auditor,    PUT,    /api/companies/X/exchange-rates, 403",
    "clerk,      DELETE, /api/companies/X/exchange-rates/USD/2026-01-01, 404",
    "clerk,      GET,    /api/hold,                 200",
    "clerk,      POST,   /api/hold/release,         403",
    "auditor,    GET,    /api/hold/findings,        200",
    "auditor,    POST,   /api/deliveries/resolve,   403",
    "print,      GET,    /api/hold,                 403",
    "clerk,      GET,    /api/users,                403",
    "clerk,      GET,    /actuator/prometheus,      403",
    "print,      GET,    /api/contacts,             403",
    "clerk,      GET,    /api/contacts/X/export,    404",
    "auditor,    GET,    /api/contacts/X/export,    404",
    "admin,      GET,    /api/contacts/X/export,    404",
    "integrator, GET,    /api/contacts/X/export,    403",
    "print,      GET,    /api/contacts/X/export,    403",
    "admin,      POST,   /api/contacts/X/erase,     400",
    "clerk,      POST,   /api/contacts/X/erase,     403",
    "auditor,    POST,   /api/contacts/X/erase,     403",
    "clerk,      GET,    /api/suspended-addresses,  200",
    "auditor,    GET,    /api/suspended-addresses,  200",
    "admin,      GET,    /api/suspended-addresses,  403",
    "clerk,      POST,   /api/suspended-addresses,  400",
    "auditor,    POST,   /api/suspended-addresses,  403",
    "clerk,      DELETE, /api/suspended-addresses/0, 404",
    "auditor,    DELETE, /api/suspended-addresses/0, 403",
    "print,      GET,    /api/companies,            403",
    "auditor,    GET,    /api/contracts,            200",
    "auditor,    POST,   /api/contracts,            403",
    "auditor,    GET,    /actuator/metrics,         200",
    "integrator, GET,    /actuator/prometheus,      200",
    "integrator, GET,    /api/contacts,             403",
    "admin,      GET,    /api/users,                200",
    "admin,      POST,   /api/companies,            400",
    "admin,      GET,    /api/contacts,             403",
    "admin,      GET,    /actuator/env,             404",
    "clerk,      GET,    /v3/api-docs,              200",
    "clerk,      GET,    /nothing,                  404",
    "clerk,      GET,    /api/nothing,              404",
    "clerk,      GET,    /api/documents/1/nothing,  404",
    "print,      GET,    /api/nothing,              404",
    "admin,      GET,    /api/quantities,           404",
    "admin,      POST,   /api/history,              404",
    "print,      GET,    /api/print/jobs,           404",
    "clerk,      GET,    /api/documents,            200",
    "auditor,    GET,    /api/documents,            200",
    "print,      GET,    /api/documents,            403",
    "integrator, GET,    /api/documents/1,          403",
    "admin,      GET,    /api/documents/1/pdf,      403",
    "clerk,      POST,   /api/documents,            400",
    "auditor,    POST,   /api/documents,            403",
    "auditor,    GET,    /api/documents/0/plan,     404",
    "auditor,    GET,    /api/documents/0/pdf,      404",
    "auditor,    GET,    /api/documents/0/xml,      404",
    "auditor,    POST,   /api/documents/0/issue,    403",
    "auditor,    POST,   /api/documents/0/follow-ups, 403",
    "clerk,      POST,   /api/documents/0/issue,    404",
    "print,      GET,    /api/documents/0/deliveries, 403",
    "auditor,    GET,    /api/deliveries,           200",
    "print,      GET,    /api/deliveries,           403",
    "print,      GET,    /api/deliveries/0,         403",
    "clerk,      POST,   /api/deliveries/0/resend,  404",
    "auditor,    POST,   /api/deliveries/0/resend,  403",
    "auditor,    POST,   /api/deliveries/0/resolve, 403",
    "auditor,    GET,    /api/runs,                 200",
    "auditor,    POST,   /api/runs,                 403",
    "print,      GET,    /api/runs,                 403",
    "print,      GET,    /api/runs/0/report.csv,    403",
    "clerk,      GET,    /api/runs/0/report.csv,    404",
    "clerk,      POST,   /api/contracts/0/quantities, 404",
    "admin,      POST,   /api/contracts/0/quantities, 404",
    "auditor,    POST,   /api/contracts/0/quantities, 403",
    "print,      POST,   /api/contracts/0/quantities, 403",
    "auditor,    GET,    /api/contracts/0/quantities, 404",
    "integrator, GET,    /api/contracts/0/quantities, 403",
    "clerk,      POST,   /api/quantities,           415",
    "admin,      POST,   /api/quantities,           415",
    "auditor,    POST,   /api/quantities,           403",
    "clerk,      GET,    /api/history,              403",
    "auditor,    GET,    /api/history,              200",
    "admin,      GET,    /api/history,              200",
  })
  void aRoleMayDoWhatTheRulesSay(String role, String method, String path, int status) {
    String user = user(role);
    String body = method.equals("POST") || method.equals("PUT") ? "{}" : null;

    Answer answer = callAs(basic(user, "correct horse"), method, path, body);

    assertThat(answer.status()).as(answer.http().body()).isEqualTo(status);
    if (status >= 400) {
      assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }
    if (path.endsWith("/nothing") || path.equals("/api/print/jobs")) {
      assertThat(answer.http().body()).contains("There is nothing at " + method + " " + path);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/api/companies, 401",
    "/v3/api-docs, 401",
    "/swagger-ui.html, 401",
    "/nothing, 401",
    "/actuator/prometheus, 401",
    "/actuator/health/liveness, 200",
    "/actuator/health/readiness, 200",
  })
  void withoutANameOnlyHealthIsTold(String path, int status) {
    Answer answer = callAs(null, "GET", path, null);

    assertThat(answer.status()).isEqualTo(status);
    if (status == 401) {
      assertThat(answer.header("WWW-Authenticate")).startsWith("Basic realm=\"Facteur\"");
      assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
      assertThat(answer.header("Set-Cookie")).isNull();
    } else {
      assertThat(answer.http().body()).isEqualTo("{\"status\":\"UP\"}");
    }
  }

  @Test
  void aTokenWorksUntilItIsWithdrawn() {
    String user = user("auditor");
    Answer made = post("/api/tokens", "{\"user\": \"" + user + "\", \"label\": \"nightly\"}");
    String bearer = "Bearer " + made.text("/token");

    assertThat(made.status()).isEqualTo(201);
    assertThat(callAs(bearer, "GET", "/api/contacts", null).status()).isEqualTo(200);
    assertThat(callAs(bearer, "POST", "/api/contacts", "{}").status()).isEqualTo(403);
    assertThat(get("/api/tokens").http().body()).contains("nightly").doesNotContain("fct_");
    call("DELETE", made.header("Location"), null);
    Answer after = callAs(bearer, "GET", "/api/contacts", null);
    assertThat(after.status()).isEqualTo(401);
    assertThat(after.header("WWW-Authenticate")).contains("invalid_token");
  }

  @Test
  void anExpiredTokenAndADisabledUserAreRefused() {
    String user = user("auditor");
    String expiring =
        post(
                "/api/tokens",
                """
                {"user": "%s", "label": "short", "expiresAt": "2999-01-01T00:00:00Z"}
                """
                    .formatted(user))
            .text("/token");
    String lasting =
        post("/api/tokens", "{\"user\": \"" + user + "\", \"label\": \"long\"}").text("/token");

    jdbc.sql("UPDATE api_token SET expires_at = '2020-01-01' WHERE label = 'short'").update();
    assertThat(callAs("Bearer " + expiring, "GET", "/api/contacts", null).status()).isEqualTo(401);
    assertThat(callAs("Bearer " + lasting, "GET", "/api/contacts", null).status()).isEqualTo(200);
    put("/api/users/" + user, "{\"enabled\": false}");
    assertThat(callAs("Bearer " + lasting, "GET", "/api/contacts", null).status()).isEqualTo(401);
    assertThat(callAs(basic(user, "correct horse"), "GET", "/api/contacts", null).status())
        .isEqualTo(401);
  }

  @Test
  void aChangedPasswordHoldsAtOnce() {
    String user = user("auditor");
    assertThat(callAs(basic(user, "correct horse"), "GET", "/api/contacts", null).status())
        .isEqualTo(200);

    put("/api/users/" + user, "{\"password\": \"battery staple\"}");

    assertThat(callAs(basic(user, "correct horse"), "GET", "/api/contacts", null).status())
        .isEqualTo(401);
    assertThat(callAs(basic(user, "battery staple"), "GET", "/api/contacts", null).status())
        .isEqualTo(200);
  }

  @Test
  void whoeverGuessesPasswordsIsMadeToWait() {
    String user = user("auditor");
    String other = user("auditor");
    for (int i = 0; i < 10; i++) {
      assertThat(callAs(basic(user, "guess " + i), "GET", "/api/contacts", null).status())
          .isEqualTo(401);
    }

    Answer right = callAs(basic(user, "correct horse"), "GET", "/api/contacts", null);

    assertThat(right.status()).isEqualTo(429);
    assertThat(right.header("Content-Type")).startsWith("application/problem+json");
    assertThat(Integer.parseInt(right.header("Retry-After"))).isBetween(1, 300);
    assertThat(callAs(basic(other, "correct horse"), "GET", "/api/contacts", null).status())
        .isEqualTo(200);
  }

  @Test
  void theLastAdministratorCannotBeRemoved() {
    jdbc.sql("DELETE FROM app_user WHERE name <> 'admin'").update();

    assertThat(call("DELETE", "/api/users/admin", null).status()).isEqualTo(409);
    assertThat(put("/api/users/admin", "{\"roles\": [\"clerk\"]}").status()).isEqualTo(409);
    assertThat(put("/api/users/admin", "{\"enabled\": false}").status()).isEqualTo(409);
    assertThat(get("/api/users/admin").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"name": "facteur", "password": "correct horse", "roles": ["clerk"]} | name
          {"name": "a b", "password": "correct horse", "roles": ["clerk"]}     | name
          {"name": "x", "password": "short", "roles": ["clerk"]}               | password
          {"name": "x", "password": "correct horse", "roles": ["king"]}        | roles
          {"name": "x", "password": "correct horse"}                           | roles
          {"name": "x", "roles": ["clerk"]}                                    | password
          """)
  void wrongUsersAreRefusedByField(String body, String field) {
    long users = count("app_user");

    assertThat(post("/api/users", body).fields()).containsExactly(field);
    assertThat(count("app_user")).isEqualTo(users);
  }

  @Test
  void passwordsAndTokensAreKeptAsHashesOnly() {
    String user = user("clerk");
    String token =
        post("/api/tokens", "{\"user\": \"" + user + "\", \"label\": \"x\"}").text("/token");

    String hash =
        jdbc.sql("SELECT password_hash FROM app_user WHERE name = :name")
            .param("name", user)
            .query(String.class)
            .single();

    assertThat(hash).startsWith("{bcrypt}");
    assertThat(passwords.matches("correct horse", hash)).isTrue();
    assertThat(passwords.matches("wrong horse", hash)).isFalse();
    assertThat(jdbc.sql("SELECT new_values FROM audit_event").query(String.class).list())
        .noneMatch(text -> text != null && (text.contains(token) || text.contains("bcrypt")));
  }

  private String user(String role) {
    String name = unique("user");
    Answer answer =
        post(
            "/api/users",
            """
            {"name": "%s", "password": "correct horse", "roles": ["%s"]}
            """
                .formatted(name, role));
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(201);
    return name;
  }
}
