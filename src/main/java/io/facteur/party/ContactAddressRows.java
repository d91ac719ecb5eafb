package io.facteur.party;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** Rows of a contact's addresses but the general one; a fixed number of queries for any number. */
@Repository
class ContactAddressRows {

  private final JdbcClient jdbc;
  private final JdbcTemplate batch;

  ContactAddressRows(JdbcClient jdbc, JdbcTemplate batch) {
    this.jdbc = jdbc;
    this.batch = batch;
  }

  /** The contacts with all of their addresses. */
  List<Contact> complete(List<Contact> contacts) {
    if (contacts.isEmpty()) {
      return contacts;
    }
    List<Long> ids = contacts.stream().map(contact -> contact.id().value()).toList();
    Map<Long, List<DocumentAddresses>> documents = documents(ids);
    Map<Long, List<EmailAddress>> reminders = reminders(ids);
    Map<Long, List<CommunicationPlace>> places = places(ids);
    return contacts.stream()
        .map(
            contact -> {
              long id = contact.id().value();
              return contact.with(
                  new ContactAddresses(
                      contact.addresses().general(),
                      documents.getOrDefault(id, List.of()),
                      reminders.getOrDefault(id, List.of()),
                      places.getOrDefault(id, List.of())));
            })
        .toList();
  }

  void replace(ContactId contact, ContactAddresses addresses) {
    for (String table :
        List.of("contact_document_address", "contact_reminder_address", "communication_place")) {
      jdbc.sql("DELETE FROM " + table + " WHERE contact_id = :contact")
          .param("contact", contact.value())
          .update();
    }
    addresses.documents().forEach(documents -> insert(contact, documents));
    List<Object[]> reminders = new ArrayList<>();
    for (EmailAddress address : addresses.reminder()) {
      reminders.add(new Object[] {contact.value(), reminders.size(), address.value()});
    }
    batch.batchUpdate(
        "INSERT INTO contact_reminder_address (contact_id, position, address) VALUES (?, ?, ?)",
        reminders);
    batch.batchUpdate(
        "INSERT INTO communication_place (contact_id, kind, place, value) VALUES (?, ?, ?, ?)",
        addresses.places().stream()
            .map(
                place ->
                    new Object[] {
                      contact.value(), place.kind().name(), place.place().name(), place.value()
                    })
            .toList());
  }

  private void insert(ContactId contact, DocumentAddresses addresses) {
    var key = new GeneratedKeyHolder();
    jdbc.sql("INSERT INTO contact_document_address (contact_id) VALUES (:contact)")
        .param("contact", contact.value())
        .update(key, "id");
    long id = key.getKeyAs(Number.class).longValue();
    batch.batchUpdate(
        """
        INSERT INTO contact_document_address_type (document_address_id, document_type)
        VALUES (?, ?)
        """,
        addresses.uses().stream().map(use -> new Object[] {id, use.name()}).toList());
    List<Object[]> mailboxes = new ArrayList<>();
    add(mailboxes, id, "TO", addresses.mailboxes().to());
    add(mailboxes, id, "CC", addresses.mailboxes().cc());
    add(mailboxes, id, "BCC", addresses.mailboxes().bcc());
    batch.batchUpdate(
        """
        INSERT INTO contact_document_mailbox (document_address_id, field, position, address)
        VALUES (?, ?, ?, ?)
        """,
        mailboxes);
  }

  private static void add(
      List<Object[]> rows, long id, String field, List<EmailAddress> addresses) {
    for (int i = 0; i < addresses.size(); i++) {
      rows.add(new Object[] {id, field, i, addresses.get(i).value()});
    }
  }

  private Map<Long, List<DocumentAddresses>> documents(List<Long> contacts) {
    Map<Long, Gathered> gathered = new LinkedHashMap<>();
    jdbc.sql(
            """
            SELECT a.id, a.contact_id, t.document_type
            FROM contact_document_address a
            JOIN contact_document_address_type t ON t.document_address_id = a.id
            WHERE a.contact_id IN (:contacts)
            ORDER BY a.contact_id, a.id
            """)
        .param("contacts", contacts)
        .query(
            row -> {
              Gathered one = gathered.get(row.getLong("id"));
              if (one == null) {
                one = new Gathered(row.getLong("contact_id"));
                gathered.put(row.getLong("id"), one);
              }
              one.uses.add(AddressUse.valueOf(row.getString("document_type")));
            });
    jdbc.sql(
            """
            SELECT a.id, m.field, m.address
            FROM contact_document_address a
            JOIN contact_document_mailbox m ON m.document_address_id = a.id
            WHERE a.contact_id IN (:contacts)
            ORDER BY a.id, m.field, m.position
            """)
        .param("contacts", contacts)
        .query(
            row -> {
              Gathered one = gathered.get(row.getLong("id"));
              if (one != null) {
                one.list(row.getString("field")).add(EmailAddress.kept(row.getString("address")));
              }
            });
    Map<Long, List<DocumentAddresses>> result = new HashMap<>();
    gathered
        .values()
        .forEach(
            one ->
                result
                    .computeIfAbsent(one.contact, contact -> new ArrayList<>())
                    .add(new DocumentAddresses(one.uses, new Mailboxes(one.to, one.cc, one.bcc))));
    return result;
  }

  private Map<Long, List<EmailAddress>> reminders(Collection<Long> contacts) {
    Map<Long, List<EmailAddress>> result = new HashMap<>();
    jdbc.sql(
            """
            SELECT contact_id, address FROM contact_reminder_address
            WHERE contact_id IN (:contacts) ORDER BY contact_id, position
            """)
        .param("contacts", contacts)
        .query(
            row -> {
              result
                  .computeIfAbsent(row.getLong("contact_id"), contact -> new ArrayList<>())
                  .add(EmailAddress.kept(row.getString("address")));
            });
    return result;
  }

  private Map<Long, List<CommunicationPlace>> places(Collection<Long> contacts) {
    Map<Long, List<CommunicationPlace>> result = new HashMap<>();
    jdbc.sql(
            """
            SELECT contact_id, kind, place, value FROM communication_place
            WHERE contact_id IN (:contacts) ORDER BY contact_id, id
            """)
        .param("contacts", contacts)
        .query(
            row -> {
              result
                  .computeIfAbsent(row.getLong("contact_id"), contact -> new ArrayList<>())
                  .add(
                      new CommunicationPlace(
                          CommunicationPlace.Kind.valueOf(row.getString("kind")),
                          CommunicationPlace.Place.valueOf(row.getString("place")),
                          row.getString("value")));
            });
    return result;
  }

  private static final class Gathered {
    private final long contact;
    private final Set<AddressUse> uses = EnumSet.noneOf(AddressUse.class);
    private final List<EmailAddress> to = new ArrayList<>();
    private final List<EmailAddress> cc = new ArrayList<>();
    private final List<EmailAddress> bcc = new ArrayList<>();

    private Gathered(long contact) {
      this.contact = contact;
    }

    private List<EmailAddress> list(String field) {
      return switch (field) {
        case "TO" -> to;
        case "CC" -> cc;
        default -> bcc;
      };
    }
  }
}
