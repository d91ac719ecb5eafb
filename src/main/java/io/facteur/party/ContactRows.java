package io.facteur.party;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** Rows of the table {@code contact}; the addresses stand in {@link ContactAddressRows}. */
@Repository
class ContactRows {

  private static final String COLUMNS =
      """
      id, version, company_id, code, kind, organisation_id, primary_person, name, additional_name,
      street, postcode, city, country, language, vat_id, registration_id, registration_scheme,
      general_email, endpoint_scheme, endpoint_id, buyer_reference, paperless_refused,
      mandate_reference, mandate_iban, mandate_signed_on, erased_at
      """;

  private final JdbcClient jdbc;

  ContactRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Without their addresses but the general one. */
  List<Contact> byIds(Collection<ContactId> ids) {
    return jdbc.sql("SELECT " + COLUMNS + " FROM contact WHERE id IN (:ids) ORDER BY code")
        .param("ids", ids.stream().map(ContactId::value).distinct().toList())
        .query(ContactRows::read)
        .list();
  }

  List<ContactId> idsByCodes(Collection<String> codes) {
    return jdbc.sql("SELECT id FROM contact WHERE code IN (:codes)")
        .param("codes", codes)
        .query((row, i) -> new ContactId(row.getLong("id")))
        .list();
  }

  List<ContactId> persons(Collection<ContactId> organisations) {
    return jdbc.sql("SELECT id FROM contact WHERE organisation_id IN (:ids)")
        .param("ids", organisations.stream().map(ContactId::value).distinct().toList())
        .query((row, i) -> new ContactId(row.getLong("id")))
        .list();
  }

  List<ContactId> primaryPersons(ContactId organisation) {
    return jdbc.sql(
            """
            SELECT id FROM contact WHERE organisation_id = :organisation AND primary_person
            """)
        .param("organisation", organisation.value())
        .query((row, i) -> new ContactId(row.getLong("id")))
        .list();
  }

  /** Holds the row until the end of the transaction; its version, or nothing if there is none. */
  List<Integer> lock(ContactId id) {
    return jdbc.sql("SELECT version FROM contact WHERE id = :id FOR UPDATE")
        .param("id", id.value())
        .query(Integer.class)
        .list();
  }

  ContactId insert(Contact contact) {
    var key = new GeneratedKeyHolder();
    jdbc.sql(
            """
            INSERT INTO contact (company_id, code, kind, organisation_id, primary_person, name,
              additional_name, street, postcode, city, country, language, vat_id, registration_id,
              registration_scheme, general_email, endpoint_scheme, endpoint_id, buyer_reference,
              mandate_reference, mandate_iban, mandate_signed_on)
            VALUES (:company, :code, :kind, :organisation, :primaryPerson, :name,
              :additionalName, :street, :postcode, :city, :country, :language, :vatId,
              :registrationId, :registrationScheme, :generalEmail, :endpointScheme, :endpointId,
              :buyerReference, :mandateReference, :mandateIban, :mandateSignedOn)
            """)
        .params(values(contact))
        .update(key, "id");
    return new ContactId(key.getKeyAs(Number.class).longValue());
  }

  /** Everything but company, code, other addresses than the general one, and consent. */
  boolean update(Contact contact) {
    Map<String, Object> values = values(contact);
    values.keySet().removeAll(List.of("company", "code"));
    return jdbc.sql(
                """
                UPDATE contact SET kind = :kind, organisation_id = :organisation,
                  primary_person = :primaryPerson, name = :name,
                  additional_name = :additionalName, street = :street, postcode = :postcode,
                  city = :city, country = :country, language = :language, vat_id = :vatId,
                  registration_id = :registrationId, registration_scheme = :registrationScheme,
                  general_email = :generalEmail, endpoint_scheme = :endpointScheme, endpoint_id = :endpointId,
                  buyer_reference = :buyerReference, mandate_reference = :mandateReference,
                  mandate_iban = :mandateIban, mandate_signed_on = :mandateSignedOn,
                  version = version + 1
                WHERE id = :id AND version = :version
                """)
            .params(values)
            .param("id", contact.id().value())
            .param("version", contact.version())
            .update()
        == 1;
  }

