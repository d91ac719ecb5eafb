package io.facteur.benchmark;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A company with any number of contracts, all due on one day, written by a handful of statements:
 * each contract with a customer of its own and two to four lines, three on average.
 */
public final class BilledCompany {

  static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

  private static final LocalDate PERIOD_FROM = LocalDate.of(2026, 3, 1);
  private static final LocalDate PERIOD_TO = LocalDate.of(2026, 3, 31);

  private final JdbcClient jdbc;
  private final String code;
  private final int contracts;
  private final long id;
  private long run;

  private BilledCompany(JdbcClient jdbc, String code, int contracts) {
    this.jdbc = jdbc;
    this.code = code;
    this.contracts = contracts;
    this.id = company();
  }

  /** Writes it; its contracts leave drafts. */
  public static BilledCompany load(JdbcClient jdbc, String code, int contracts) {
    BilledCompany company = new BilledCompany(jdbc, code, contracts);
    company.contacts();
    company.contracts();
    company.schedules();
    company.lines();
    return company;
  }

  int contractCount() {
    return contracts;
  }

  /** Orders its billing run, as the clerk's request does. */
  public long order() {
    run =
        jdbc.sql(
                """
                INSERT INTO run (kind, company_id, as_of, state, started_by)
                VALUES ('BILLING', ?, ?, 'RUNNING', 'benchmark') RETURNING id
                """)
            .params(id, TODAY)
            .query(Long.class)
            .single();
    return run;
  }

  /**
   * From now on its contracts say that drafts are to be issued at once; those it has are released.
   */
  public void issueAtOnce() {
    jdbc.sql(
            """
            UPDATE billing_schedule s JOIN contract c ON c.id = s.contract_id
            SET s.release_policy = 'ISSUE' WHERE c.company_id = ?
            """)
        .param(id)
        .update();
    jdbc.sql(
            """
            UPDATE document SET released_at = UTC_TIMESTAMP(6), released_by = 'benchmark'
            WHERE company_id = ? AND state = 'DRAFT'
            """)
        .param(id)
        .update();
  }

  /**
   * From now on each invoice goes by e-mail, every second one on paper as well, and every second
   * one through a network: four combinations, two deliveries on average.
   */
  void dispatchTwice() {
    dispatch("EMAIL", 0, 1, 2, 3);
    dispatch("POST", 0, 2);
    dispatch("EINVOICE", 1, 2);
  }

  private void dispatch(String channel, Integer... ofFour) {
    jdbc.sql(
            """
            INSERT INTO dispatch_definition (contract_id, domain, channel, role)
            SELECT id, 'INVOICE', :channel, 'CONTRACTING_PARTY' FROM contract
            WHERE company_id = :company AND SUBSTRING_INDEX(number, '-', -1) MOD 4 IN (:ofFour)
            """)
        .param("channel", channel)
        .param("company", id)
        .param("ofFour", List.of(ofFour))
        .update();
  }

  /** Lets its run go on; it issues what waits for that. */
  long orderAgain() {
    jdbc.sql("UPDATE run SET state = 'RUNNING', finished_at = NULL WHERE id = ?")
        .param(run)
        .update();
    return run;
  }

  long documents() {
    return count("SELECT COUNT(*) FROM document WHERE company_id = ?");
  }

  long issued() {
    return count("SELECT COUNT(*) FROM document WHERE company_id = ? AND state = 'ISSUED'");
  }

  /** Contracts without an invoice for the period. */
  long missing() {
    return jdbc.sql(
            """
            SELECT COUNT(*) FROM contract c WHERE c.company_id = ? AND NOT EXISTS (
              SELECT 1 FROM document d
              WHERE d.contract_id = c.id AND d.period_from = ? AND d.period_to = ?)
            """)
        .params(id, PERIOD_FROM, PERIOD_TO)
        .query(Long.class)
        .single();
  }

  /** Contracts with more than one invoice. */
  long doubled() {
    return count(
        """
        SELECT COUNT(*) FROM (SELECT contract_id FROM document WHERE company_id = ?
          GROUP BY contract_id HAVING COUNT(*) > 1) x
        """);
  }

  /** Invoices whose lines or VAT are not all there, or whose contract does not know of them. */
  long incomplete() {
    return count(
        """
        SELECT COUNT(*) FROM document d
        JOIN billing_schedule s ON s.contract_id = d.contract_id
        WHERE d.company_id = ? AND (
          NOT (s.billed_through <=> d.period_to)
          OR (SELECT COUNT(*) FROM document_line l WHERE l.document_id = d.id)
            <> (SELECT COUNT(*) FROM contract_line l WHERE l.contract_id = d.contract_id)
          OR (SELECT SUM(l.net_amount) FROM document_line l WHERE l.document_id = d.id)
            <> d.line_net_total
          OR NOT ((SELECT SUM(v.tax_amount) FROM vat_breakdown v WHERE v.document_id = d.id)
            <=> d.tax_total))
        """);
  }

