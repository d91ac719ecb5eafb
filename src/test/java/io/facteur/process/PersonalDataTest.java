package io.facteur.process;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.facteur.document.DocumentId;
import io.facteur.testing.RunningFacteur;
import io.facteur.testing.ScriptedSmtpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;

/** Nobody's address or name gets into the log, as production writes it, or into metrics. */
class PersonalDataTest {

  private static final String EMAIL = "EMAIL CONTRACTING_PARTY";
  private static final String POST = "POST CONTRACTING_PARTY";
  private static final String NAME = "Wilhelmine Geheimrat";
  private static final String ADDRESS = "wilhelmine@confidential.example";
  private static final String OTHER = "heimlich@confidential.example";
  private static final Pattern PERSONAL =
      Pattern.compile("wilhelmine|geheimrat|heimlich|confidential", Pattern.CASE_INSENSITIVE);
  private static final String PASSWORD = "only-for-tests";

  private static final List<String> LOG = new CopyOnWriteArrayList<>();
  private static final Logger ROOT = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private static final Level LEVEL_OF_TESTS = ROOT.getLevel();
  private static final Recording RECORDING = new Recording();

  private static RunningFacteur facteur;

  private String contract;

  /** All that an operator can see of an event, in whichever format he lets it be written. */
  private static final class Recording extends AppenderBase<ILoggingEvent> {

    @Override
    protected void append(ILoggingEvent event) {
      LOG.add(
          "%s %s %s %s %s"
              .formatted(
                  event.getLoggerName(),
                  event.getFormattedMessage(),
                  event.getMDCPropertyMap(),
                  event.getKeyValuePairs(),
                  ThrowableProxyUtil.asString(event.getThrowableProxy())));
    }
  }

  @BeforeAll
  static void startAsInProduction() {
    facteur = RunningFacteur.start("--facteur.admin.password=" + PASSWORD);
    RECORDING.start();
    ROOT.addAppender(RECORDING);
    ROOT.setLevel(Level.INFO);
  }

  @AfterAll
  static void stop() {
    facteur.close();
    ROOT.setLevel(LEVEL_OF_TESTS);
    ROOT.detachAppender(RECORDING);
  }

