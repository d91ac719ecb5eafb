package io.facteur.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What a stranger, a browser of another site, or a broken client can do: little. */
class SurfaceTest extends ApiTest {

  @LocalServerPort private int port;

  @ParameterizedTest
  @CsvSource({
    "/api/contacts, application/json, 5300000",
    "/api/deliveries/resolve, text/plain, 5300000",
    "/api/quantities, text/csv, 67200000"
  })
  void aBodyWithoutALengthIsLimitedAsWell(String path, String type, int bytes) throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .header("Authorization", basic("admin", PASSWORD))
                    .header("Content-Type", type)
                    .POST(
                        HttpRequest.BodyPublishers.ofInputStream(
                            () -> new ByteArrayInputStream(new byte[bytes])))
                    .build(),
                HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).as(answer.body()).isIn(400, 413);
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(found -> assertThat(found).startsWith("application/problem+json"));
  }

  @Test
  void headersAndRequestLinesAreLimited() {
    assertThat(get("/api/contacts?name=" + "x".repeat(20_000)).status()).isIn(400, 414, 431);
    assertThat(call("GET", "/api/contacts", null, "X-Long", "x".repeat(20_000)).status())
        .isIn(400, 431);
    assertThat(get("/api/contacts").status()).isEqualTo(200);
  }

  @Test
  void filesAreNotUploaded() {
    Answer answer =
        post(
            "/api/contacts",
            "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"../x\"\r\n\r\nx\r\n--b--\r\n",
            "Content-Type",
            "multipart/form-data; boundary=b");

    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.http().body())
        .contains("urn:facteur:problem:unsupported", "send application/json");
  }

  @ParameterizedTest
  @CsvSource({
    "/api/runs/1/report.csv, application/json, text/csv",
    "/api/documents/1/pdf, text/csv, application/pdf"
  })
  void whoTakesOnlyWhatIsNotGivenLearnsWhatIs(String path, String accept, String given) {
    Answer answer = call("GET", path, null, "Accept", accept);

    assertThat(answer.status()).isEqualTo(406);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.http().body())
        .contains("urn:facteur:problem:not_acceptable", "This is given as " + given + " only");
  }

  @Test
  void browsersOfOtherSitesGetNothing() {
    // Java's own client does not send an Origin.
    String answer =
        raw(
            """
            GET /api/contacts HTTP/1.1\r
            Host: 127.0.0.1\r
            Authorization: %s\r
            Origin: https://evil.example\r
            Connection: close\r
            \r
            """
                .formatted(basic("admin", PASSWORD)));
    String preflight =
        raw(
            """
            OPTIONS /api/contacts HTTP/1.1\r
            Host: 127.0.0.1\r
            Origin: https://evil.example\r
            Access-Control-Request-Method: POST\r
            Connection: close\r
            \r
            """);

    assertThat(answer).startsWith("HTTP/1.1 200").doesNotContainIgnoringCase("access-control-");
    assertThat(preflight).startsWith("HTTP/1.1 401").doesNotContainIgnoringCase("access-control-");
  }

  @Test
  void thereAreNoSessionsAndNothingIsKeptOrGuessedByBrowsers() {
    Answer answer = get("/api/contacts");

    assertThat(answer.header("Set-Cookie")).isNull();
    assertThat(answer.header("Cache-Control")).contains("no-store");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
    assertThat(answer.header("Server")).isNull();
    assertThat(callAs(null, "GET", "/api/contacts", null, "Cookie", "JSESSIONID=1").status())
        .isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/templates/files/../../config/application.yaml",
        "/api/templates/files/..%2f..%2fconfig/application.yaml",
        "/api/templates/files/%2e%2e/%2e%2e/config/application.yaml",
        "/api/templates/files//etc/passwd",
        "/api/templates/files/fo/..%5c..%5cpom.xml",
        "/swagger-ui/../../../config/application.yaml",
        "/api/documents/..%2f..%2fx/pdf",
        "/api/runs/..%2fx/report.csv"
      })
  void pathsLeadToNoFiles(String path) {
    String answer =
        raw(
            "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: %s\r\nConnection: close\r\n\r\n"
                .formatted(path, basic("admin", PASSWORD)));

    assertThat(answer.split(" ", 3)[1]).isIn("400", "404");
    assertThat(answer).doesNotContain("datasource", "root:", "<project");
  }

  @Test
  void namesOfTemplatesAndFormatsLeadToNoFilesEither() {
    String contract = contract();
    for (String name : new String[] {"../../pom", "/etc/passwd", "..\\\\x", "a/../b"}) {
      assertThat(
              post(
                      "/api/contracts/" + contract + "/dispatch-definitions",
                      """
                      {"domain": "INVOICE", "channel": "EMAIL", "role": "CONTRACTING_PARTY",
                       "template": "%s"}
                      """
                          .formatted(name))
                  .fields())
          .as(name)
          .contains("template");
    }
    assertThat(get("/api/documents/" + invoice(contract) + "/xml?format=../x").status())
        .isEqualTo(400);
  }

  private String raw(String request) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
