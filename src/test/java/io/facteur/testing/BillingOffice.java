package io.facteur.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.facteur.addressing.ReachSettings;
import io.facteur.contract.ContractId;
import io.facteur.contract.Contracts;
import io.facteur.contract.DocumentFormats;
import io.facteur.delivery.LedgerSettings;
import io.facteur.dispatch.DispatchSettings;
import io.facteur.party.CurrentActor;
import io.facteur.rendering.DocumentRenderer;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A database of its own with the beans that make documents, and those of further packages on
 * request; master data to bill: company {@code ACME} (prefix {@code AC}, EUR, 30 days), contacts
 * and contracts on request.
 */
public final class BillingOffice implements AutoCloseable {

  @EnableTransactionManagement
  private static final class Transactions {}

  private static final AtomicInteger COMPANIES = new AtomicInteger();
  private static final AtomicInteger NODES = new AtomicInteger();

  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();
  private final DataSource database;
  private final JdbcClient jdbc;
  private long company;

  /** Opens the office with the beans of the given packages. */
  public static BillingOffice open(Clock clock, String... packages) {
    return open(clock, context -> {}, packages);
  }

  /** Opens the office with some beans more. */
  public static BillingOffice open(
      Clock clock, Consumer<AnnotationConfigApplicationContext> more, String... packages) {
    return new BillingOffice(TestDatabase.fresh(), clock, more, packages);
  }

  /**
   * Opens the office with billing, the ledger and runs: all that makes documents and sends them.
   */
  public static BillingOffice openWithRuns(Clock clock) {
    return withRuns(TestDatabase.fresh(), clock);
  }

  /** Another node, with services of its own on the same database. */
  public BillingOffice otherNode(Clock clock) {
    return withRuns(database, clock);
  }

  private static BillingOffice withRuns(DataSource database, Clock clock) {
    String node = "node-" + NODES.incrementAndGet();
    return new BillingOffice(
        database,
        clock,
        context -> {
          context
              .getEnvironment()
              .getPropertySources()
              .addFirst(
                  new MapPropertySource(
                      "test", Map.of("facteur.node", node, "facteur.data", "target")));
          context.registerBean(
              DispatchSettings.class,
              () -> new DispatchSettings(List.of("EMAIL", "POST"), "POST", 3));
          context.registerBean(DocumentRenderer.class, () -> Rendering.renderer());
          context.registerBean(
              LedgerSettings.class,
              () ->
                  new LedgerSettings(
                      Duration.ofMinutes(5),
                      Duration.ofMinutes(15),
                      Duration.ofMinutes(1),
                      Duration.ofSeconds(30)));
        },
        "io.facteur.billing",
        "io.facteur.dispatch",
        "io.facteur.delivery",
        "io.facteur.run");
  }

  /** Opens the office on a database that has the schema. */
  public static BillingOffice on(DataSource database, Clock clock) {
    return new BillingOffice(database, clock, context -> {});
  }

  private BillingOffice(
      DataSource database,
      Clock clock,
      Consumer<AnnotationConfigApplicationContext> more,
      String... packages) {
    this.database = database;
    jdbc = JdbcClient.create(database);
    context.registerBean(DataSource.class, () -> database);
    context.registerBean(JdbcTemplate.class, () -> new JdbcTemplate(database));
    context.registerBean(JdbcClient.class, () -> jdbc);
    context.registerBean(JdbcTransactionManager.class, () -> new JdbcTransactionManager(database));
    context.registerBean(Clock.class, () -> clock);
    context.registerBean(CurrentActor.class, () -> () -> "clerk");
    context.registerBean(ObjectMapper.class, () -> new ObjectMapper().findAndRegisterModules());
    context.registerBean(AllRoutes.class, AllRoutes::new);
    context.registerBean(DocumentFormats.class, Rendering::formats);
    context.registerBean(ReachSettings.class, () -> ReachSettings.STANDARD);
    more.accept(context);
    context.register(Transactions.class);
    context.scan(
        "io.facteur.party",
        "io.facteur.contract",
        "io.facteur.document",
        "io.facteur.addressing",
        "io.facteur.metering");
    Stream.of(packages).forEach(context::scan);
    context.refresh();
    company = company();
  }

