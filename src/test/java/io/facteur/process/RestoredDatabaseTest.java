package io.facteur.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.facteur.embedded.EmbeddedMariaDb;
import io.facteur.embedded.TestFolders;
import io.facteur.process.KillableFacteur.Billed;
import io.facteur.testing.ScriptedSmtpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

/** The database is restored from an older backup: nothing goes twice, and people see what went. */
class RestoredDatabaseTest {

  private static final String PASSWORD = "only-for-tests";
  private static final Pattern API = Pattern.compile("API +(http://\\S+)/api");
  private static final Pattern MESSAGE_ID = Pattern.compile("(?m)^Message-ID: (\\S+)");

  private final ObjectMapper json = new ObjectMapper();
  private Path folder;
  private EmbeddedMariaDb server;
  private KillableFacteur facteur;

  @BeforeEach
  void install() throws IOException {
    folder = TestFolders.fresh("restored");
    server = start();
    var database =
        new DriverManagerDataSource(server.jdbcUrl(), EmbeddedMariaDb.USER, server.password());
    Flyway.configure().dataSource(database).locations("classpath:db/migration").load().migrate();
    facteur =
        new KillableFacteur(
            database,
            server.jdbcUrl(),
            server.password(),
            "--facteur.beat-interval=50",
            "--facteur.smtp.connections=1",
            "--facteur.admin.password=" + PASSWORD);
  }

  @AfterEach
  void remove() throws IOException {
    facteur.close();
    server.close();
  }

  @Test
  void aRestoredDatabaseIsHeldShowsWhatWentAndSendsNothingTwice() throws Exception {
    facteur.process().start();
    facteur.bill(1, "EMAIL", "POST").awaitDeliveries("1: EMAIL SENT", "1: POST SPOOLED");
    for (int i = 0; i < 3; i++) {
      facteur.smtp().answers("RCPT", "451 4.7.1 come back later");
    }
    Billed waiting = facteur.bill(3, "EMAIL");
    waiting.awaitStates("FAILED", "FAILED", "FAILED");
    facteur.process().stop();
    Billed billedLater = facteur.bill(2, "EMAIL", "POST");
    backup();

    facteur.process().start();
    billedLater.awaitDeliveries(
        "1: EMAIL SENT", "1: POST SPOOLED", "2: EMAIL SENT", "2: POST SPOOLED");
    facteur.smtp().answers("DOT", ScriptedSmtpServer.ACCEPT_AND_HANG_UP);
    facteur.jdbc().sql("UPDATE transmission SET due_at = UTC_TIMESTAMP(6)").update();
    waiting.awaitStates("SENT", "SENT", "UNCERTAIN");
    facteur.process().stop();
    int sent = facteur.smtp().accepted().size();

    restore();
    facteur.process().start();

    assertThat(facteur.process().output()).contains("HELD since").contains("HELD       nothing");
    JsonNode hold = get("/api/hold");
    assertThat(hold.get("held").asBoolean()).isTrue();
    assertThat(hold.get("reason").asText()).contains("was restored from a backup");
    assertThat(hold.at("/nodes/0/complete").asBoolean()).isTrue();
    assertThat(hold.at("/counts/HANDED_OVER").asInt()).as(hold.toString()).isEqualTo(3);
    assertThat(hold.at("/counts/UNKNOWN_DELIVERY").asInt()).as(hold.toString()).isEqualTo(4);
    assertThat(hold.at("/counts/UNKNOWN_DOCUMENT").asInt()).as(hold.toString()).isEqualTo(2);
    assertThat(hold.at("/counts/UNKNOWN_FILE").asInt()).as(hold.toString()).isZero();
    assertThat(get("/api/hold/findings?kind=UNKNOWN_DOCUMENT").findValuesAsText("contract"))
        .containsExactlyElementsOf(contractsOf(billedLater));
    assertThat(metric()).contains("facteur_held 1.0");

    letTimePass();

    assertThat(facteur.smtp().accepted()).hasSize(sent);
    assertThat(billedLater.documents()).isEmpty();
    assertThat(waiting.states()).containsExactly("FAILED", "FAILED", "FAILED");

    int findings = hold.get("findings").asInt();
    assertThat(release(findings + 1).statusCode()).isEqualTo(409);
    assertThat(get("/api/hold").get("held").asBoolean()).isTrue();
    HttpResponse<String> released = release(findings);
    assertThat(released.statusCode()).as(released.body()).isEqualTo(200);
    assertThat(release(findings).statusCode()).as("once more").isEqualTo(200);

    waiting.awaitStates("SENT", "SENT", "UNCERTAIN");
    billedLater.awaitDeliveries(
        "3: EMAIL SENT", "3: POST SPOOLED", "4: EMAIL SENT", "4: POST SPOOLED");
    waiting.assertOneMailEach(3);
    assertThat(messageIds()).doesNotHaveDuplicates().hasSize(facteur.smtp().accepted().size());
    assertThat(get("/api/hold").get("held").asBoolean()).isFalse();

    JsonNode uncertain = get("/api/deliveries?state=UNCERTAIN").at("/items/0");
    assertThat(uncertain.at("/evidence/journal").asText()).startsWith("node ");
    assertThat(uncertain.at("/reason").asText()).contains("Settle it by evidence");
    HttpResponse<String> settled =
        call(
            "POST",
            "/api/deliveries/resolve",
            "text/plain",
            relayLog(uncertain.at("/transmission/messageId").asText()));
    assertThat(json.readTree(settled.body()).at("/settled/0/outcome").asText())
        .as(settled.body())
        .isEqualTo("SENT");
    waiting.awaitStates("SENT", "SENT", "SENT");
  }

