package io.facteur.delivery;

import io.facteur.addressing.AddressKind;
import io.facteur.addressing.ChangePlace;
import io.facteur.addressing.Reach;
import io.facteur.contract.Role;
import io.facteur.document.DocumentType;
import io.facteur.party.AddressUse;
import io.facteur.party.EmailAddress;
import io.facteur.party.Mailboxes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * ADDR-2 to ADDR-7 as they are written down, in the simplest way: every document has a copy of its
 * addresses from the day on which it is made, and each change is carried out on each copy.
 */
final class AddressModel {

  /** Where a copy comes from. */
  enum From {
    CONTACT,
    HAND,
    PREDECESSOR
  }

  /** Addresses that stand on a document. */
  record Copy(Mailboxes mailboxes, From from) {
    boolean byHand() {
      return from != From.CONTACT;
    }
  }

  /** A set of document addresses. */
  record DocumentSet(Set<AddressUse> uses, Mailboxes mailboxes) {}

  /** A contact with what it has at the moment. */
  static final class ContactCopy {
    EmailAddress general;
    List<DocumentSet> sets = new ArrayList<>();
    List<EmailAddress> reminder = new ArrayList<>();

    Mailboxes goesTo(AddressUse use) {
      if (use != AddressUse.REMINDER) {
        return marked(use).isEmpty() ? generalOrNone() : marked(use);
      }
      if (!reminder.isEmpty()) {
        return Mailboxes.to(reminder);
      }
      if (!marked(AddressUse.REMINDER).isEmpty()) {
        return marked(AddressUse.REMINDER);
      }
      return marked(AddressUse.INVOICE).isEmpty() ? generalOrNone() : marked(AddressUse.INVOICE);
    }

    private Mailboxes generalOrNone() {
      return general == null ? Mailboxes.NONE : Mailboxes.to(List.of(general));
    }

    private Mailboxes marked(AddressUse use) {
      Mailboxes all = Mailboxes.NONE;
      for (DocumentSet set : sets) {
        if (set.uses().contains(use)) {
          all = all.and(set.mailboxes());
        }
      }
      return all;
    }

    private boolean hasReminderAddress() {
      return !reminder.isEmpty() || !marked(AddressUse.REMINDER).isEmpty();
    }

    /** Written where the one that it replaces stands. */
    private void correct(AddressUse use, Mailboxes given) {
      boolean toOnly = given.cc().isEmpty() && given.bcc().isEmpty();
      if (use == AddressUse.REMINDER) {
        reminder = toOnly ? new ArrayList<>(given.to()) : new ArrayList<>();
        if (!toOnly) {
          giveSetOfItsOwn(use, given);
        }
        return;
      }
      List<DocumentSet> marked = sets.stream().filter(set -> set.uses().contains(use)).toList();
      boolean one = toOnly && given.to().size() == 1;
      if (marked.size() == 1) {
        sets.replaceAll(set -> set.uses().contains(use) ? new DocumentSet(set.uses(), given) : set);
      } else if (marked.isEmpty() && one && (general != null || sets.isEmpty())) {
        general = given.to().get(0);
      } else {
        giveSetOfItsOwn(use, given);
      }
    }

    private void giveSetOfItsOwn(AddressUse use, Mailboxes given) {
      List<DocumentSet> without = new ArrayList<>();
      for (DocumentSet set : sets) {
        Set<AddressUse> others = EnumSet.copyOf(set.uses());
        others.remove(use);
        if (!others.isEmpty()) {
          without.add(new DocumentSet(others, set.mailboxes()));
        }
      }
      without.add(new DocumentSet(EnumSet.of(use), given));
      sets = without;
    }
  }

  /** One role of a document. */
  static final class PartyCopy {
    final ContactCopy contact;
    final AddressUse use;
    Copy document;
    Copy reminder;

    PartyCopy(ContactCopy contact, AddressUse use) {
      this.contact = contact;
      this.use = use;
      follow();
    }

