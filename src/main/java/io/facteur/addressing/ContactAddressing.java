package io.facteur.addressing;

import io.facteur.addressing.AddressEffects.Group;
import io.facteur.addressing.FollowingDocuments.Scope;
import io.facteur.addressing.FollowingDocuments.Standing;
import io.facteur.party.AddressUse;
import io.facteur.party.Contact;
import io.facteur.party.ContactAddresses;
import io.facteur.party.Contacts;
import io.facteur.party.CurrentActor;
import io.facteur.party.Mailboxes;
import io.facteur.party.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Changes addresses of contacts, and tells what becomes of their documents (ADDR-6, first row). */
@Service
public class ContactAddressing {

  /** The field in which a caller says how far a change goes. */
  static final String CHOICE = "existingInvoices";

  private final Contacts contacts;
  private final FollowingDocuments documents;
  private final ReachTable table;
  private final CurrentActor actor;

  ContactAddressing(
      Contacts contacts, FollowingDocuments documents, ReachTable table, CurrentActor actor) {
    this.contacts = contacts;
    this.documents = documents;
    this.table = table;
    this.actor = actor;
  }

  /**
   * A contact as it is now.
   *
   * @param effects one for each kind of address that was changed
   */
  public record Change(Contact contact, List<AddressEffects> effects) {
    public Change {
      effects = List.copyOf(effects);
    }
  }

  /**
   * Replaces all addresses of a contact.
   *
   * @param version that the change was made on
   * @param chosen how far the document address goes; null: by default
   * @throws Refusal if there is no such contact, the version is not the current one, or that cannot
   *     be chosen
   */
  @Transactional
  public Change change(String code, int version, ContactAddresses addresses, Reach chosen) {
    return change(
        code, addresses, chosen, before -> contacts.changeAddresses(code, version, addresses));
  }

  /**
   * Replaces a contact with all of its addresses.
   *
   * @throws Refusal as for its data and its addresses
   */
  @Transactional
  public Change update(Contact contact, Reach chosen) {
    return change(contact.code(), contact.addresses(), chosen, before -> contacts.update(contact));
  }

  private Change change(
      String code, ContactAddresses addresses, Reach chosen, UnaryOperator<Contact> save) {
    Contact before = contacts.get(code);
    Contact wanted = before.with(addresses);
    List<Wanted> wishes =
        Arrays.stream(AddressKind.values())
            .map(kind -> wanted(kind, before, wanted, chosen))
            .filter(wish -> wish.isTouched())
            .toList();
    if (wishes.stream().anyMatch(wish -> wish.reach() == Reach.CONTACT_AND_FUTURE)) {
      documents.lock(before);
    }
    Contact after = save.apply(before);
    List<AddressEffects> effects = new ArrayList<>();
    for (Wanted wish : wishes) {
      AddressEffects did = carryOut(wish, before, after);
      boolean idle = wish.changed().isEmpty() && did.updated().count() == 0;
      if (!idle || wish.kind() == AddressKind.DOCUMENT) {
        effects.add(did);
      }
    }
    return new Change(after, effects);
  }

  /**
   * What is to become of one kind of address.
   *
   * @param changed documents of these uses go elsewhere than before
   * @param chosen whether a caller said how far it goes
   */
  private record Wanted(
      AddressKind kind, Reach reach, boolean first, List<AddressUse> changed, boolean chosen) {

    /** Whoever asks for existing documents to follow gets that, even if nothing else changes. */
    private boolean isAskedFor() {
      return chosen && reach == Reach.CONTACT_AND_EXISTING;
    }

    private boolean isTouched() {
      return !changed.isEmpty() || isAskedFor();
    }

    /** A change of the address for quotes does not concern invoices that were left before. */
    private List<AddressUse> concerned() {
      return isAskedFor() ? uses(kind) : changed;
    }

    private static List<AddressUse> uses(AddressKind kind) {
      return Arrays.stream(AddressUse.values()).filter(use -> AddressKind.of(use) == kind).toList();
    }
  }

