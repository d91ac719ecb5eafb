package io.facteur.cluster;

import java.time.LocalDate;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A company whose customers are all due on one day, each for one invoice that goes by mail and by
 * post.
 */
final class Customers {

  private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

  private final JdbcClient jdbc;
  private final String code;
  private final int number;

  private Customers(JdbcClient jdbc, String code, int number) {
    this.jdbc = jdbc;
    this.code = code;
    this.number = number;
  }

  static Customers load(JdbcClient jdbc, String code, int number) {
    Customers customers = new Customers(jdbc, code, number);
    customers.company();
    customers.contacts();
    customers.contracts();
    return customers;
  }

  String code() {
    return code;
  }

  int number() {
    return number;
  }

  /** Of the mailboxes of all its customers, what follows their numbers. */
  String mailboxes() {
    return "@" + code.toLowerCase(Locale.ROOT) + ".example";
  }

  /** Orders its billing run, as the clerk's request does. */
  void orderRun() {
    jdbc.sql(
            """
            INSERT INTO run (kind, company_id, as_of, state, started_by)
            SELECT 'BILLING', id, :today, 'RUNNING', 'cluster' FROM company WHERE code = :code
            """)
        .param("today", TODAY)
        .param("code", code)
        .update();
  }

  private void company() {
    jdbc.sql(
            """
            INSERT INTO company (code, name, street, postcode, city, country, vat_id,
              registration_id, registration_scheme, email, phone, contact_name, iban, bic, currency,
              language, time_zone, number_prefix, fixed_billing_date)
            VALUES (:code, 'Acme SA', '1 rue du Port', '44000', 'Nantes', 'FR', 'FR32123456789',
              '123456782', '0002', 'factures@acme.example', '+33 2 40 00 00 00',
              'Service facturation', 'FR1420041010050500013M02606', 'PSSTFRPP', 'EUR', 'fr',
              'Europe/Paris', :code, :today)
            """)
        .param("code", code)
        .param("today", TODAY)
        .update();
  }

  private void contacts() {
    numbered(
        """
        INSERT INTO contact (company_id, code, kind, name, street, postcode, city, country, language,
          vat_id, general_email)
        SELECT o.id, CONCAT(o.code, '-', seq), 'CUSTOMER', CONCAT('Customer ', seq),
          CONCAT(seq MOD 97, ' quai Ouest'), '35000', 'Rennes', 'FR', 'fr', 'FR83404833048',
          CONCAT('customer', seq, :mailboxes)
        FROM company o JOIN %s WHERE o.code = :code
        """);
  }

  private void contracts() {
    numbered(
        """
        INSERT INTO contract (company_id, number, contracting_party_id, start_date, next_due)
        SELECT c.company_id, c.code, c.id, '2026-03-01', '2026-03-01'
        FROM contact c JOIN %s ON c.code = CONCAT(:code, '-', seq)
        """);
    String ofAll = " FROM contract k JOIN company o ON o.id = k.company_id %s WHERE o.code = :code";
    each(
        """
        INSERT INTO contract_line (contract_id, position, name, quantity, unit_code, unit_price,
          vat_category, vat_rate)
        SELECT k.id, n.seq, CONCAT('Service ', n.seq), 1 + k.id MOD 3, 'MON', 9.9 + k.id MOD 50, 'S', 20
        """
            + ofAll.formatted("JOIN seq_1_to_3 n"));
    each(
        """
        INSERT INTO billing_schedule (contract_id, interval_months, timing, anchor_day, release_policy)
        SELECT k.id, 1, 'ADVANCE', 1, 'ISSUE'
        """
            + ofAll.formatted(""));
    for (String channel : new String[] {"EMAIL", "POST"}) {
      each(
          """
          INSERT INTO dispatch_definition (contract_id, domain, channel, role)
          SELECT k.id, 'INVOICE', '%s', 'CONTRACTING_PARTY'
          """
                  .formatted(channel)
              + ofAll.formatted(""));
    }
  }

  private void numbered(String sql) {
    jdbc.sql(sql.formatted("seq_1_to_" + number))
        .param("code", code)
        .param("mailboxes", mailboxes())
        .update();
  }

  private void each(String sql) {
    jdbc.sql(sql).param("code", code).update();
  }
}
