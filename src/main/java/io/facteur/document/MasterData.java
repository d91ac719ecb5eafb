package io.facteur.document;

import io.facteur.party.PostalAddress;
import io.facteur.party.TradeParty;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What documents take from companies, contacts and contracts, read for many documents at once: one
 * statement for each kind, however many are asked for.
 */
@Component
class MasterData {

  /** A company, with what its documents carry of it. */
  record Company(
      long id,
      String code,
      String numberPrefix,
      String currency,
      String language,
      int paymentDays,
      Seller seller) {}

  /** A contact, with what its documents carry of it. */
  record Contact(
      long id,
      long company,
      String code,
      String language,
      String buyerReference,
      TradeParty party) {}

  /** A contract: what its documents take from it. Null where it leaves that to others. */
  record Contract(
      long id,
      long company,
      String number,
      long contractingParty,
      Long deliveryAddress,
      String language,
      Integer paymentDays,
      String buyerReference,
      String orderReference,
      String printQueue) {}

  private static final String COMPANIES =
      """
      SELECT id, code, name, street, postcode, city, country, vat_id, registration_id, registration_scheme,
             email, phone, contact_name, website, iban, bic, bank_name, currency, language, logo,
             number_prefix, payment_days
      FROM company
      """;

  private static final String CONTACTS =
      """
      SELECT id, company_id, code, name, additional_name, street, postcode, city, country, language, vat_id,
             registration_id, registration_scheme, general_email, endpoint_scheme, endpoint_id, buyer_reference
      FROM contact
      """;

  private static final String CONTRACTS =
      """
      SELECT id, company_id, number, contracting_party_id, delivery_address_id, language, payment_days,
             buyer_reference, order_reference, print_queue
      FROM contract
      WHERE number IN (:numbers)
      """;

  private final JdbcClient jdbc;

  MasterData(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Map<String, Company> companiesByCode(Set<String> codes) {
    return byKey(Company::code, companies("WHERE code IN (:keys)", codes));
  }

  Map<Long, Company> companiesById(Set<Long> ids) {
    return byKey(Company::id, companies("WHERE id IN (:keys)", ids));
  }

  Map<Long, Contact> contactsById(Set<Long> ids) {
    return byKey(Contact::id, contacts("WHERE id IN (:keys)", ids));
  }

  /** Found by either: those that are given by code, and those that contracts refer to by id. */
  Collection<Contact> contacts(Set<String> codes, Set<Long> ids) {
    Map<Long, Contact> found = new HashMap<>(contactsById(ids));
    found.putAll(byKey(Contact::id, contacts("WHERE code IN (:keys)", codes)));
    return found.values();
  }

  Map<String, Contract> contractsByNumber(Set<String> numbers) {
    return byKey(
        Contract::number,
        numbers.isEmpty()
            ? List.of()
            : jdbc.sql(CONTRACTS).param("numbers", numbers).query(MasterData::contract).list());
  }

  private List<Company> companies(String where, Set<?> keys) {
    return keys.isEmpty()
        ? List.of()
        : jdbc.sql(COMPANIES + where).param("keys", keys).query(MasterData::company).list();
  }

  private List<Contact> contacts(String where, Set<?> keys) {
    return keys.isEmpty()
        ? List.of()
        : jdbc.sql(CONTACTS + where).param("keys", keys).query(MasterData::contact).list();
  }

  private static <K, V> Map<K, V> byKey(Function<V, K> key, List<V> values) {
    return values.stream().collect(Collectors.toMap(key, Function.identity()));
  }

  private static Company company(ResultSet row, int index) throws SQLException {
    TradeParty party =
        new TradeParty(
            row.getString("name"),
            null,
            address(row),
            row.getString("vat_id"),
            row.getString("registration_id"),
            row.getString("registration_scheme"),
            sellerEndpoint(row),
            row.getString("contact_name"),
            row.getString("phone"),
            row.getString("email"));
    Seller seller =
        new Seller(
            row.getString("code"),
            party,
            row.getString("iban"),
            row.getString("bic"),
            row.getString("bank_name"),
            row.getString("website"),
            row.getString("logo"));
    return new Company(
        row.getLong("id"),
        row.getString("code"),
        row.getString("number_prefix"),
        row.getString("currency"),
        row.getString("language"),
        row.getInt("payment_days"),
        seller);
  }

  /**
   * BT-34: networks know a seller by its registration; without one, its e-mail address (EAS EM).
   */
  private static TradeParty.Endpoint sellerEndpoint(ResultSet row) throws SQLException {
    String scheme = row.getString("registration_scheme");
    String id = row.getString("registration_id");
    return scheme == null || id == null
        ? new TradeParty.Endpoint("EM", row.getString("email"))
        : new TradeParty.Endpoint(scheme, id);
  }

  private static Contact contact(ResultSet row, int index) throws SQLException {
    String scheme = row.getString("endpoint_scheme");
    TradeParty party =
        new TradeParty(
            row.getString("name"),
            row.getString("additional_name"),
            row.getString("country") == null ? null : address(row),
            row.getString("vat_id"),
            row.getString("registration_id"),
            row.getString("registration_scheme"),
            scheme == null ? null : new TradeParty.Endpoint(scheme, row.getString("endpoint_id")),
            null,
            null,
            row.getString("general_email"));
    return new Contact(
        row.getLong("id"),
        row.getLong("company_id"),
        row.getString("code"),
        row.getString("language"),
        row.getString("buyer_reference"),
        party);
  }

  private static PostalAddress address(ResultSet row) throws SQLException {
    return new PostalAddress(
        row.getString("street"),
        row.getString("postcode"),
        row.getString("city"),
        row.getString("country"));
  }

  private static Contract contract(ResultSet row, int index) throws SQLException {
    return new Contract(
        row.getLong("id"),
        row.getLong("company_id"),
        row.getString("number"),
        row.getLong("contracting_party_id"),
        row.getObject("delivery_address_id", Long.class),
        row.getString("language"),
        row.getObject("payment_days", Integer.class),
        row.getString("buyer_reference"),
        row.getString("order_reference"),
        row.getString("print_queue"));
  }
}