  private Wanted wanted(AddressKind kind, Contact before, Contact wanted, Reach chosen) {
    List<AddressUse> changed = changedUses(kind, before, wanted);
    boolean first = isFirst(kind, before, wanted, changed);
    // Existing reminders cannot be left: a choice to leave is one for documents alone.
    Reach choice =
        kind == AddressKind.DOCUMENT || chosen == Reach.CONTACT_AND_EXISTING ? chosen : null;
    return new Wanted(
        kind,
        table.reach(ChangePlace.ON_CONTACT, kind, first, CHOICE, choice),
        first,
        changed,
        choice != null);
  }

  /** Whether what is changed had no address before, or reminders none of their own. */
  private static boolean isFirst(
      AddressKind kind, Contact before, Contact after, List<AddressUse> changed) {
    boolean own =
        kind == AddressKind.REMINDER
            && !RecipientResolution.hasReminderAddress(before)
            && RecipientResolution.hasReminderAddress(after);
    return own
        || (!changed.isEmpty()
            && changed.stream().allMatch(use -> resolved(before, use).isEmpty()));
  }

  private static List<AddressUse> changedUses(AddressKind kind, Contact before, Contact after) {
    return Wanted.uses(kind).stream()
        .filter(use -> !resolved(before, use).equals(resolved(after, use)))
        .toList();
  }

  private static Mailboxes resolved(Contact contact, AddressUse use) {
    return RecipientResolution.resolve(contact, use).mailboxes();
  }

  private AddressEffects carryOut(Wanted wish, Contact before, Contact after) {
    Group updated = Group.NONE;
    Group left = Group.NONE;
    Group byHand = Group.NONE;
    for (AddressUse use : wish.concerned()) {
      Scope scope = new Scope(before, use, null);
      byHand = byHand.and(documents.find(scope, Standing.BY_HAND));
      if (wish.reach() == Reach.CONTACT_AND_EXISTING) {
        boolean changed = wish.changed().contains(use);
        Standing reached = changed ? Standing.FOLLOWING_OR_KEPT : Standing.KEPT;
        updated = updated.and(documents.find(scope, reached));
        documents.follow(scope);
      } else {
        left = left.and(documents.find(scope, Standing.FOLLOWING_OR_KEPT));
        documents.keep(scope, resolved(before, use), actor.name());
      }
    }
    return new AddressEffects(
        wish.kind(), null, wish.reach(), wish.first(), after.code(), updated, left, byHand);
  }

  /**
   * A contact as it is now.
   *
   * @param left documents that keep what the contact had before
   */
  record Saved(Contact contact, Group left) {}

  /**
   * Gives a contact the address that was given on one of its documents. Its other documents keep
   * what they have, and so does that one in its other role.
   */
  Saved save(String code, AddressUse use, Mailboxes given, OnDocuments.Key document) {
    Contact before = contacts.get(code);
    if (resolved(before, use).equals(given)) {
      return new Saved(before, Group.NONE);
    }
    ContactAddresses corrected = Correction.correct(before.addresses(), use, given);
    Contact after = contacts.changeAddresses(code, before.version(), corrected);
    List<AddressUse> changed =
        Arrays.stream(AddressKind.values())
            .flatMap(kind -> changedUses(kind, before, after).stream())
            .toList();
    Group left = Group.NONE;
    for (AddressUse one : changed) {
      Scope scope = new Scope(before, one, document);
      // Bills whose reminders keep theirs as well would be named twice.
      boolean twice = one == AddressUse.REMINDER && changed.contains(AddressUse.INVOICE);
      Scope named = twice ? scope.withoutBills() : scope;
      left = left.and(documents.find(named, Standing.FOLLOWING_OR_KEPT));
      documents.keep(scope, resolved(before, one), actor.name());
    }
    return new Saved(after, left);
  }

  /** To be called before anything else is held, by whoever will {@link #save}. */
  void lock(Contact contact) {
    documents.lock(contact);
  }
}