  @BeforeEach
  void aCustomerWithANameAndAnAddress() throws IOException {
    contract = facteur.contract(EMAIL);
    customer("name = '" + NAME + "', general_email = '" + ADDRESS + "'");
    facteur.smtp().closeConnections(null);
    LOG.clear();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jakarta.mail", "org.eclipse.angus.mail.smtp"})
  void whatTheMailLibraryLogsIsAmongIt(String library) {
    java.util.logging.Logger.getLogger(library).warning("seen");

    assertThat(LOG).anyMatch(line -> line.startsWith(library + " seen"));
  }

  @Test
  void ofAMailThatIsAccepted() {
    DocumentId invoice = facteur.issue(contract);

    facteur.awaitDeliveries(invoice, EMAIL + " SENT");
    assertNobodyIsNamed();
  }

  @ParameterizedTest
  @CsvSource({
    "MAIL, 550 5.7.1 no mail for wilhelmine@confidential.example",
    "RCPT, 550 5.1.1 <wilhelmine@confidential.example> Wilhelmine Geheimrat has left",
    "DATA, 554 5.5.1 no valid recipients: wilhelmine@confidential.example",
    "DOT, 550 5.7.1 spam for wilhelmine@confidential.example",
  })
  void ofAMailThatIsRefused(String command, String answer) {
    facteur.smtp().answers(command, answer);

    DocumentId invoice = facteur.issue(contract);

    facteur.awaitDeliveries(invoice, EMAIL + " FAILED", POST + " SPOOLED");
    assertThat(LOG).anyMatch(line -> line.contains("FAILED_FOR_GOOD"));
    assertNobodyIsNamed();
  }

  @ParameterizedTest
  @CsvSource({
    "GREETING, 421 4.3.2 no time for wilhelmine@confidential.example",
    "RCPT, 451 4.7.1 <wilhelmine@confidential.example> is greylisted",
    "RCPT, " + ScriptedSmtpServer.HANG_UP,
    "DATA, " + ScriptedSmtpServer.HANG_UP_IN_CONTENT,
    "DOT, 451 4.3.0 wilhelmine@confidential.example: later",
  })
  void ofAMailThatFailsForAMoment(String command, String answer) {
    facteur.smtp().answers(command, answer);

    DocumentId invoice = facteur.issue(contract);

    facteur.awaitDeliveries(invoice, EMAIL + " FAILED will retry");
    assertThat(LOG).anyMatch(line -> line.contains("FAILED_TEMPORARILY"));
    assertNobodyIsNamed();
  }

  @Test
  void ofAMailThatWasPerhapsTaken() {
    facteur.smtp().answers("DOT", ScriptedSmtpServer.ACCEPT_AND_HANG_UP);

    DocumentId invoice = facteur.issue(contract);

    facteur.awaitDeliveries(invoice, EMAIL + " UNCERTAIN");
    assertThat(LOG).anyMatch(line -> line.contains("UNCERTAIN"));
    assertNobodyIsNamed();
  }

  @Test
  void ofAMailWhoseAddressTheServerCannotCarry() {
    customer("general_email = 'geheimrätin@confidential.example'");

    DocumentId invoice = facteur.issue(contract);

    facteur.awaitDeliveries(invoice, EMAIL + " FAILED", POST + " SPOOLED");
    assertNobodyIsNamed();
  }

  @Test
  void ofAnInvoiceForWhichNoAddressIsFound() {
    customer("general_email = NULL");

    DocumentId invoice = facteur.issue(contract);

    facteur.awaitDeliveries(invoice, EMAIL + " SKIPPED", POST + " SPOOLED");
    assertNobodyIsNamed();
  }

  @Test
  void ofAMailThatCannotBeWritten() {
    customer("general_email = '" + OTHER + "'");
    facteur
        .jdbc()
        .sql("UPDATE dispatch_definition SET template = 'no-such' ORDER BY id DESC LIMIT 1")
        .update();

    DocumentId invoice = facteur.issue(contract);

    facteur.awaitDeliveries(invoice, EMAIL + " FAILED", POST + " SPOOLED");
    assertNobodyIsNamed();
  }

  /** As a database may hold it after a repair by hand. */
  @Test
  void ofAnAddressThatCannotBeRead() throws Exception {
    customer("general_email = 'wilhelmine@'");

    assertThat(call("GET", "/api/contacts/" + code(), null).statusCode()).isEqualTo(500);

    assertThat(LOG).anyMatch(line -> line.contains("Request failed, incident"));
    assertNobodyIsNamed();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PUT /api/contacts/%s/addresses {\"general\": \"Wilhelmine Geheimrat <heimlich@confidential.example>\"}",
        "PUT /api/contacts/%s/addresses {\"general\": [\"heimlich@confidential.example\"]}",
        "PUT /api/contacts/%s/addresses {\"general\": heimlich@confidential.example}",
        "PUT /api/contacts/%s/addresses {\"reminder\": {\"heimlich\": \"heimlich@confidential.example\"}}",
        "GET /api/contacts/%s?email=heimlich@confidential.example",
        "GET /api/contacts?email=heimlich@confidential.example&kind=heimlich@confidential.example",
        "GET /api/contacts/heimlich@confidential.example",
        "POST /api/contacts {\"code\": \"heimlich@confidential.example\"}",
      })
  void ofARequest(String request) throws Exception {
    String[] parts = request.formatted(code()).split(" ", 3);

    HttpResponse<String> answer = call(parts[0], parts[1], parts.length > 2 ? parts[2] : null);

    assertThat(answer.statusCode()).isBetween(200, 404);
    assertNobodyIsNamed();
  }

  @Test
  void andNoMetricIsTaggedWithAnybody() throws Exception {
    facteur.smtp().answers("RCPT", "550 5.1.1 <wilhelmine@confidential.example> unknown");
    DocumentId refused = facteur.issue(contract);
    facteur.awaitDeliveries(refused, EMAIL + " FAILED", POST + " SPOOLED");
    call("GET", "/api/contacts?email=heimlich@confidential.example", null);
    call("GET", "/api/contacts/heimlich@confidential.example", null);

    String metrics = call("GET", "/actuator/prometheus", null).body();

    assertThat(metrics).contains("http_server_requests", "camel_").doesNotContainPattern(PERSONAL);
    assertThat(metrics.lines().filter(line -> line.contains("@"))).isEmpty();
  }

  private void customer(String change) {
    facteur.jdbc().sql("UPDATE contact SET " + change + " WHERE code = ?").param(code()).update();
  }

  private String code() {
    return "C" + contract.substring("K-".length());
  }

  private static void assertNobodyIsNamed() {
    assertThat(LOG).allSatisfy(line -> assertThat(line).doesNotContainPattern(PERSONAL));
  }

  private static HttpResponse<String> call(String method, String path, String body)
      throws IOException, InterruptedException {
    String port = facteur.get(Environment.class).getProperty("local.server.port");
    String basic = "admin:" + PASSWORD;
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header(
                    "Authorization",
                    "Basic "
                        + Base64.getEncoder()
                            .encodeToString(basic.getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "application/json")
                .method(
                    method,
                    body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
