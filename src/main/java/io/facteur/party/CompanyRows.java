package io.facteur.party;

import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** Rows of the table {@code company}. */
@Repository
class CompanyRows {

  static final String COLUMNS =
      """
      id, version, code, name, street, postcode, city, country, vat_id, registration_id,
      registration_scheme, email, phone, contact_name, website, iban, bic, bank_name, currency,
      language, time_zone, logo, number_prefix, payment_days, default_channels, fallback_channel,
      fixed_billing_date, payable_rounding, endpoint_scheme, endpoint_id, tax_number, qr_iban,
      qr_reference_prefix, epc_qr_code, creditor_id, payee, notes
      """;

  private static final TypeReference<Payee> PAYEE = new TypeReference<>() {};
  private static final TypeReference<List<LegalNote>> NOTES = new TypeReference<>() {};

  private final JdbcClient jdbc;

  CompanyRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<Company> byIds(Collection<CompanyId> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    return jdbc.sql("SELECT " + COLUMNS + " FROM company WHERE id IN (:ids) ORDER BY code")
        .param("ids", ids.stream().map(CompanyId::value).distinct().toList())
        .query(CompanyRows::read)
        .list();
  }

  List<Company> byCodes(Collection<String> codes) {
    if (codes.isEmpty()) {
      return List.of();
    }
    return jdbc.sql("SELECT " + COLUMNS + " FROM company WHERE code IN (:codes) ORDER BY code")
        .param("codes", codes)
        .query(CompanyRows::read)
        .list();
  }

  CompanyId insert(Company company) {
    var key = new GeneratedKeyHolder();
    jdbc.sql(
            """
            INSERT INTO company (code, name, street, postcode, city, country, vat_id,
              registration_id, registration_scheme, email, phone, contact_name, website, iban, bic,
              bank_name, currency, language, time_zone, logo, number_prefix, payment_days,
              default_channels, fallback_channel, fixed_billing_date, payable_rounding,
              endpoint_scheme, endpoint_id, tax_number, qr_iban, qr_reference_prefix, epc_qr_code,
              creditor_id, payee, notes)
            VALUES (:code, :name, :street, :postcode, :city, :country, :vatId,
              :registrationId, :registrationScheme, :email, :phone, :contactName, :website, :iban,
              :bic, :bankName, :currency, :language, :timeZone, :logo, :numberPrefix, :paymentDays,
              :defaultChannels, :fallbackChannel, :fixedBillingDate, :payableRounding,
              :endpointScheme, :endpointId, :taxNumber, :qrIban, :qrReferencePrefix, :epcQrCode,
              :creditorId, :payee, :notes)
            """)
        .params(values(company))
        .update(key, "id");
    return new CompanyId(key.getKeyAs(Number.class).longValue());
  }

  /** Whether the row still had the version of {@code company}. */
  boolean update(Company company) {
    return jdbc.sql(
                """
                UPDATE company SET name = :name, street = :street, postcode = :postcode,
                  city = :city, country = :country, vat_id = :vatId,
                  registration_id = :registrationId, registration_scheme = :registrationScheme,
                  email = :email, phone = :phone, contact_name = :contactName, website = :website,
                  iban = :iban, bic = :bic, bank_name = :bankName, currency = :currency,
                  language = :language, time_zone = :timeZone, logo = :logo,
                  number_prefix = :numberPrefix, payment_days = :paymentDays,
                  default_channels = :defaultChannels, fallback_channel = :fallbackChannel,
                  fixed_billing_date = :fixedBillingDate,
                  payable_rounding = :payableRounding, endpoint_scheme = :endpointScheme,
                  endpoint_id = :endpointId, tax_number = :taxNumber, qr_iban = :qrIban,
                  qr_reference_prefix = :qrReferencePrefix, epc_qr_code = :epcQrCode,
                  creditor_id = :creditorId, payee = :payee, notes = :notes,
                  version = version + 1
                WHERE id = :id AND version = :version
                """)
            .params(values(company))
            .param("id", company.id().value())
            .param("version", company.version())
            .update()
        == 1;
  }

