package io.facteur.addressing;

import io.facteur.addressing.AddressEffects.Group;
import io.facteur.contract.Role;
import io.facteur.document.DocumentId;
import io.facteur.party.Contact;
import io.facteur.party.ContactId;
import io.facteur.party.Contacts;
import io.facteur.party.Mailboxes;
import io.facteur.party.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Shows and changes the e-mail addresses of documents, drafts and issued ones: they are not part of
 * what freezes (BILL-6). Where a change is kept is decided by {@link ReachTable}.
 */
@Service
public class DocumentAddressing {

  private final DocumentAddressRows rows;
  private final Contacts contacts;
  private final ContactAddressing contactAddressing;
  private final ReachTable table;
  private final AddressAudit audit;

  DocumentAddressing(
      DocumentAddressRows rows,
      Contacts contacts,
      ContactAddressing contactAddressing,
      ReachTable table,
      AddressAudit audit) {
    this.rows = rows;
    this.contacts = contacts;
    this.contactAddressing = contactAddressing;
    this.table = table;
    this.audit = audit;
  }

  /**
   * An address that somebody gives.
   *
   * @param role on the document whose address it is
   * @param kind of the address
   * @param chosen how far it goes; null: by default
   * @param choice the field in which that was chosen
   */
  public record Given(
      Role role, AddressKind kind, Mailboxes mailboxes, Reach chosen, String choice) {

    public Given {
      if (mailboxes.isEmpty()) {
        throw new IllegalArgumentException("To or Cc must not be empty");
      }
    }

    /** A reminder has but one address, whatever it is called. */
    private Given of(AddressedDocument document) {
      return document.ownKind() == AddressKind.REMINDER
          ? new Given(role, AddressKind.REMINDER, mailboxes, chosen, choice)
          : this;
    }
  }

  /** A document as it is now, and what each of the given addresses did. */
  public record Change(AddressedDocument document, List<AddressEffects> effects) {
    public Change {
      effects = List.copyOf(effects);
    }
  }

  /**
   * The addresses of a document.
   *
   * @throws Refusal if there is no such document
   */
  public AddressedDocument of(DocumentId document) {
    DocumentAddressRows.Parties found = rows.parties(document);
    OnDocuments onDocuments = rows.load(List.of(document));
    Map<ContactId, Contact> byId =
        contacts
            .byIds(
                Stream.of(found.contact(), found.deliveryContact())
                    .filter(Objects::nonNull)
                    .distinct()
                    .toList())
            .stream()
            .collect(Collectors.toMap(Contact::id, Function.identity()));
    List<AddressedParty> parties = new ArrayList<>();
    parties.add(party(found, Role.CONTRACTING_PARTY, byId.get(found.contact()), onDocuments));
    if (found.delivered()) {
      parties.add(
          party(found, Role.DELIVERY_ADDRESS, byId.get(found.deliveryContact()), onDocuments));
    }
    return new AddressedDocument(document, found.type(), found.name(), parties);
  }

  private static AddressedParty party(
      DocumentAddressRows.Parties found, Role role, Contact contact, OnDocuments onDocuments) {
    return new AddressedParty(
        role, contact, found.type().addressUse(), onDocuments.of(found.id(), role));
  }

  /**
   * Changes addresses on a document (ADDR-5, ADDR-6 second row).
   *
   * @param expected the tag of what the caller saw; null: whatever is there now
   * @throws Refusal if it is not that any more, the document has no such role, or a choice is none
   */
  @Transactional
  public Change change(DocumentId document, String expected, List<Given> given) {
    return change(document, expected, ChangePlace.ON_DOCUMENT, given);
  }

  /**
   * Keeps an address that is given while a document is sent (ADDR-6 third row).
   *
   * @return what it did; with {@link Reach#NOTHING} only this sending may use it
   * @throws Refusal as for {@link #change}
   */
  @Transactional
  public AddressEffects whileSending(DocumentId document, Given given) {
    List<AddressEffects> effects =
        change(document, null, ChangePlace.WHILE_SENDING, List.of(given)).effects();
    return effects.isEmpty() ? null : effects.get(0);
  }

  /**
   * Takes back what was set by hand, inherited or kept: the document follows its contacts again.
   *
   * @param expected as for {@link #change}
   */
  @Transactional
  public AddressedDocument follow(DocumentId document, String expected) {
    rows.lock(document);
    AddressedDocument before = of(document);
    refuseStale(before, expected);
    for (AddressedParty party : before.parties()) {
      for (AddressKind kind : AddressKind.values()) {
        rows.remove(document, party.role(), kind);
      }
    }
    AddressedDocument after = of(document);
    audit.changed(before, after);
    return after;
  }

