package io.facteur.party;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Customers, suppliers, leads and their people, with addresses and consent (ADDR-1, CONS-3). */
@Service
public class Contacts {

  private static final Map<String, String> SORTABLE =
      Map.of(
          "code",
          "c.code",
          "name",
          "c.name",
          "kind",
          "c.kind",
          "postcode",
          "c.postcode",
          "city",
          "c.city");

  private final ContactRows rows;
  private final ContactAddressRows addressRows;
  private final JdbcClient jdbc;
  private final AuditLog audit;

  Contacts(ContactRows rows, ContactAddressRows addressRows, JdbcClient jdbc, AuditLog audit) {
    this.rows = rows;
    this.addressRows = addressRows;
    this.jdbc = jdbc;
    this.audit = audit;
  }

  /**
   * The contact of that code.
   *
   * @throws Refusal if there is no such contact
   */
  public Contact get(String code) {
    return byCode(code).orElseThrow(() -> Refusal.notFound("contact", code));
  }

  public Optional<Contact> byCode(String code) {
    return byCodes(List.of(code)).stream().findFirst();
  }

  /** In order of their codes; unknown codes are left out. Six queries, whatever the number. */
  public List<Contact> byCodes(Collection<String> codes) {
    return codes.isEmpty() ? List.of() : byIds(rows.idsByCodes(codes));
  }

  /** In order of their codes; unknown ids are left out. Five queries, whatever the number. */
  public List<Contact> byIds(Collection<ContactId> ids) {
    return ids.isEmpty() ? List.of() : addressRows.complete(rows.byIds(ids));
  }

  /**
   * As they stand on documents: in order of their codes and without their e-mail addresses but the
   * general one; unknown ids are left out. One query, whatever the number.
   */
  public List<Contact> partiesByIds(Collection<ContactId> ids) {
    return ids.isEmpty() ? List.of() : rows.byIds(ids);
  }

  /** The people who belong to these contacts. */
  public List<Contact> personsOf(Collection<ContactId> organisations) {
    return organisations.isEmpty() ? List.of() : byIds(rows.persons(organisations));
  }

  public Page<Contact> list(ContactFilter filter, Paging paging) {
    Page<ContactId> page =
        new Listing("contact c", "c.code", SORTABLE)
            .ofCompanies(filter.companies(), "c.company_id")
            .where("c.kind = :kind", "kind", filter.kind() == null ? null : filter.kind().name())
            .where(
                "c.name COLLATE utf8mb4_unicode_ci LIKE :name",
                "name",
                Listing.containing(filter.name()))
            .where(
                """
                (c.general_email = :email
                  OR EXISTS (SELECT 1 FROM contact_document_address a
                    JOIN contact_document_mailbox m ON m.document_address_id = a.id
                    WHERE a.contact_id = c.id AND m.address = :email)
                  OR EXISTS (SELECT 1 FROM contact_reminder_address r
                    WHERE r.contact_id = c.id AND r.address = :email)
                  OR EXISTS (SELECT 1 FROM communication_place p
                    WHERE p.contact_id = c.id AND p.kind = 'EMAIL' AND p.value = :email))
                """,
                "email",
                asKept(filter.email()))
            .page(jdbc, "c.id", paging, (row, i) -> new ContactId(row.getLong("id")));
    Map<ContactId, Contact> found = new HashMap<>();
    byIds(page.items()).forEach(contact -> found.put(contact.id(), contact));
    return page.map(found::get);
  }

  /** What is no address finds nothing. */
  private static String asKept(String email) {
    try {
      return email == null ? null : new EmailAddress(email).value();
    } catch (NotAMailbox e) {
      return email;
    }
  }

  /**
   * Adds a contact with its addresses.
   *
   * @throws Refusal if a value is wrong or the code is taken
   */
  @Transactional
  public Contact create(Contact contact) {
    ContactRules.check(contact);
    checkOrganisation(contact);
    ContactId id;
    try {
      id = rows.insert(contact);
    } catch (DuplicateKeyException e) {
      throw Refusal.conflict("code", "there is already a contact '" + contact.code() + "'");
    }
    addressRows.replace(id, contact.addresses());
    Contact saved = get(contact.code());
    audit.record("contact.create", subject(saved), null, saved);
    return saved;
  }

