package io.facteur.dispatch;

import io.facteur.contract.Role;
import io.facteur.document.DocumentId;
import io.facteur.document.DocumentType;
import io.facteur.party.AddressUse;
import io.facteur.party.Contact;
import io.facteur.party.EmailAddress;
import io.facteur.party.HandSetMailboxes;
import io.facteur.party.Mailboxes;
import io.facteur.party.RecipientResolution;
import io.facteur.party.TradeParty;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * E-mail addresses that were set by hand on documents, or inherited there (ADDR-2a). What was
 * copied from the contact is not among them: until sending begins the contact's present address
 * counts (ADDR-9).
 */
final class DocumentMailboxes {

  private record Key(DocumentId document, Role role, String field) {}

  private final Map<Key, List<EmailAddress>> addresses = new HashMap<>();
  private final Map<DocumentId, HandSetMailboxes.Source> sources = new HashMap<>();

  private DocumentMailboxes() {}

  static DocumentMailboxes load(JdbcClient jdbc, Collection<DocumentId> documents) {
    DocumentMailboxes loaded = new DocumentMailboxes();
    jdbc.sql(
            """
            SELECT document_id, role, field, address, source
            FROM document_mailbox
            WHERE document_id IN (:ids) AND source <> 'CONTACT'
            ORDER BY document_id, role, field, position
            """)
        .param("ids", documents.stream().map(DocumentId::value).toList())
        .query(
            row -> {
              var key =
                  new Key(
                      new DocumentId(row.getLong("document_id")),
                      Role.valueOf(row.getString("role")),
                      row.getString("field"));
              loaded.sources.put(
                  key.document(), HandSetMailboxes.Source.valueOf(row.getString("source")));
              loaded
                  .addresses
                  .computeIfAbsent(key, k -> new ArrayList<>())
                  .add(new EmailAddress(row.getString("address")));
            });
    return loaded;
  }

  Addressee addressee(
      DocumentId document, DocumentType type, Role role, Contact contact, TradeParty party) {
    AddressUse use = type.addressUse();
    return new Addressee(
        RecipientResolution.resolve(contact, use, of(document, role, use)),
        party,
        contact.paperlessRefused());
  }

  /** Null if nothing was set there. */
  private HandSetMailboxes of(DocumentId document, Role role, AddressUse use) {
    if (!sources.containsKey(document)) {
      return null;
    }
    Mailboxes mailboxes =
        use == AddressUse.REMINDER
            ? Mailboxes.to(field(document, role, "REMINDER"))
            : new Mailboxes(
                field(document, role, "TO"),
                field(document, role, "CC"),
                field(document, role, "BCC"));
    return new HandSetMailboxes(mailboxes, sources.get(document));
  }

  private List<EmailAddress> field(DocumentId document, Role role, String field) {
    return addresses.getOrDefault(new Key(document, role, field), List.of());
  }
}