  boolean updateGeneral(ContactId id, int version, EmailAddress general) {
    return jdbc.sql(
                """
                UPDATE contact SET general_email = :general, version = version + 1
                WHERE id = :id AND version = :version
                """)
            .param("general", general == null ? null : general.value())
            .param("id", id.value())
            .param("version", version)
            .update()
        == 1;
  }

  void updateRefused(ContactId id, boolean refused) {
    jdbc.sql(
            """
            UPDATE contact SET paperless_refused = :refused, version = version + 1 WHERE id = :id
            """)
        .param("refused", refused)
        .param("id", id.value())
        .update();
  }

  private static Contact read(ResultSet row, int number) throws SQLException {
    return new Contact(
        new ContactId(row.getLong("id")),
        row.getInt("version"),
        new CompanyId(row.getLong("company_id")),
        row.getString("code"),
        Contact.Kind.valueOf(row.getString("kind")),
        contactId(row, "organisation_id"),
        row.getBoolean("primary_person"),
        row.getString("name"),
        row.getString("additional_name"),
        address(row),
        row.getString("language"),
        new Contact.Registration(
            row.getString("vat_id"),
            row.getString("registration_id"),
            row.getString("registration_scheme")),
        endpoint(row),
        row.getString("buyer_reference"),
        row.getBoolean("paperless_refused"),
        general(row),
        mandate(row),
        erasedAt(row));
  }

  private static Mandate mandate(ResultSet row) throws SQLException {
    String reference = row.getString("mandate_reference");
    return reference == null
        ? null
        : new Mandate(
            reference,
            row.getString("mandate_iban"),
            row.getObject("mandate_signed_on", LocalDate.class));
  }

  private static Instant erasedAt(ResultSet row) throws SQLException {
    LocalDateTime utc = row.getObject("erased_at", LocalDateTime.class);
    return utc == null ? null : utc.toInstant(ZoneOffset.UTC);
  }

  private static ContactId contactId(ResultSet row, String column) throws SQLException {
    long id = row.getLong(column);
    return row.wasNull() ? null : new ContactId(id);
  }

  private static PostalAddress address(ResultSet row) throws SQLException {
    String country = row.getString("country");
    return country == null
        ? null
        : new PostalAddress(
            row.getString("street"), row.getString("postcode"), row.getString("city"), country);
  }

  private static TradeParty.Endpoint endpoint(ResultSet row) throws SQLException {
    String id = row.getString("endpoint_id");
    return id == null ? null : new TradeParty.Endpoint(row.getString("endpoint_scheme"), id);
  }

  private static ContactAddresses general(ResultSet row) throws SQLException {
    String general = row.getString("general_email");
    return general == null
        ? ContactAddresses.NONE
        : ContactAddresses.general(EmailAddress.kept(general));
  }

  private static Map<String, Object> values(Contact contact) {
    PostalAddress address = contact.address();
    TradeParty.Endpoint endpoint = contact.endpoint();
    EmailAddress general = contact.addresses().general();
    Map<String, Object> values = new HashMap<>();
    values.put("company", contact.company().value());
    values.put("code", contact.code());
    values.put("kind", contact.kind().name());
    values.put(
        "organisation", contact.organisation() == null ? null : contact.organisation().value());
    values.put("primaryPerson", contact.primaryPerson());
    values.put("name", contact.name());
    values.put("additionalName", contact.additionalName());
    values.put("street", address == null ? null : address.street());
    values.put("postcode", address == null ? null : address.postcode());
    values.put("city", address == null ? null : address.city());
    values.put("country", address == null ? null : address.country());
    values.put("language", contact.language());
    values.put("vatId", contact.registration().vatId());
    values.put("registrationId", contact.registration().id());
    values.put("registrationScheme", contact.registration().scheme());
    values.put("generalEmail", general == null ? null : general.value());
    values.put("endpointScheme", endpoint == null ? null : endpoint.scheme());
    values.put("endpointId", endpoint == null ? null : endpoint.id());
    values.put("buyerReference", contact.buyerReference());
    Mandate mandate = contact.mandate();
    values.put("mandateReference", mandate == null ? null : mandate.reference());
    values.put("mandateIban", mandate == null ? null : mandate.iban());
    values.put("mandateSignedOn", mandate == null ? null : mandate.signedOn());
    return values;
  }
}
