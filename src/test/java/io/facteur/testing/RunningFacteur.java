package io.facteur.testing;

import io.facteur.FacteurApplication;
import io.facteur.contract.BillingPeriod;
import io.facteur.contract.Role;
import io.facteur.contract.VatCategory;
import io.facteur.delivery.IssueOrder;
import io.facteur.delivery.IssueResult;
import io.facteur.delivery.IssueRoute;
import io.facteur.document.DocumentId;
import io.facteur.document.Drafts;
import io.facteur.document.NewDocument;
import io.facteur.document.NewLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;

/**
 * The whole product in this JVM: its real routes (or an edited copy), a MariaDB of its own, a
 * scripted SMTP server, and folders to look into. Company ACME bills in EUR from Nantes.
 */
public final class RunningFacteur implements AutoCloseable {

  private static final LocalDate ISSUED_ON = LocalDate.of(2026, 3, 2);
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final ScriptedSmtpServer smtp = new ScriptedSmtpServer();
  private final Path data;
  private final ConfigurableApplicationContext context;

  private RunningFacteur(Path routes, List<String> settings) {
    data = Path.of("target", "running", String.valueOf(NUMBER.incrementAndGet()));
    FileSystemUtils.deleteRecursively(data.toFile());
    List<String> arguments = new ArrayList<>();
    arguments.add("--facteur.data=" + data);
    arguments.add("--facteur.routes=" + routes);
    arguments.add("--facteur.smtp.host=127.0.0.1");
    arguments.add("--facteur.smtp.port=" + smtp.port());
    arguments.add("--facteur.smtp.security=NONE");
    arguments.add("--facteur.claim-interval=50");
    arguments.add("--facteur.run-interval=100");
    arguments.add("--facteur.consumer-report-interval=100");
    arguments.add("--facteur.recovery-interval=200");
    arguments.add("--facteur.samples=false");
    arguments.add("--server.port=0");
    arguments.add("--spring.datasource.url=" + TestDatabase.emptyUrl());
    arguments.add("--spring.datasource.username=" + TestDatabase.username());
    arguments.add("--spring.datasource.password=" + TestDatabase.password());
    arguments.addAll(settings);
    context =
        new SpringApplicationBuilder(FacteurApplication.class)
            .initializers(new WithoutTestClasses())
            .run(arguments.toArray(String[]::new));
    company();
  }

  /** With the routes as they are. */
  public static RunningFacteur start(String... settings) {
    return new RunningFacteur(Path.of("routes"), List.of(settings));
  }

  /** With an edited copy of the routes. */
  public static RunningFacteur start(Path routes, String... settings) {
    return new RunningFacteur(routes, List.of(settings));
  }

