package io.facteur.addressing;

import static io.facteur.addressing.AddressKind.DOCUMENT;
import static io.facteur.addressing.AddressKind.REMINDER;
import static io.facteur.contract.Role.CONTRACTING_PARTY;
import static io.facteur.contract.Role.DELIVERY_ADDRESS;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.addressing.DocumentAddressing.Given;
import io.facteur.contract.Role;
import io.facteur.document.DocumentId;
import io.facteur.document.DocumentType;
import io.facteur.document.NewDocument;
import io.facteur.document.OwnAddress;
import io.facteur.document.OwnAddresses;
import io.facteur.party.Contact;
import io.facteur.party.PostalAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A contact with some documents, beside others that nothing concerns, and what is done to them in
 * the words of {@code docs/address-cases/addr-6-where-a-change-is-kept.md}.
 */
final class AddressScene {

  private static final Pattern STEP =
      Pattern.compile("(on|sending) ([a-z ]+?)(?:, ([a-z ]+))?: *(.*)");
  private static final String NOTHING = "nothing";
  private static final Set<DocumentType> FOLLOWERS =
      EnumSet.of(DocumentType.CREDIT_NOTE, DocumentType.REMINDER, DocumentType.PAYMENT_NOTICE);

  private final AddressOffice office;
  private final Contact contact;
  private final Contact deliveryContact;
  private final Map<String, DocumentId> documents = new LinkedHashMap<>();
  private final AddressOffice.Strangers strangers;
  private final boolean ownDelivery;
  private final Map<DocumentId, AddressedDocument> seen = new HashMap<>();

  /** What was done, and what the program answered. */
  record Outcome(List<AddressEffects> effects) {}

  /** Five invoices: {@code this, other, draft, rita, hanna}. */
  static AddressScene invoices(AddressOffice office, String before) {
    AddressScene scene = new AddressScene(office, before, "");
    scene.add(DocumentType.INVOICE, "this", "other", "draft", "rita", "hanna");
    scene.issue("this", "other", "rita", "hanna");
    scene.step("on rita, document: reminder rita");
    scene.step("on hanna, document: hanna");
    return scene;
  }

  /** An issued document of a type, {@code it}, a {@code draft}, and an {@code invoice}. */
  static AddressScene ofType(AddressOffice office, String before, DocumentType type) {
    AddressScene scene = new AddressScene(office, before, "");
    if (type == DocumentType.STATEMENT) {
      // It needs a bill that is open.
      DocumentId bill = office.issued(DocumentType.INVOICE, scene.contact, null);
      scene.add(type, "it", "draft");
      scene.documents.put("invoice", bill);
      scene.issue("it");
    } else {
      scene.add(type, "it", "draft");
      scene.add(DocumentType.INVOICE, "invoice");
      scene.issue("it", "invoice");
    }
    return scene;
  }

  /**
   * Invoices with a delivery address: {@code this, other}, and {@code theirs}.
   *
   * @param delivery what its contact has; {@code the same} contact, or {@code its own} address
   */
  static AddressScene parties(AddressOffice office, String before, String delivery) {
    AddressScene scene = new AddressScene(office, before, delivery);
    scene.add(DocumentType.INVOICE, "this", "other");
    if (scene.deliveryContact != null) {
      scene.documents.put(
          "theirs", office.draft(DocumentType.INVOICE, scene.deliveryContact, null));
      scene.issue("theirs");
    }
    scene.issue("this");
    return scene;
  }

  private AddressScene(AddressOffice office, String before, String delivery) {
    this.office = office;
    contact = office.customer(AddressText.contact(before));
    ownDelivery = delivery.equals("its own");
    if (delivery.equals("the same")) {
      deliveryContact = contact;
    } else if (delivery.isEmpty() || ownDelivery) {
      deliveryContact = null;
    } else {
      deliveryContact = office.customer(AddressText.contact(delivery.equals("–") ? "" : delivery));
    }
    strangers = office.strangers(contact.addresses());
  }

  private void add(DocumentType type, String... names) {
    for (int i = 0; i < names.length; i++) {
      documents.put(names[i], null);
    }
    List<DocumentId> made =
        FOLLOWERS.contains(type)
            ? Arrays.stream(names).map(name -> follower(type)).toList()
            : office.drafts(Collections.nCopies(names.length, newDocument(type)));
    for (int i = 0; i < names.length; i++) {
      documents.put(names[i], made.get(i));
    }
  }

  private NewDocument newDocument(DocumentType type) {
    OwnAddress delivery =
        new OwnAddress("Site", null, new PostalAddress("9 rue du Lac", "35000", "Rennes", "FR"));
    return office.newDocument(
        type,
        contact,
        deliveryContact,
        ownDelivery ? new OwnAddresses(null, delivery) : OwnAddresses.NONE);
  }

  /** Of an invoice of somebody else's, which would be named in the answers. */
  private DocumentId follower(DocumentType type) {
    Contact other = office.customer(contact.addresses());
    DocumentId follower = office.follower(office.issued(DocumentType.INVOICE, other, null), type);
    office
        .jdbc()
        .sql("UPDATE document SET contact_id = ? WHERE id = ?")
        .params(contact.id().value(), follower.value())
        .update();
    return follower;
  }