  static Company read(ResultSet row, int number) throws SQLException {
    var address =
        new PostalAddress(
            row.getString("street"),
            row.getString("postcode"),
            row.getString("city"),
            row.getString("country"));
    String endpoint = row.getString("endpoint_id");
    var party =
        new TradeParty(
            row.getString("name"),
            null,
            address,
            row.getString("vat_id"),
            row.getString("registration_id"),
            row.getString("registration_scheme"),
            endpoint == null
                ? null
                : new TradeParty.Endpoint(row.getString("endpoint_scheme"), endpoint),
            row.getString("contact_name"),
            row.getString("phone"),
            row.getString("email"));
    String channels = row.getString("default_channels");
    return new Company(
        new CompanyId(row.getLong("id")),
        row.getInt("version"),
        row.getString("code"),
        party,
        new Company.BankAccount(
            row.getString("iban"), row.getString("bic"), row.getString("bank_name")),
        Currency.getInstance(row.getString("currency")),
        row.getString("language"),
        ZoneId.of(row.getString("time_zone")),
        row.getString("website"),
        row.getString("logo"),
        row.getString("number_prefix"),
        row.getInt("payment_days"),
        channels == null ? List.of() : List.of(channels.split(",", -1)),
        row.getString("fallback_channel"),
        row.getObject("fixed_billing_date", LocalDate.class),
        row.getBigDecimal("payable_rounding"),
        new InvoicingTerms(
            row.getString("tax_number"),
            StoredJson.read(row.getString("payee"), PAYEE),
            row.getString("qr_iban"),
            row.getString("qr_reference_prefix"),
            row.getBoolean("epc_qr_code"),
            row.getString("creditor_id"),
            StoredJson.read(row.getString("notes"), NOTES)));
  }

  private static Map<String, Object> values(Company company) {
    TradeParty party = company.party();
    Map<String, Object> values = new HashMap<>();
    values.put("code", company.code());
    values.put("name", party.name());
    values.put("street", party.address().street());
    values.put("postcode", party.address().postcode());
    values.put("city", party.address().city());
    values.put("country", party.address().country());
    values.put("vatId", party.vatId());
    values.put("registrationId", party.registrationId());
    values.put("registrationScheme", party.registrationScheme());
    values.put("email", company.sender().value());
    values.put("phone", party.phone());
    values.put("contactName", party.contactName());
    values.put("website", company.website());
    values.put("iban", company.account().iban());
    values.put("bic", company.account().bic());
    values.put("bankName", company.account().bankName());
    values.put("currency", company.currency().getCurrencyCode());
    values.put("language", company.language());
    values.put("timeZone", company.timeZone().getId());
    values.put("logo", company.logo());
    values.put("numberPrefix", company.numberPrefix());
    values.put("paymentDays", company.paymentDays());
    values.put(
        "defaultChannels",
        company.defaultChannels().isEmpty() ? null : String.join(",", company.defaultChannels()));
    values.put("fallbackChannel", company.fallbackChannel());
    values.put("fixedBillingDate", company.fixedBillingDate());
    values.put("payableRounding", company.payableRounding());
    TradeParty.Endpoint endpoint = party.endpoint();
    values.put("endpointScheme", endpoint == null ? null : endpoint.scheme());
    values.put("endpointId", endpoint == null ? null : endpoint.id());
    InvoicingTerms invoicing = company.invoicing();
    values.put("taxNumber", invoicing.taxNumber());
    values.put("qrIban", invoicing.qrIban());
    values.put("qrReferencePrefix", invoicing.qrReferencePrefix());
    values.put("epcQrCode", invoicing.epcQrCode());
    values.put("creditorId", invoicing.creditorId());
    values.put("payee", StoredJson.write(invoicing.payee()));
    values.put("notes", invoicing.notes().isEmpty() ? null : StoredJson.write(invoicing.notes()));
    return values;
  }
}