  /** A copy of the routes for a test to edit. */
  public static Path copyOfRoutes() {
    Path copy = Path.of("target", "edited-routes", String.valueOf(NUMBER.incrementAndGet()));
    try {
      FileSystemUtils.deleteRecursively(copy);
      FileSystemUtils.copyRecursively(Path.of("routes"), copy);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return copy;
  }

  public ScriptedSmtpServer smtp() {
    return smtp;
  }

  public Path data() {
    return data;
  }

  public <T> T get(Class<T> type) {
    return context.getBean(type);
  }

  /** Where its REST interface listens. */
  public int port() {
    return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  public JdbcClient jdbc() {
    return get(JdbcClient.class);
  }

  /**
   * A contract of a new customer (e-mail, postal address and network endpoint known) with a
   * delivery address of its own.
   *
   * @param definitions each {@code CHANNEL ROLE}, then optionally {@code domain=} (else INVOICE),
   *     {@code format=}, {@code template=} or {@code copy}
   */
  public String contract(String... definitions) {
    int n = NUMBER.incrementAndGet();
    long customer = contact("C" + n, "customer" + n + "@client.example");
    long delivery = contact("D" + n, "delivery" + n + "@client.example");
    long contract =
        jdbc()
            .sql(
                """
                INSERT INTO contract (company_id, number, contracting_party_id, delivery_address_id, start_date)
                SELECT id, ?, ?, ?, '2026-01-01' FROM company WHERE code = 'ACME' RETURNING id
                """)
            .params("K-" + n, customer, delivery)
            .query(Long.class)
            .single();
    Stream.of(definitions).forEach(definition -> define(contract, definition.split(" ")));
    return "K-" + n;
  }

  /** Issues one invoice of the contract through the routes. */
  public DocumentId issue(String contract) {
    return issue(contract, line(VatCategory.S, "20"));
  }

  /** Issues an invoice with the given line. */
  public DocumentId issue(String contract, NewLine line) {
    LocalDate from = LocalDate.of(2026, 3, 1).plusMonths(NUMBER.incrementAndGet());
    var period = new BillingPeriod(from, from.plusMonths(1).minusDays(1));
    DocumentId draft =
        get(Drafts.class)
            .add(NewDocument.invoice("ACME", contract, period, List.of(line)), "clerk");
    return issue(draft);
  }

  /** Issues a draft. */
  public DocumentId issue(DocumentId draft) {
    IssueResult result =
        get(IssueRoute.class).issue(new IssueOrder(List.of(draft), ISSUED_ON, "clerk"));
    if (!result.problems().isEmpty()) {
      throw new IllegalStateException(result.problems().get(0).reason());
    }
    return draft;
  }

  public static NewLine line(VatCategory category, String rate) {
    return new NewLine(
        "Abonnement",
        null,
        BigDecimal.ONE,
        "MON",
        new BigDecimal("100"),
        null,
        null,
        category,
        new BigDecimal(rate),
        category == VatCategory.S ? null : "Exempt");
  }

  /** {@code CHANNEL ROLE STATE} of each delivery of a document, sorted. */
  public List<String> deliveries(DocumentId document) {
    return jdbc()
        .sql(
            """
            SELECT CONCAT(channel, ' ', role, ' ', state, IF(retry_at IS NULL, '', ' will retry'))
            FROM delivery WHERE document_id = ? ORDER BY 1
            """)
        .param(document.value())
        .query(String.class)
        .list();
  }

  /** Waits until the document's deliveries are these. */
  public void awaitDeliveries(DocumentId document, String... expected) {
    Awaitility.await("deliveries of document " + document.value())
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(
            () ->
                org.assertj.core.api.Assertions.assertThat(deliveries(document))
                    .containsExactlyInAnyOrder(expected));
  }

  public String reason(DocumentId document, String channel) {
    return jdbc()
        .sql("SELECT reason FROM delivery WHERE document_id = ? AND channel = ?")
        .params(document.value(), channel)
        .query(String.class)
        .single();
  }

  /** Lets everything that waits for a later attempt go at once. */
  public void makeRetriesDue() {
    jdbc()
        .sql("UPDATE transmission SET due_at = UTC_TIMESTAMP(6) WHERE state = 'WAITING'")
        .update();
  }

  /** Names of the files in a folder below the data folder; none if there is no such folder. */
  public List<String> files(String folder) {
    Path path = data.resolve(folder);
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(path)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void define(long contract, String[] words) {
    String domain = "INVOICE";
    String format = null;
    String template = null;
    boolean copy = false;
    for (String word : words) {
      domain = word.startsWith("domain=") ? word.substring(7) : domain;
      format = word.startsWith("format=") ? word.substring(7) : format;
      template = word.startsWith("template=") ? word.substring(9) : template;
      copy |= word.equals("copy");
    }
    jdbc()
        .sql(
            """
            INSERT IGNORE INTO communication_place (contact_id, kind, place, value)
            SELECT contracting_party_id, 'EMAIL', 'PRIVATE', 'me@home.example' FROM contract WHERE id = ?
            """)
        .param(contract)
        .update();
    jdbc()
        .sql(
            """
            INSERT INTO dispatch_definition (contract_id, domain, channel, role, individual_address, format,
              template, is_copy)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            contract,
            domain,
            words[0],
            words[1],
            Role.valueOf(words[1]) == Role.INDIVIDUAL ? "me@home.example" : null,
            format,
            template,
            copy)
        .update();
  }

  private void company() {
    jdbc()
        .sql(
            """
            INSERT INTO company (code, name, street, postcode, city, country, vat_id, registration_id,
              registration_scheme, email, phone, contact_name, iban, bic, currency, language, time_zone,
              number_prefix, endpoint_scheme, endpoint_id)
            VALUES ('ACME', 'Acme SA', '1 rue du Port', '44000', 'Nantes', 'FR', 'FR32123456789', '123456782',
              '0002', 'factures@acme.example', '+33 2 40 00 00 00', 'Service facturation',
              'FR1420041010050500013M02606', 'PSSTFRPP', 'EUR', 'fr', 'Europe/Paris', 'AC', '0225', '123456782')
            """)
        .update();
  }

  private long contact(String code, String email) {
    return jdbc()
        .sql(
            """
            INSERT INTO contact (company_id, code, kind, name, street, postcode, city, country, language, vat_id,
              general_email, endpoint_scheme, endpoint_id)
            SELECT id, :code, 'CUSTOMER', CONCAT('Client ', :code), '2 quai Ouest', '35000', 'Rennes', 'FR', 'fr',
              'FR83404833048', :email, '0225', '404833048'
            FROM company WHERE code = 'ACME'
            RETURNING id
            """)
        .param("code", code)
        .param("email", email)
        .query(Long.class)
        .single();
  }

  @Override
  public void close() {
    context.close();
    try {
      smtp.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
