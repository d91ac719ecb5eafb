package io.facteur.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.facteur.process.KillableFacteur.Billed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;

/**
 * SIGTERM while mails and requests are on their way; and what such a life, with all that can be
 * secret, tells of it.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GracefulStopTest {

  private static final String ADMIN = "s3cret-of-the-admin";
  private static final String SMTP = "s3cret-of-the-relay";
  private static final String BROKER = "s3cret-of-the-broker";
  private static final int INVOICES = 6;
  private static final int STOPPED_BY_SIGTERM = 143;

  private static KillableFacteur facteur;

  private final CountDownLatch answer = new CountDownLatch(1);

  @BeforeAll
  static void start() {
    facteur =
        KillableFacteur.onTestDatabase(
            "--facteur.smtp.connections=1",
            "--facteur.smtp.username=office",
            "--facteur.smtp.password=" + SMTP,
            "--facteur.broker.url=tcp://office:" + BROKER + "@127.0.0.1:1",
            "--facteur.broker.username=office",
            "--facteur.broker.password=" + BROKER,
            "--facteur.admin.password=" + ADMIN,
            "--facteur.stop-patience=6s",
            "--logging.level.io.facteur=debug");
    facteur.smtp().offers("AUTH PLAIN LOGIN").answers("AUTH", "235 2.7.0 welcome");
    facteur.process().start();
  }

  @AfterAll
  static void stop() throws IOException {
    facteur.close();
  }

  @Test
  @Order(1)
  void secretsAreInNoAnswerAndNoLog() throws Exception {
    String token =
        new ObjectMapper()
            .readTree(
                send("POST", "/api/tokens", "{\"user\": \"admin\", \"label\": \"erp\"}").body())
            .get("token")
            .asText();
    facteur.bill(1, "EMAIL").awaitDeliveries("1: EMAIL SENT");
    assertThat(facteur.smtp().commands()).anyMatch(command -> command.startsWith("AUTH"));
    String wrong =
        get("/api/contacts", "Bearer " + token + "x").body()
            + get("/api/contacts", basic("admin", ADMIN + "x")).body();

    List<String> said = new ArrayList<>(List.of(facteur.process().output(), wrong));
    for (String path :
        List.of(
            "/actuator/env",
            "/actuator/configprops",
            "/actuator/heapdump",
            "/actuator/threaddump",
            "/actuator/loggers",
            "/actuator/beans",
            "/actuator/info",
            "/actuator/health",
            "/actuator/metrics",
            "/actuator/prometheus",
            "/api/history",
            "/api/users",
            "/api/tokens",
            "/api/nothing")) {
      said.add(get(path, "Bearer " + token).body());
    }
    for (String secret : secrets(token)) {
      assertThat(said).noneMatch(text -> text.contains(secret));
    }
    for (String closed : List.of("env", "configprops", "heapdump", "threaddump", "loggers")) {
      assertThat(get("/actuator/" + closed, basic("admin", ADMIN)).statusCode())
          .as(closed)
          .isEqualTo(404);
    }
  }

  @Test
  @Order(2)
  void whatIsOnItsWayComesToItsOutcomeAndTheRestIsFreedAtOnce() throws Exception {
    CompletableFuture<Void> dot = holdNextDot();
    Billed billed = facteur.bill(INVOICES, "EMAIL");
    dot.get(60, TimeUnit.SECONDS);
    Awaitility.await("claims").until(() -> count(billed, "CLAIMED") == INVOICES);
    try (Connection lock = facteur.database().getConnection()) {
      lock.setAutoCommit(false);
      lock.createStatement().executeQuery("SELECT * FROM app_user FOR UPDATE").close();
      CompletableFuture<HttpResponse<String>> request =
          sendAsync("PUT", "/api/users/admin", "{\"enabled\": true}");
      awaitBlockedStatement();

      ProcessHandle process = facteur.process().handle();
      process.destroy();

      Awaitility.await("all that had not begun")
          .atMost(Duration.ofSeconds(10))
          .until(() -> count(billed, "WAITING") == INVOICES - 1);
      assertThat(count(billed, "CLAIMED marked")).isEqualTo(1);
      answer.countDown();
      Awaitility.await("the mail's outcome").until(() -> count(billed, "ENDED marked") == 1);
      lock.rollback();
      assertThat(request.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      process.onExit().get(30, TimeUnit.SECONDS);
    }

    assertThat(facteur.process().exitValue()).isEqualTo(STOPPED_BY_SIGTERM);
    assertThat(count(billed, "WAITING")).isEqualTo(INVOICES - 1);
    assertThat(billed.mails()).hasSize(1);
    assertNoSecretIsLogged();

    facteur.process().start();
    Awaitility.await("the rest")
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(billed.states()).containsOnly("SENT"));
    billed.assertOneMailEach(INVOICES);
  }

  @Test
  @Order(3)
  void aMailWhoseAnswerDoesNotComeInTimeIsCutAndUncertain() throws Exception {
    CompletableFuture<Void> dot = holdNextDot();
    Billed billed = facteur.bill(2, "EMAIL");
    dot.get(60, TimeUnit.SECONDS);

    long begin = System.nanoTime();
    facteur.process().stop();

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
    assertThat(billed.states()).containsExactlyInAnyOrder("UNCERTAIN", "QUEUED");
    answer.countDown();
  }

  @Test
  void whatIsWaitedForTakesLessThanHalfAMinute() throws IOException {
    PropertySource<?> settings =
        new YamlPropertySourceLoader()
            .load("config", new FileSystemResource("config/application.yaml"))
            .get(0);
    int routes = (Integer) settings.getProperty("camel.main.shutdown-timeout");
    Duration requests =
        DurationStyle.detectAndParse(
            String.valueOf(settings.getProperty("spring.lifecycle.timeout-per-shutdown-phase")));
    String unit = Files.readString(Path.of("src/main/dist/systemd/facteur.service"));
    Matcher patience = Pattern.compile("TimeoutStopSec=(\\d+)").matcher(unit);

    assertThat(settings.getProperty("server.shutdown")).isEqualTo("graceful");
    assertThat(requests.plusSeconds(routes)).isLessThan(Duration.ofSeconds(30));
    assertThat(patience.find()).isTrue();
    assertThat(Integer.parseInt(patience.group(1))).isGreaterThanOrEqualTo(60);
  }

  private CompletableFuture<Void> holdNextDot() {
    CompletableFuture<Void> dot = new CompletableFuture<>();
    facteur
        .smtp()
        .atNextDot(
            () -> {
              dot.complete(null);
              try {
                answer.await(60, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    return dot;
  }

  private static long count(Billed billed, String state) {
    return billed.transmissions().stream()
        .filter(transmission -> transmission.replaceFirst(" \\d+$", "").startsWith(state))
        .count();
  }

  private static void awaitBlockedStatement() {
    Awaitility.await("a request that waits for the lock")
        .until(
            () ->
                facteur
                        .jdbc()
                        .sql(
                            """
                            SELECT COUNT(*) FROM information_schema.processlist
                            WHERE info LIKE 'SELECT u.name FROM app_user%FOR UPDATE%'
                            """)
                        .query(Integer.class)
                        .single()
                    > 0);
  }

  private static void assertNoSecretIsLogged() {
    for (String secret : secrets("fct_")) {
      assertThat(facteur.process().output()).doesNotContain(secret);
    }
  }

  /** As they are, and as they go over the line. */
  private static List<String> secrets(String token) {
    return List.of(
        ADMIN,
        SMTP,
        BROKER,
        io.facteur.testing.TestDatabase.password(),
        token,
        base64("admin:" + ADMIN),
        base64("\0office\0" + SMTP),
        base64(SMTP));
  }

  private static HttpResponse<String> get(String path, String authorization) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(url(path)).header("Authorization", authorization).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> send(String method, String path, String body)
      throws Exception {
    return sendAsync(method, path, body).get(60, TimeUnit.SECONDS);
  }

  private static CompletableFuture<HttpResponse<String>> sendAsync(
      String method, String path, String body) {
    return HttpClient.newHttpClient()
        .sendAsync(
            HttpRequest.newBuilder(url(path))
                .header("Authorization", basic("admin", ADMIN))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static URI url(String path) {
    Matcher port =
        Pattern.compile("Tomcat started on port (\\d+)").matcher(facteur.process().output());
    assertThat(port.find()).isTrue();
    return URI.create("http://127.0.0.1:" + port.group(1) + path);
  }

  private static String basic(String user, String password) {
    return "Basic " + base64(user + ":" + password);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