  /** Lets all its mails wait once more, as if they had not been sent. */
  void sendMailsAgain() {
    jdbc.sql(
            """
            UPDATE transmission t JOIN delivery v ON v.transmission_id = t.id
            JOIN document d ON d.id = v.document_id
            SET t.state = 'WAITING', t.due_at = UTC_TIMESTAMP(6), t.attempts = 0, t.marked_at = NULL,
              t.unclear_write = NULL, v.state = 'QUEUED', v.evidence = NULL
            WHERE d.company_id = ? AND v.channel = 'EMAIL'
            """)
        .param(id)
        .update();
  }

  /** How many deliveries there are of each channel and state, as {@code EMAIL SENT}. */
  Map<String, Long> deliveries() {
    Map<String, Long> found = new TreeMap<>();
    jdbc.sql(
            """
            SELECT CONCAT(v.channel, ' ', v.state), COUNT(*)
            FROM delivery v JOIN document d ON d.id = v.document_id
            WHERE d.company_id = ? GROUP BY 1
            """)
        .param(id)
        .query(
            row -> {
              found.put(row.getString(1), row.getLong(2));
            });
    return found;
  }

  /** Files with a valid e-invoice inside, each rendered for all channels of its invoice. */
  long eInvoices() {
    return count(
        """
        SELECT COUNT(*) FROM rendition r JOIN document d ON d.id = r.document_id
        WHERE d.company_id = ? AND r.embeds_xml
        """);
  }

  private long count(String sql) {
    return jdbc.sql(sql).param(id).query(Long.class).single();
  }

  private long company() {
    return jdbc.sql(
            """
            INSERT INTO company (code, name, street, postcode, city, country, vat_id,
              registration_id, registration_scheme, email, phone, contact_name, iban, bic, currency,
              language, time_zone, number_prefix, fixed_billing_date)
            VALUES (:code, 'Acme SA', '1 rue du Port', '44000', 'Nantes', 'FR', 'FR32123456789',
              '123456782', '0002', 'factures@acme.example', '+33 2 40 00 00 00',
              'Service facturation', 'FR1420041010050500013M02606', 'PSSTFRPP', 'EUR', 'fr',
              'Europe/Paris', :code, :today)
            RETURNING id
            """)
        .param("code", code)
        .param("today", TODAY)
        .query(Long.class)
        .single();
  }

  private void contacts() {
    numbered(
        """
        INSERT INTO contact (company_id, code, kind, name, additional_name, street, postcode, city,
          country, language, vat_id, general_email, endpoint_scheme, endpoint_id, buyer_reference)
        SELECT :company, CONCAT(:code, '-', seq), 'CUSTOMER', CONCAT('Customer ', seq), 'Accounts',
          CONCAT(seq MOD 97, ' quai Ouest'), '35000', 'Rennes', 'FR', 'fr', 'FR83404833048',
          CONCAT('customer', seq, '@customer.example'), '0002', '404833048', 'PO-BOX'
        FROM %s
        """);
  }

  private void contracts() {
    numbered(
        """
        INSERT INTO contract (company_id, number, contracting_party_id, start_date, order_reference)
        SELECT :company, CONCAT(:code, '-', seq), c.id, '2026-03-01', CONCAT('ORDER-', seq)
        FROM %s JOIN contact c ON c.code = CONCAT(:code, '-', seq)
        """);
  }

  private void schedules() {
    jdbc.sql(
            """
            INSERT INTO billing_schedule (contract_id, interval_months, timing, anchor_day,
              release_policy)
            SELECT id, 1, 'ADVANCE', 1, 'DRAFT' FROM contract WHERE company_id = :company
            """)
        .param("company", id)
        .update();
    jdbc.sql("UPDATE contract SET next_due = start_date WHERE company_id = :company")
        .param("company", id)
        .update();
  }

  private void lines() {
    jdbc.sql(
            """
            INSERT INTO contract_line (contract_id, position, name, description, quantity, unit_code,
              unit_price, discount_percent, vat_category, vat_rate)
            SELECT c.id, n.seq, CONCAT('Service ', n.seq), 'Subscription with support on workdays',
              1 + c.id MOD 3, 'MON', 9.9 + c.id MOD 50, IF(n.seq = 2, 5, 0), 'S',
              IF(n.seq = 3, 5.5, 20)
            FROM contract c JOIN seq_1_to_4 n ON n.seq <= 2 + c.id MOD 3
            WHERE c.company_id = :company
            """)
        .param("company", id)
        .update();
  }

  private void numbered(String sql) {
    jdbc.sql(sql.formatted("seq_1_to_" + contracts))
        .param("company", id)
        .param("code", code)
        .update();
  }
}