  private long company() {
    return jdbc.sql("SELECT id FROM company WHERE code = 'ACME'")
        .query(Long.class)
        .optional()
        .orElseGet(() -> company("ACME", "AC"));
  }

  public <T> T get(Class<T> type) {
    return context.getBean(type);
  }

  public JdbcClient jdbc() {
    return jdbc;
  }

  public TransactionTemplate transaction() {
    TransactionTemplate transaction =
        new TransactionTemplate(context.getBean(JdbcTransactionManager.class));
    transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
    return transaction;
  }

  public long company(String code, String prefix) {
    return insert(
        """
        INSERT INTO company (code, name, street, postcode, city, country, vat_id, registration_id,
          registration_scheme, email, phone, contact_name, iban, bic, currency, language, time_zone, number_prefix)
        VALUES (:code, 'Acme SA', '1 rue du Port', '44000', 'Nantes', 'FR', 'FR32123456789', '123456782',
          '0002', 'factures@acme.example', '+33 2 40 00 00 00', 'Service facturation',
          'FR1420041010050500013M02606', 'PSSTFRPP', 'EUR', 'fr', 'Europe/Paris', :prefix)
        RETURNING id
        """,
        "code",
        code,
        "prefix",
        prefix);
  }

  /** A company like ACME with numbers of its own; contacts and contracts from here on are its. */
  public long newCompany() {
    int number = COMPANIES.incrementAndGet();
    company = company("ACME-" + number, "AC" + number);
    return company;
  }

  public long contact(String code) {
    return insert(
        """
        INSERT INTO contact (company_id, code, kind, name, additional_name, street, postcode, city, country,
          language, vat_id, general_email, endpoint_scheme, endpoint_id, buyer_reference)
        VALUES (:company, :code, 'CUSTOMER', CONCAT('Customer ', :code), 'Accounts', '2 quai Ouest', '35000',
          'Rennes', 'FR', 'fr', 'FR83404833048', 'post@customer.example', '0002', '404833048', 'PO-BOX')
        RETURNING id
        """,
        "company",
        company,
        "code",
        code);
  }

  /** A contract whose contracting party is {@code contact}, without lines or schedule. */
  public long contract(String number, long contact, LocalDate start) {
    return insert(
        """
        INSERT INTO contract (company_id, number, contracting_party_id, start_date, order_reference)
        VALUES (:company, :number, :contact, :start, 'ORDER-9')
        RETURNING id
        """,
        "company",
        company,
        "number",
        number,
        "contact",
        contact,
        "start",
        start);
  }

  public long line(long contract, int position, String quantity, String price) {
    return insert(
        """
        INSERT INTO contract_line (contract_id, position, name, quantity, unit_code, unit_price, vat_category,
          vat_rate)
        VALUES (:contract, :position, CONCAT('Line ', :position), :quantity, 'MON', :price, 'S', 20)
        RETURNING id
        """,
        "contract",
        contract,
        "position",
        position,
        "quantity",
        quantity,
        "price",
        price);
  }

  public void schedule(
      long contract,
      int months,
      String timing,
      int anchor,
      LocalDate billedThrough,
      String policy) {
    jdbc.sql(
            """
            INSERT INTO billing_schedule (contract_id, interval_months, timing, anchor_day, billed_through,
              release_policy)
            VALUES (?, ?, ?, ?, ?, ?)
            """)
        .params(contract, months, timing, anchor, billedThrough, policy)
        .update();
    noteNextDue(contract);
  }

  /** After rows of the contract were written by hand. */
  public void noteNextDue(long contract) {
    LocalDate nextDue =
        get(Contracts.class).byIds(List.of(new ContractId(contract))).get(0).nextDue();
    jdbc.sql("UPDATE contract SET next_due = ? WHERE id = ?").params(nextDue, contract).update();
  }

  private long insert(String sql, Object... namesAndValues) {
    JdbcClient.StatementSpec statement = jdbc.sql(sql);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      statement = statement.param((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return statement.query(Long.class).single();
  }

  @Override
  public void close() {
    context.close();
  }
}