  /**
   * Replaces everything but id, company, code and consent.
   *
   * @throws Refusal if a value is wrong, its version is not the current one, or it is erased
   */
  @Transactional
  public Contact update(Contact contact) {
    ContactRules.check(contact);
    Contact before = unerased(contact.code());
    if (!before.company().equals(contact.company())) {
      throw Refusal.invalid("company", "a contact stays with its company");
    }
    checkOrganisation(contact);
    if (!rows.update(contact)) {
      throw Refusal.stale("contact", contact.code(), contact.version());
    }
    if (!contact.addresses().equals(before.addresses())) {
      addressRows.replace(contact.id(), contact.addresses());
    }
    Contact saved = get(contact.code());
    audit.record("contact.change", subject(saved), before, saved);
    return saved;
  }

  /**
   * Replaces all addresses of a contact (ADDR-6, first row).
   *
   * @param version that the change was made on
   * @throws Refusal if there is no such contact, the version is not the current one, or it is
   *     erased
   */
  @Transactional
  public Contact changeAddresses(String code, int version, ContactAddresses addresses) {
    Contact before = unerased(code);
    if (!rows.updateGeneral(before.id(), version, addresses.general())) {
      throw Refusal.stale("contact", code, version);
    }
    addressRows.replace(before.id(), addresses);
    Contact saved = get(code);
    audit.record("contact.addresses", subject(saved), before.addresses(), saved.addresses());
    return saved;
  }

  /** Whether it accepts documents by e-mail, and since when. */
  public Consent consent(String code) {
    Contact contact = get(code);
    return audit
        .last("contact.consent", subject(contact))
        .map(
            entry -> {
              JsonNode proof = entry.newValues().get("proof");
              return new Consent(
                  contact.paperlessRefused(),
                  proof == null || proof.isNull() ? null : proof.asText(),
                  entry.at(),
                  entry.actor());
            })
        .orElse(new Consent(contact.paperlessRefused(), null, null, null));
  }

  /**
   * Records a refusal of documents by e-mail, or its withdrawal (CONS-3).
   *
   * @param proof what it rests on, e.g. a letter and its date
   */
  @Transactional
  public Consent consent(String code, boolean refused, String proof) {
    new Checks().required("proof", proof).longText("proof", proof, 1000).refuse();
    Contact contact = unerased(code);
    rows.updateRefused(contact.id(), refused);
    // A plain map, so that the proof of an unchanged decision is kept as well.
    audit.record(
        "contact.consent", subject(contact), null, Map.of("refused", refused, "proof", proof));
    return consent(code);
  }

  /** One that may still be changed. */
  private Contact unerased(String code) {
    Contact contact = get(code);
    if (contact.erased()) {
      throw Refusal.conflict("code", "contact '" + code + "' is erased: it stays as it is");
    }
    return contact;
  }

  private void checkOrganisation(Contact contact) {
    if (contact.organisation() == null) {
      return;
    }
    if (rows.lock(contact.organisation()).isEmpty()) {
      throw Refusal.invalid("organisation", "there is no such contact");
    }
    Contact organisation = byIds(List.of(contact.organisation())).get(0);
    new Checks()
        .rule(
            organisation.company().equals(contact.company()),
            "organisation",
            "belongs to another company")
        .rule(!organisation.erased(), "organisation", "is erased: choose another")
        .rule(organisation.kind() != Contact.Kind.PERSON, "organisation", "is a person itself")
        .refuse();
    if (contact.primaryPerson()) {
      boolean taken =
          rows.primaryPersons(contact.organisation()).stream()
              .anyMatch(person -> !person.equals(contact.id()));
      if (taken) {
        throw Refusal.conflict(
            "primaryPerson",
            "contact '" + organisation.code() + "' has another primary person: change that first");
      }
    }
  }

  private static String subject(Contact contact) {
    return "contact:" + contact.code();
  }
}
