package io.facteur.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import io.facteur.party.Companies;
import io.facteur.party.Contact;
import io.facteur.party.ContactAddresses;
import io.facteur.party.EmailAddress;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What has ever been known of a contact: by it the contact is found in texts. */
@Component
class Traces {

  private static final Pattern ACCENT = Pattern.compile("\\p{M}");
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

  /** Shorter ones are too common to tell of anybody. */
  private static final int SHORTEST_WORD = 4;

  /**
   * Properties of contacts in the audit whose texts tell of them; {@code id}: of a registration.
   */
  private static final Set<String> TELLING =
      Set.of("name", "additionalName", "street", "vatId", "id", "buyerReference", "value");

  private final JdbcClient jdbc;
  private final Companies companies;
  private final JsonColumns json;

  Traces(JdbcClient jdbc, Companies companies, JsonColumns json) {
    this.jdbc = jdbc;
    this.companies = companies;
    this.json = json;
  }

  /**
   * Addresses and texts of a contact and its people, those of earlier days as well.
   *
   * @param texts names, streets, identifiers, telephone numbers
   * @param words of their names
   */
  record Known(Set<String> addresses, Set<String> texts, Set<String> words) {

    /** Whether a code gives away whose it is. */
    boolean isToldBy(String code) {
      return words.stream().map(Traces::folded).anyMatch(folded(code)::contains);
    }

    /** Whether a text names them. */
    boolean isToldIn(String text) {
      Set<String> told = wordsOf(folded(text));
      return text.indexOf('@') >= 0 || words.stream().map(Traces::folded).anyMatch(told::contains);
    }
  }

  Known of(DataSubject subject) {
    Known known = new Known(new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
    subject.contacts().forEach(contact -> add(known, contact));
    jdbc.sql(
            """
            SELECT old_values, new_values FROM audit_event WHERE subject IN (:subjects) ORDER BY id
            """)
        .param("subjects", subject.auditSubjects())
        .query(
            row -> {
              add(known, "", json.read(row.getString("old_values")));
              add(known, "", json.read(row.getString("new_values")));
            });
    known.texts().addAll(buyerReferences(subject));
    known.texts().remove(Redaction.ERASED);
    known.words().remove(Redaction.ERASED);
    return known;
  }

  /** A redaction that knows all of it, and nothing of the issuer's. */
  Redaction redaction(DataSubject subject, Known known, Pseudonyms pseudonyms) {
    pseudonyms.know(known.addresses());
    Redaction redaction = new Redaction(pseudonyms);
    redaction.erase(known.texts());
    redaction.erase(known.words());
    companies
        .byIds(List.of(subject.contact().company()))
        .forEach(company -> redaction.spare(company.party().email()));
    return redaction;
  }

  private static void add(Known known, Contact contact) {
    ContactAddresses addresses = contact.addresses();
    Stream.concat(
            Stream.concat(Stream.ofNullable(addresses.general()), addresses.reminder().stream()),
            addresses.documents().stream().flatMap(one -> one.mailboxes().all()))
        .map(EmailAddress::value)
        .forEach(known.addresses()::add);
    addresses.places().forEach(place -> addText(known, "value", place.value()));
    Stream.of(
            contact.additionalName(),
            contact.address() == null ? null : contact.address().street(),
            contact.registration().vatId(),
            contact.registration().id(),
            contact.endpoint() == null ? null : contact.endpoint().id(),
            contact.buyerReference())
        .filter(Objects::nonNull)
        .forEach(known.texts()::add);
    addText(known, "name", contact.name());
    addText(known, "additionalName", contact.additionalName());
  }

  private static void add(Known known, String field, JsonNode json) {
    if (json == null || json.isNull()) {
      return;
    }
    if (json.isTextual()) {
      addText(known, field, json.textValue());
    } else if (json.isArray()) {
      json.forEach(one -> add(known, field, one));
    } else {
      json.properties().forEach(one -> add(known, one.getKey(), one.getValue()));
    }
  }

  private static void addText(Known known, String field, String text) {
    if (text == null) {
      return;
    }
    if (Redaction.isAddress(text)) {
      if (!Pseudonyms.isPseudonym(text)) {
        known.addresses().add(text);
      }
    } else if (TELLING.contains(field)) {
      known.texts().add(text);
      if (field.equals("name") || field.equals("additionalName")) {
        wordsOf(text).stream()
            .filter(word -> word.length() >= SHORTEST_WORD)
            .forEach(known.words()::add);
      }
    }
  }

  private static String folded(String text) {
    return ACCENT
        .matcher(Normalizer.normalize(text, Normalizer.Form.NFD))
        .replaceAll("")
        .toLowerCase(Locale.ROOT);
  }

  private static Set<String> wordsOf(String text) {
    return new LinkedHashSet<>(
        Stream.of(BETWEEN_WORDS.split(text)).filter(word -> !word.isEmpty()).toList());
  }

  private List<String> buyerReferences(DataSubject subject) {
    return jdbc.sql(
            """
            SELECT DISTINCT buyer_reference FROM contract
            WHERE company_id = :company AND contracting_party_id IN (:contacts)
              AND buyer_reference IS NOT NULL
            """)
        .param("company", subject.company())
        .param("contacts", subject.ids())
        .query(String.class)
        .list();
  }
}