  private Change change(
      DocumentId document, String expected, ChangePlace place, List<Given> given) {
    AddressedDocument seen = of(document);
    List<Given> own = given.stream().map(one -> one.of(seen)).toList();
    lock(seen, place, own);
    AddressedDocument before = of(document);
    refuseStale(before, expected);
    List<AddressEffects> effects = new ArrayList<>();
    AddressedDocument now = before;
    for (Given one : own) {
      AddressedParty party = now.party(one.role(), place.roleField());
      refuseErased(party);
      boolean same = one.mailboxes().equals(party.resolved(one.kind()).mailboxes());
      if (!same || one.chosen() != null) {
        Reach reach = reach(place, party, one);
        effects.add(apply(now, party, one, reach));
        now = of(document);
      }
    }
    audit.changed(before, now);
    return new Change(now, effects);
  }

  /** Documents before contacts, and all of a contact's at once if others are to keep theirs. */
  private void lock(AddressedDocument document, ChangePlace place, List<Given> given) {
    for (Given one : given) {
      AddressedParty party = document.party(one.role(), place.roleField());
      if (reach(place, party, one) == Reach.DOCUMENT_AND_CONTACT) {
        contactAddressing.lock(party.contact());
      }
    }
    rows.lock(document.id());
  }

  private Reach reach(ChangePlace place, AddressedParty party, Given given) {
    Reach reach =
        table.reach(
            place, given.kind(), party.isFirst(given.kind()), given.choice(), given.chosen());
    if (party.contact() != null || reach != Reach.DOCUMENT_AND_CONTACT) {
      return reach;
    }
    if (given.chosen() == null) {
      return Reach.DOCUMENT;
    }
    throw Refusal.invalid(
        given.choice(), "this address belongs to no contact: keep it on the DOCUMENT");
  }

  private static void refuseStale(AddressedDocument now, String expected) {
    if (expected != null && !expected.equals(now.tag())) {
      throw Refusal.changed(
          "document",
          now.name(),
          "its addresses, or those of its contact, have changed: read them again");
    }
  }

  private static void refuseErased(AddressedParty party) {
    if (party.contact() != null && party.contact().erased()) {
      throw Refusal.conflict(
          "document",
          "its contact '%s' is erased: it takes no address, hand the document over by hand"
              .formatted(party.contact().code()));
    }
  }

  private AddressEffects apply(
      AddressedDocument document, AddressedParty party, Given given, Reach reach) {
    boolean first = party.isFirst(given.kind());
    if (document.ownKind() == AddressKind.REMINDER && reach != Reach.NOTHING) {
      // A reminder has but one address: what it has inherited from its bill goes with the old one.
      rows.remove(document.id(), party.role(), AddressKind.DOCUMENT);
    }
    Group updated = Group.one(document.name());
    Group left = Group.NONE;
    String contact = null;
    switch (reach) {
      case NOTHING -> updated = Group.NONE;
      case DOCUMENT -> put(document, party, given);
      case DOCUMENT_AND_CONTACT -> {
        contact = party.contact().code();
        left = saveOnBoth(document, party, given);
      }
      default -> throw new IllegalStateException(reach + " is for contacts");
    }
    return new AddressEffects(
        given.kind(), party.role(), reach, first, contact, updated, left, Group.NONE);
  }

  /** Counts as the contact's from then on (ADDR-7), unless something set by hand goes before it. */
  private Group saveOnBoth(AddressedDocument document, AddressedParty party, Given given) {
    ContactAddressing.Saved saved =
        contactAddressing.save(
            party.contact().code(),
            party.use(given.kind()),
            given.mailboxes(),
            new OnDocuments.Key(document.id(), party.role()));
    rows.remove(document.id(), party.role(), given.kind());
    OnDocument.Stand reminder = party.onDocument().reminder();
    if (given.kind() == AddressKind.DOCUMENT && reminder != null && !reminder.isByHand()) {
      // Its reminders have no address of their own: they go along.
      rows.remove(document.id(), party.role(), AddressKind.REMINDER);
    }
    Mailboxes now =
        of(document.id()).party(party.role(), given.choice()).resolved(given.kind()).mailboxes();
    if (!now.equals(given.mailboxes())) {
      put(document, party, given);
    }
    return saved.left();
  }

  private void put(AddressedDocument document, AddressedParty party, Given given) {
    rows.put(
        new DocumentAddressRows.Place(document.id(), party.role(), given.kind()),
        OnDocument.Source.HAND,
        given.mailboxes(),
        audit.actor());
  }
}