    void follow() {
      document = new Copy(contact.goesTo(use), From.CONTACT);
      reminder = new Copy(contact.goesTo(AddressUse.REMINDER), From.CONTACT);
    }

    /** Set by hand holds before the contact's, for reminders too. */
    Copy decides(AddressKind kind) {
      if (kind == AddressKind.DOCUMENT && use != AddressUse.REMINDER) {
        return document;
      }
      if (reminder.byHand() || !document.byHand()) {
        return reminder;
      }
      return document;
    }

    /** The contact has no such address, and nobody has set one here. */
    private boolean isFirst(AddressKind kind) {
      if (kind == AddressKind.DOCUMENT) {
        return document.mailboxes().isEmpty() && contact.goesTo(use).isEmpty();
      }
      boolean hasOne = reminder.byHand() || (use == AddressUse.REMINDER && document.byHand());
      return !hasOne && !contact.hasReminderAddress();
    }
  }

  /** A document. */
  static final class DocumentCopy {
    final DocumentType type;
    final Map<Role, PartyCopy> parties = new EnumMap<>(Role.class);

    DocumentCopy(DocumentType type) {
      this.type = type;
    }

    /** Those that somebody is reminded of, or that remind. */
    boolean hasReminders() {
      return switch (type) {
        case INVOICE, INSTALMENT, SETTLEMENT, REMINDER, PAYMENT_NOTICE, STATEMENT -> true;
        default -> false;
      };
    }
  }

  final List<ContactCopy> contacts = new ArrayList<>();
  final List<DocumentCopy> documents = new ArrayList<>();

  private static AddressUse use(DocumentType type) {
    return switch (type) {
      case QUOTE -> AddressUse.QUOTE;
      case ORDER -> AddressUse.ORDER;
      case DELIVERY_NOTE -> AddressUse.DELIVERY_NOTE;
      case INVOICE, INSTALMENT, SETTLEMENT, CREDIT_NOTE, LETTER -> AddressUse.INVOICE;
      case REMINDER, PAYMENT_NOTICE, STATEMENT -> AddressUse.REMINDER;
      case PURCHASE_ORDER -> AddressUse.PURCHASE_ORDER;
    };
  }

  /**
   * ADDR-3.
   *
   * @param delivery null if it has no delivery address
   */
  DocumentCopy make(DocumentType type, ContactCopy contact, ContactCopy delivery) {
    DocumentCopy document = new DocumentCopy(type);
    document.parties.put(Role.CONTRACTING_PARTY, new PartyCopy(contact, use(type)));
    if (delivery != null) {
      document.parties.put(Role.DELIVERY_ADDRESS, new PartyCopy(delivery, use(type)));
    }
    documents.add(document);
    return document;
  }

  /** ADDR-4: what was set by hand is inherited, the rest is asked of the contacts. */
  DocumentCopy makeFollower(DocumentType type, DocumentCopy predecessor) {
    PartyCopy delivery = predecessor.parties.get(Role.DELIVERY_ADDRESS);
    DocumentCopy follower =
        make(
            type,
            predecessor.parties.get(Role.CONTRACTING_PARTY).contact,
            delivery == null ? null : delivery.contact);
    follower.parties.forEach(
        (role, party) -> {
          PartyCopy before = predecessor.parties.get(role);
          if (before.document.byHand()) {
            party.document = new Copy(before.document.mailboxes(), From.PREDECESSOR);
          }
          if (before.reminder.byHand()) {
            party.reminder = new Copy(before.reminder.mailboxes(), From.PREDECESSOR);
          }
        });
    return follower;
  }