  private void issue(String... names) {
    office.issue(Arrays.stream(names).map(documents::get).toList());
  }

  /**
   * Carries out the steps one after the other.
   *
   * @return what the last one answered
   */
  Outcome carryOut(String steps) {
    List<AddressEffects> last = List.of();
    for (String step : steps.split("<br>")) {
      last = step(step);
      seen.clear();
    }
    assertThat(office.state(strangers.documents()))
        .as("documents of others")
        .isEqualTo(strangers.state());
    return new Outcome(last);
  }

  private List<AddressEffects> step(String step) {
    if (step.startsWith("follow ")) {
      DocumentId document = documents.get(step.substring("follow ".length()));
      office.get(DocumentAddressing.class).follow(document, null);
      return List.of();
    }
    Matcher of = STEP.matcher(step);
    assertThat(of.matches()).as("can be read: " + step).isTrue();
    Reach choice = choice(of.group(3));
    return switch (of.group(2)) {
      case "the contact" -> onContact(contact, of.group(4), choice);
      case "the delivery address" -> onContact(deliveryContact, of.group(4), choice);
      default -> onDocument(of.group(2).replace("the ", ""), of.group(1), of.group(4), choice);
    };
  }

  private static Reach choice(String words) {
    if (words == null) {
      return null;
    }
    return switch (words) {
      case "leaving" -> Reach.CONTACT_AND_FUTURE;
      case "updating" -> Reach.CONTACT_AND_EXISTING;
      default -> Reach.valueOf(AddressText.constant(words));
    };
  }

  private List<AddressEffects> onContact(Contact changed, String addresses, Reach choice) {
    return office
        .change(changed, AddressText.contact(addresses.equals("–") ? "" : addresses), choice)
        .effects();
  }

  private List<AddressEffects> onDocument(String name, String place, String given, Reach choice) {
    Role role = given.startsWith("delivery ") ? DELIVERY_ADDRESS : CONTRACTING_PARTY;
    AddressKind kind = given.startsWith("reminder ") ? REMINDER : DOCUMENT;
    String mailboxes = given.replaceFirst("^(delivery|reminder) ", "");
    Given one = new Given(role, kind, AddressText.mailboxes(mailboxes), choice, "saveAddress");
    if (place.equals("on")) {
      return office.change(documents.get(name), one).effects();
    }
    AddressEffects effects = office.whileSending(documents.get(name), one);
    return effects == null ? List.of() : List.of(effects);
  }

  /** A document that is made now. */
  void addFuture(DocumentType type) {
    add(type, "future");
  }

  String contact() {
    return AddressText.text(office.now(contact).addresses());
  }

  String deliveryContact() {
    return deliveryContact == null ? "" : AddressText.text(office.now(deliveryContact).addresses());
  }

  /** To whom a document goes. */
  String goesTo(String name) {
    return resolved(name, CONTRACTING_PARTY, DOCUMENT);
  }

  /** To whom its reminders go. */
  String remindersGoTo(String name) {
    return resolved(name, CONTRACTING_PARTY, REMINDER);
  }

  /** To whom it goes in both of its roles. */
  String partiesGoTo(String name) {
    return shown(goesTo(name)) + " / " + shown(resolved(name, DELIVERY_ADDRESS, DOCUMENT));
  }

  private String resolved(String name, Role role, AddressKind kind) {
    return AddressText.text(
        now(documents.get(name)).party(role, "role").resolved(kind).mailboxes());
  }

  private AddressedDocument now(DocumentId document) {
    return seen.computeIfAbsent(document, id -> office.get(DocumentAddressing.class).of(id));
  }

  static String shown(String mailboxes) {
    return mailboxes.isEmpty() ? "–" : mailboxes;
  }

  /** All that is kept of all addresses, as text. */
  Map<String, String> state() {
    Map<String, String> state = office.state(documents.values());
    state.put("contact", contact());
    state.put("delivery contact", deliveryContact());
    return state;
  }

  /** The answer in words. */
  String text(Outcome outcome) {
    return outcome.effects().isEmpty()
        ? NOTHING
        : outcome.effects().stream().map(this::text).collect(joining("\n"));
  }

  private String text(AddressEffects effects) {
    String groups =
        List.of(
                text("changed", effects.updated()),
                text("left", effects.left()),
                text("by hand", effects.keptByHand()))
            .stream()
            .filter(group -> !group.isEmpty())
            .collect(joining(", "));
    return "%s%s address, %s%s"
        .formatted(
            effects.first() ? "first " : "",
            words(effects.kind()),
            words(effects.reach()),
            groups.isEmpty() ? "" : ": " + groups);
  }

  private static String words(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private String text(String word, AddressEffects.Group group) {
    assertThat(group.documents()).as(word).hasSize((int) group.count());
    List<String> names =
        documents.keySet().stream()
            .filter(name -> group.documents().contains(now(documents.get(name)).name()))
            .toList();
    assertThat(names).as(word + " " + group).hasSize((int) group.count());
    return names.isEmpty() ? "" : word + " " + String.join(" ", names);
  }
}
