package io.facteur.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.facteur.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;

/** A running server on a database of its own, without routes; all tests over HTTP share it. */
@SpringBootTest(
    classes = RestOnly.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "facteur.admin.password=" + ApiTest.PASSWORD,
      "facteur.api.requests-per-minute=1000000",
      "camel.main.routes-include-pattern=false",
      "management.endpoint.health.group.readiness.include=readinessState, db"
    })
@AutoConfigureObservability(tracing = false)
@ContextConfiguration(initializers = TestDatabase.Initializer.class)
@Import(EmailAndPost.class)
abstract class ApiTest {

  static final String PASSWORD = "only-for-tests";

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final AtomicInteger NUMBER = new AtomicInteger();

  @Autowired JdbcClient jdbc;
  @LocalServerPort private int port;

  /** An answer: status, headers and JSON. */
  record Answer(HttpResponse<String> http) {

    int status() {
      return http.statusCode();
    }

    String header(String name) {
      return http.headers().firstValue(name).orElse(null);
    }

    JsonNode json() {
      try {
        return JSON.readTree(http.body());
      } catch (IOException e) {
        throw new UncheckedIOException("not JSON: " + http.body(), e);
      }
    }

    /** Fields that the problem names. */
    java.util.List<String> fields() {
      return json().findValuesAsText("field");
    }

    String text(String pointer) {
      return json().at(pointer).asText();
    }
  }

  Answer get(String path) {
    return call("GET", path, null);
  }

  Answer post(String path, String body, String... headers) {
    return call("POST", path, body, headers);
  }

  Answer put(String path, String body, String... headers) {
    return call("PUT", path, body, headers);
  }

  Answer call(String method, String path, String body, String... headers) {
    return callAs(basic("admin", PASSWORD), method, path, body, headers);
  }

  /** With that {@code Authorization}; null for none. */
  Answer callAs(String authorization, String method, String path, String body, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (body != null && java.util.stream.Stream.of(headers).noneMatch("Content-Type"::equals)) {
      request.header("Content-Type", "application/json");
    }
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return new Answer(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Begins to read an answer that goes on; its lines come as they are sent. */
  HttpResponse<java.util.stream.Stream<String>> stream(String path) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Authorization", basic("admin", PASSWORD))
            .build();
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.ofLines());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static String basic(String user, String password) {
    byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(both);
  }

  /** Never the same again. */
  static String unique(String prefix) {
    return prefix + NUMBER.incrementAndGet();
  }

  /** A new company; its code. */
  String company() {
    String code = unique("CO");
    created(post("/api/companies", companyJson(code)));
    return code;
  }

  /** A new customer with a general and a private address; its code. */
  String customer(String company) {
    String code = unique("C-");
    created(
        post(
            "/api/contacts",
            """
            {"code": "%1$s", "company": "%2$s", "name": "Dupont",
             "address": {"street": "1 rue Haute", "postcode": "69001", "city": "Lyon", "country": "FR"},
             "addresses": {"general": "%1$s@dupont.example",
               "places": [{"kind": "EMAIL", "place": "PRIVATE", "value": "%1$s@home.example"}]}}
            """
                .formatted(code, company)));
    return code;
  }

  /** A new contract of a new customer; its number. */
  String contract() {
    String company = company();
    String number = unique("V-");
    created(post("/api/contracts", contractJson(number, company, customer(company))));
    return number;
  }

  /** A new contract that goes by e-mail and by post; its number. */
  String contractByEmailAndPost() {
    String contract = contract();
    for (String channel : new String[] {"EMAIL", "POST"}) {
      created(
          post(
              "/api/contracts/" + contract + "/dispatch-definitions",
              "{\"domain\": \"INVOICE\", \"channel\": \"%s\", \"role\": \"CONTRACTING_PARTY\"}"
                  .formatted(channel)));
    }
    return contract;
  }

  /** A new draft of an invoice of that contract; its id. */
  String draft(String contract) {
    Answer answer = post("/api/documents", draftJson(contract));
    created(answer);
    return answer.text("/id");
  }

  /** A new invoice of that contract; its number. */
  String invoice(String contract) {
    return post("/api/documents/" + draft(contract) + "/issue", "{}").text("/number");
  }

  String draftJson(String contract) {
    return """
        {"type": "INVOICE", "company": "%s", "contract": "%s",
         "lines": [{"name": "Abonnement", "quantity": 2, "unitCode": "MON", "unitPrice": 29.90,
           "vatCategory": "S", "vatRate": 20}]}
        """
        .formatted(get("/api/contracts/" + contract).text("/company"), contract);
  }

  static String companyJson(String code) {
    return """
        {"code": "%1$s", "name": "Énergie du Lac", "vatId": "FR32123456789",
         "address": {"street": "4 rue de la Paix", "postcode": "75002", "city": "Paris", "country": "FR"},
         "email": "factures@edl.example", "iban": "FR76 3000 6000 0112 3456 7890 189",
         "currency": "EUR", "language": "fr", "timeZone": "Europe/Paris", "numberPrefix": "%1$s"}
        """
        .formatted(code);
  }

  static String contractJson(String number, String company, String customer) {
    return """
        {"number": "%s", "company": "%s", "contractingParty": "%s", "start": "2026-01-01",
         "schedule": {"intervalMonths": 1, "timing": "ADVANCE"},
         "lines": [{"name": "Abonnement", "quantity": 1, "unitCode": "MON", "unitPrice": 29.90,
           "vatCategory": "S", "vatRate": 20}]}
        """
        .formatted(number, company, customer);
  }

  long count(String table) {
    return jdbc.sql("SELECT COUNT(*) FROM " + table).query(Long.class).single();
  }

  static void created(Answer answer) {
    if (answer.status() != 201) {
      throw new AssertionError(answer.status() + " " + answer.http().body());
    }
  }
}