  /** ADDR-6, first row; whether the choice is one. */
  boolean changeContact(ContactCopy contact, ContactCopy wanted, Reach choice) {
    if (choice != null
        && choice != Reach.CONTACT_AND_EXISTING
        && choice != Reach.CONTACT_AND_FUTURE) {
      return false;
    }
    Map<AddressUse, Mailboxes> before = new EnumMap<>(AddressUse.class);
    for (AddressUse use : AddressUse.values()) {
      before.put(use, contact.goesTo(use));
    }
    contact.general = wanted.general;
    contact.sets = new ArrayList<>(wanted.sets);
    contact.reminder = new ArrayList<>(wanted.reminder);
    boolean asked = choice == Reach.CONTACT_AND_EXISTING;
    for (PartyCopy party : partiesOf(contact)) {
      Mailboxes now = contact.goesTo(party.use);
      boolean reached = asked || !now.equals(before.get(party.use));
      if (!party.document.byHand() && choice != Reach.CONTACT_AND_FUTURE && reached) {
        party.document = new Copy(now, From.CONTACT);
      }
      Mailboxes reminders = contact.goesTo(AddressUse.REMINDER);
      boolean remindersReached = asked || !reminders.equals(before.get(AddressUse.REMINDER));
      if (!party.reminder.byHand() && remindersReached) {
        party.reminder = new Copy(reminders, From.CONTACT);
      }
    }
    return true;
  }

  private List<PartyCopy> partiesOf(ContactCopy contact) {
    return documents.stream()
        .flatMap(document -> document.parties.values().stream())
        .filter(party -> party.contact == contact)
        .toList();
  }

  /**
   * ADDR-5 and ADDR-6, second and third row.
   *
   * @return how far it went; null if the choice is none
   */
  Reach change(
      DocumentCopy document,
      Role role,
      AddressKind given,
      Mailboxes mailboxes,
      ChangePlace place,
      Reach choice) {
    PartyCopy party = document.parties.get(role);
    AddressKind kind = party.use == AddressUse.REMINDER ? AddressKind.REMINDER : given;
    if (choice == null && party.decides(kind).mailboxes().equals(mailboxes)) {
      return Reach.NOTHING;
    }
    List<Reach> choices = choices(place, kind, party.isFirst(kind));
    Reach reach = choice == null ? choices.get(0) : choice;
    if (!choices.contains(reach)) {
      return null;
    }
    if (party.use == AddressUse.REMINDER && reach != Reach.NOTHING) {
      party.document = new Copy(Mailboxes.NONE, From.CONTACT);
    }
    if (reach == Reach.DOCUMENT) {
      put(party, kind, new Copy(mailboxes, From.HAND));
    } else if (reach == Reach.DOCUMENT_AND_CONTACT) {
      AddressUse use = kind == AddressKind.REMINDER ? AddressUse.REMINDER : party.use;
      if (!party.contact.goesTo(use).equals(mailboxes)) {
        party.contact.correct(use, mailboxes);
      }
      boolean shadowed = kind == AddressKind.REMINDER && party.document.byHand();
      put(party, kind, new Copy(mailboxes, shadowed ? From.HAND : From.CONTACT));
      if (kind == AddressKind.DOCUMENT && !party.reminder.byHand()) {
        party.reminder = new Copy(party.contact.goesTo(AddressUse.REMINDER), From.CONTACT);
      }
    }
    return reach;
  }

  private static void put(PartyCopy party, AddressKind kind, Copy copy) {
    if (kind == AddressKind.DOCUMENT) {
      party.document = copy;
    } else {
      party.reminder = copy;
    }
  }

  /** The table of ADDR-6, and ADDR-5; what holds by default first. */
  private static List<Reach> choices(ChangePlace place, AddressKind kind, boolean first) {
    if (place == ChangePlace.WHILE_SENDING) {
      if (first || kind == AddressKind.DOCUMENT) {
        return List.of(Reach.DOCUMENT_AND_CONTACT, Reach.DOCUMENT, Reach.NOTHING);
      }
      return List.of(Reach.DOCUMENT, Reach.DOCUMENT_AND_CONTACT);
    }
    return first || kind == AddressKind.DOCUMENT
        ? List.of(Reach.DOCUMENT_AND_CONTACT, Reach.DOCUMENT)
        : List.of(Reach.DOCUMENT);
  }
}