  @Test
  void aRestoreUnderARunningNodeIsNoticedBeforeAnythingGoesOut() throws Exception {
    facteur.process().start();
    facteur.bill(1, "EMAIL").awaitDeliveries("1: EMAIL SENT");
    letTimePass();
    facteur.smtp().answers("RCPT", "451 4.7.1 come back later");
    Billed waiting = facteur.bill(1, "EMAIL");
    waiting.awaitStates("FAILED");
    server.close();
    copy(data(), backupFolder());
    server = start();
    facteur.jdbc().sql("UPDATE transmission SET due_at = UTC_TIMESTAMP(6)").update();
    waiting.awaitStates("SENT");
    letTimePass();

    restore();
    Awaitility.await("hold")
        .atMost(Duration.ofSeconds(30))
        .until(() -> facteur.process().output().contains("HELD since"));
    facteur.jdbc().sql("UPDATE transmission SET due_at = UTC_TIMESTAMP(6)").update();
    letTimePass();

    waiting.assertOneMailEach(1);
    assertThat(get("/api/hold").at("/counts/HANDED_OVER").asInt()).isEqualTo(1);
  }

  @Test
  void aKillIsNotTakenForARestore() throws Exception {
    facteur.process().start();
    facteur.bill(3, "EMAIL").awaitDeliveries("1: EMAIL SENT", "2: EMAIL SENT", "3: EMAIL SENT");
    facteur.process().kill9();

    facteur.process().start();

    assertThat(get("/api/hold").get("held").asBoolean()).isFalse();
    facteur.awaitALaterInvoice();
  }

  private void letTimePass() {
    long beat = beat();
    Awaitility.await("beats").atMost(Duration.ofSeconds(60)).until(() -> beat() > beat + 20);
  }

  private long beat() {
    return facteur.jdbc().sql("SELECT beat FROM installation").query(Long.class).single();
  }

  private List<String> contractsOf(Billed billed) {
    return facteur
        .jdbc()
        .sql("SELECT number FROM contract WHERE company_id = ? ORDER BY id")
        .param(billed.company())
        .query(String.class)
        .list();
  }

  private List<String> messageIds() {
    return facteur.smtp().accepted().stream()
        .map(mail -> MESSAGE_ID.matcher(mail.content()))
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .toList();
  }

  private static String relayLog(String messageId) {
    return """
        Mar  2 10:00:01 mx postfix/cleanup[71]: 4F3A12: message-id=%s
        Mar  2 10:00:02 mx postfix/smtp[72]: 4F3A12: to=<a@b.example>, relay=mx[192.0.2.1]:25, dsn=2.0.0, status=sent (250 2.0.0 Ok)
        """
        .formatted(messageId);
  }

  private EmbeddedMariaDb start() {
    return EmbeddedMariaDb.start(folder, EmbeddedMariaDb.DURABLE, step -> {});
  }

  private Path data() {
    return folder.resolve("data");
  }

  private Path backupFolder() {
    return folder.resolve("backup");
  }

  private void backup() throws IOException {
    server.close();
    copy(data(), backupFolder());
    server = start();
  }

  private void restore() throws IOException {
    server.close();
    copy(backupFolder(), data());
    server = start();
  }

  private static void copy(Path from, Path to) throws IOException {
    FileSystemUtils.deleteRecursively(to);
    FileSystemUtils.copyRecursively(from, to);
  }

  private HttpResponse<String> release(int count) throws Exception {
    return call(
        "POST",
        "/api/hold/release",
        "application/json",
        "{\"count\": %d, \"lostPeriods\": \"BILL_AGAIN\"}".formatted(count));
  }

  private String metric() throws Exception {
    return call("GET", "/actuator/prometheus", "text/plain", "").body();
  }

  private JsonNode get(String path) throws Exception {
    HttpResponse<String> answer = call("GET", path, "application/json", "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json.readTree(answer.body());
  }

  private HttpResponse<String> call(String method, String path, String type, String body)
      throws IOException, InterruptedException {
    Matcher api = API.matcher(facteur.process().output());
    assertThat(api.find()).isTrue();
    String basic =
        Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(api.group(1) + path))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", type)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
