package io.facteur.privacy;

import io.facteur.party.Contact;
import io.facteur.party.Contacts;
import io.facteur.party.Refusal;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds whose data it is. */
@Component
class DataSubjects {

  private final Contacts contacts;
  private final JdbcClient jdbc;

  DataSubjects(Contacts contacts, JdbcClient jdbc) {
    this.contacts = contacts;
    this.jdbc = jdbc;
  }

  /**
   * The contact of that code with its people.
   *
   * @throws Refusal if there is none
   */
  DataSubject get(String code) {
    Contact contact = contacts.get(code);
    return new DataSubject(contact, contacts.personsOf(List.of(contact.id())));
  }

  /**
   * The same, held until the end of the transaction: whoever adds a person, a contract or a
   * document to it waits.
   *
   * @throws Refusal if there is none
   */
  DataSubject lock(String code) {
    Contact contact = contacts.get(code);
    jdbc.sql("SELECT id FROM contact WHERE id = :id FOR UPDATE")
        .param("id", contact.id().value())
        .query(Long.class)
        .list();
    jdbc.sql(
            """
            SELECT id FROM contact
            WHERE company_id = :company AND organisation_id = :id ORDER BY id FOR UPDATE
            """)
        .param("company", contact.company().value())
        .param("id", contact.id().value())
        .query(Long.class)
        .list();
    return get(code);
  }
}
