package io.facteur.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.facteur.addressing.AddressKind;
import io.facteur.addressing.AddressedParty;
import io.facteur.addressing.ChangePlace;
import io.facteur.addressing.ContactAddressing;
import io.facteur.addressing.DocumentAddressing;
import io.facteur.addressing.DocumentAddressing.Given;
import io.facteur.addressing.DocumentRecipients;
import io.facteur.addressing.OnDocument;
import io.facteur.addressing.OnDocuments;
import io.facteur.addressing.Reach;
import io.facteur.addressing.ResolvedMailboxes;
import io.facteur.addressing.ResolvedMailboxes.Candidate;
import io.facteur.contract.Role;
import io.facteur.contract.VatCategory;
import io.facteur.delivery.AddressModel.ContactCopy;
import io.facteur.delivery.AddressModel.Copy;
import io.facteur.delivery.AddressModel.DocumentCopy;
import io.facteur.delivery.AddressModel.DocumentSet;
import io.facteur.delivery.AddressModel.From;
import io.facteur.delivery.AddressModel.PartyCopy;
import io.facteur.dispatch.Recipient;
import io.facteur.document.DocumentChain;
import io.facteur.document.DocumentHead;
import io.facteur.document.DocumentId;
import io.facteur.document.DocumentType;
import io.facteur.document.Documents;
import io.facteur.document.Drafts;
import io.facteur.document.FollowUpRequest;
import io.facteur.document.FollowUps;
import io.facteur.document.NewDocument;
import io.facteur.document.NewLine;
import io.facteur.party.AddressUse;
import io.facteur.party.Companies;
import io.facteur.party.Contact;
import io.facteur.party.ContactAddresses;
import io.facteur.party.ContactId;
import io.facteur.party.Contacts;
import io.facteur.party.DocumentAddresses;
import io.facteur.party.EmailAddress;
import io.facteur.party.Mailboxes;
import io.facteur.party.Parties;
import io.facteur.party.Refusal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Random contacts of two companies, with documents that are made, follow each other, are issued and
 * sent, while addresses change on all places: after each step everything goes where {@link
 * AddressModel} says, and says why.
 *
 * <p>More tries: {@code -Djqwik.tries.default=5000}.
 */
class ExplainedAddressesTest {

  private static final List<DocumentType> MADE =
      List.of(
          DocumentType.INVOICE,
          DocumentType.INVOICE,
          DocumentType.INVOICE,
          DocumentType.QUOTE,
          DocumentType.ORDER,
          DocumentType.LETTER,
          DocumentType.PURCHASE_ORDER);

  /** Of these, the first two belong to one company, the last to another. */
  private static final int CONTACTS = 3;

  /** So that most changes have something to change. */
  private static final List<Step> BEGINNING =
      List.of(
          new Step.Make(0, 0, true, false, true),
          new Step.Make(0, 0, false, false, false),
          new Step.Make(0, 0, true, true, true),
          new Step.Make(0, 1, false, false, true));

  private static LedgerOffice office;
  private static int number;

  /** Something that somebody does. */
  sealed interface Step {
    /**
     * Makes a document.
     *
     * @param delivery whether it has a delivery address: the other contact, or the same
     */
    record Make(int type, int contact, boolean delivery, boolean same, boolean issued)
        implements Step {}

    record Follow(int document, int type) implements Step {}

    record Issue(int document) implements Step {}

    record TakeBack(int document) implements Step {}

    record ChangeContact(int contact, Part part, Addresses addresses, Reach choice)
        implements Step {}

    record ChangeDocument(
        int document, boolean delivery, AddressKind kind, Mailboxes given, Reach choice)
        implements Step {}

    record Send(int document, boolean delivery, Mailboxes given, Reach choice) implements Step {}

    record Deliver() implements Step {}
  }

  /** What of a contact's addresses changes. */
  enum Part {
    ALL,
    GENERAL,
    SETS,
    REMINDER,
    NOTHING
  }

  /** Addresses of a contact; general may be null. */
  record Addresses(EmailAddress general, List<DocumentSet> sets, List<EmailAddress> reminder) {}

  @BeforeContainer
  static void open() {
    office = new LedgerOffice("node-explained");
    office.company("OTHER");
  }

  @AfterContainer
  static void close() {
    office.close();
  }

  @Provide
  Arbitrary<List<Addresses>> contacts() {
    return addresses().list().ofSize(CONTACTS);
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Integer> which = Arbitraries.of(0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9);
    Arbitrary<Boolean> either = Arbitraries.of(true, false);
    Arbitrary<Boolean> seldom = Arbitraries.of(true, false, false);
    Arbitrary<Reach> onContact =
        Arbitraries.of(
                Reach.CONTACT_AND_EXISTING, Reach.CONTACT_AND_FUTURE, Reach.CONTACT_AND_FUTURE)
            .injectNull(0.4);
    Arbitrary<Reach> onDocument =
        Arbitraries.of(Reach.DOCUMENT, Reach.DOCUMENT_AND_CONTACT).injectNull(0.4);
    Arbitrary<Reach> sending =
        Arbitraries.of(Reach.NOTHING, Reach.DOCUMENT, Reach.DOCUMENT_AND_CONTACT).injectNull(0.4);
    Arbitrary<Step> step =
        Arbitraries.frequencyOf(
            Tuple.of(
                4, Combinators.combine(which, which, seldom, either, either).as(Step.Make::new)),
            Tuple.of(2, Combinators.combine(which, which).as(Step.Follow::new)),
            Tuple.of(1, which.map(Step.Issue::new)),
            Tuple.of(1, which.map(Step.TakeBack::new)),
            Tuple.of(
                4,
                Combinators.combine(which, Arbitraries.of(Part.class), addresses(), onContact)
                    .as(Step.ChangeContact::new)),
            Tuple.of(
                5,
                Combinators.combine(
                        which, seldom, Arbitraries.of(AddressKind.class), mailboxes(), onDocument)
                    .as(Step.ChangeDocument::new)),
            Tuple.of(
                3,
                Combinators.combine(which, seldom, mailboxes().injectNull(0.3), sending)
                    .as(Step.Send::new)),
            Tuple.of(1, Arbitraries.just(new Step.Deliver())));
    return step.list().ofMinSize(4).ofMaxSize(25);
  }

  private static Arbitrary<Addresses> addresses() {
    Arbitrary<Set<AddressUse>> uses =
        Arbitraries.of(AddressUse.INVOICE, AddressUse.QUOTE, AddressUse.REMINDER, AddressUse.ORDER)
            .set()
            .ofMinSize(1)
            .ofMaxSize(3);
    return Combinators.combine(
            mailbox().injectNull(0.4),
            Combinators.combine(uses, mailboxes()).as(DocumentSet::new).list().ofMaxSize(2),
            mailbox().list().ofMaxSize(2))
        .as(Addresses::new);
  }

  private static Arbitrary<Mailboxes> mailboxes() {
    return Combinators.combine(
            mailbox().list().ofMinSize(1).ofMaxSize(2),
            mailbox().list().ofMaxSize(1),
            mailbox().list().ofMaxSize(1),
            Arbitraries.of(0, 0, 0, 0, 1, 2))
        .as(
            (first, cc, bcc, form) ->
                switch (form) {
                  case 0 -> Mailboxes.to(first.subList(0, 1));
                  case 1 -> new Mailboxes(List.of(), first, bcc);
                  default -> new Mailboxes(first, cc, bcc);
                });
  }

  /** Few, so that contacts often have the same. */
  private static Arbitrary<EmailAddress> mailbox() {
    return Arbitraries.of("a", "b", "c", "d", "e")
        .map(name -> new EmailAddress(name + "@x.example"));
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void everyDocumentAndDeliveryGoesWhereTheRulesSayAndSaysWhy(
      @ForAll("contacts") List<Addresses> contacts, @ForAll("steps") List<Step> steps) {
    Life life = new Life(contacts);
    BEGINNING.forEach(life::take);
    for (Step step : steps) {
      life.take(step);
      life.everythingIsAsTheModelSays();
    }
    life.take(new Step.Deliver());
    life.everyFrozenRecipientStays();
  }

  /** The product and the model, side by side. */
  private static final class Life {

    private final AddressModel model = new AddressModel();
    private final List<ContactId> contacts = new ArrayList<>();
    private final List<String> codes = new ArrayList<>();
    private final List<DocumentId> documents = new ArrayList<>();
    private final Map<DocumentId, DocumentHead> heads = new HashMap<>();
    private final Map<DeliveryId, Expected> waiting = new LinkedHashMap<>();
    private final Map<DeliveryId, Mailboxes> frozen = new LinkedHashMap<>();

    /** Where a delivery will go: to {@code given} alone, or by the rules as they are then. */
    private record Expected(DocumentCopy document, Role role, Mailboxes given) {}

    private Life(List<Addresses> given) {
      for (int i = 0; i < given.size(); i++) {
        String company = i < given.size() - 1 ? "ACME" : "OTHER";
        Addresses addresses = given.get(i);
        Contact contact =
            office
                .get(Contacts.class)
                .create(
                    Parties.customer(
                        office.get(Companies.class).get(company).id(),
                        "X-" + ++number,
                        contactAddresses(addresses)));
        contacts.add(contact.id());
        codes.add(contact.code());
        ContactCopy copy = new ContactCopy();
        set(copy, addresses);
        model.contacts.add(copy);
      }
    }

    private static ContactAddresses contactAddresses(Addresses addresses) {
      return new ContactAddresses(
          addresses.general(),
          addresses.sets().stream()
              .map(set -> new DocumentAddresses(set.uses(), set.mailboxes()))
              .toList(),
          addresses.reminder(),
          List.of());
    }

    private static void set(ContactCopy copy, Addresses addresses) {
      copy.general = addresses.general();
      copy.sets = new ArrayList<>(addresses.sets());
      copy.reminder = new ArrayList<>(EmailAddress.distinct(addresses.reminder()));
    }

    private void take(Step step) {
      if (step instanceof Step.Make make) {
        make(make);
      } else if (step instanceof Step.ChangeContact change) {
        changeContact(change);
      } else if (step instanceof Step.Deliver) {
        deliver();
      } else if (documents.isEmpty()) {
        return;
      } else if (step instanceof Step.Follow follow) {
        follow(follow);
      } else if (step instanceof Step.Issue issue) {
        issue(issue.document() % documents.size());
      } else if (step instanceof Step.TakeBack takeBack) {
        int i = takeBack.document() % documents.size();
        office.get(DocumentAddressing.class).follow(documents.get(i), null);
        model.documents.get(i).parties.values().forEach(PartyCopy::follow);
      } else if (step instanceof Step.ChangeDocument change) {
        changeDocument(change);
      } else if (step instanceof Step.Send send) {
        send(send);
      }
    }

    private void make(Step.Make make) {
      DocumentType type = MADE.get(make.type() % MADE.size());
      int contact = make.contact() % CONTACTS;
      // The delivery address is of the same company.
      int other = contact == CONTACTS - 1 || make.same() ? contact : 1 - contact;
      Integer delivery = make.delivery() ? other : null;
      DocumentId made =
          office
              .get(Drafts.class)
              .add(
                  newDocument(
                      type, codes.get(contact), delivery == null ? null : codes.get(delivery)),
                  "clerk");
      documents.add(made);
      model.make(
          type,
          model.contacts.get(contact),
          delivery == null ? null : model.contacts.get(delivery));
      if (make.issued()) {
        issue(documents.size() - 1);
      }
    }

    private NewDocument newDocument(DocumentType type, String contact, String delivery) {
      NewLine line =
          new NewLine(
              "Subscription",
              null,
              BigDecimal.ONE,
              "MON",
              BigDecimal.TEN,
              null,
              null,
              VatCategory.S,
              new BigDecimal("20"),
              null);
      return new NewDocument(
          type,
          codes.indexOf(contact) == CONTACTS - 1 ? "OTHER" : "ACME",
          contact,
          delivery,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          type == DocumentType.LETTER ? List.of() : List.of(line));
    }

    private void issue(int i) {
      DocumentId document = documents.get(i);
      if (heads.containsKey(document)) {
        return;
      }
      IssueResult result =
          office
              .get(DocumentIssuing.class)
              .issue(new IssueOrder(List.of(document), LedgerOffice.TODAY, "clerk"));
      assertThat(result.problems()).isEmpty();
      heads.put(document, office.get(Documents.class).get(String.valueOf(document.value())));
      DocumentCopy copy = model.documents.get(i);
      boolean mailed = !goesTo(copy, Role.CONTRACTING_PARTY).isEmpty();
      assertThat(office.deliveries(document))
          .containsExactly((mailed ? "EMAIL" : "POST") + " CONTRACTING_PARTY QUEUED");
      if (mailed) {
        waiting.put(latestDelivery(document), new Expected(copy, Role.CONTRACTING_PARTY, null));
      }
    }

    private static DeliveryId latestDelivery(DocumentId document) {
      return office
          .jdbc()
          .sql("SELECT MAX(id) FROM delivery WHERE document_id = ?")
          .param(document.value())
          .query((row, i) -> new DeliveryId(row.getLong(1)))
          .single();
    }

    private void follow(Step.Follow follow) {
      int i = follow.document() % documents.size();
      DocumentHead head = heads.get(documents.get(i));
      List<DocumentType> possible = DocumentChain.after(model.documents.get(i).type);
      if (head == null || possible.isEmpty()) {
        return;
      }
      DocumentType type = possible.get(follow.type() % possible.size());
      DocumentId follower;
      try {
        follower = office.get(FollowUps.class).draft(head, type, FollowUpRequest.ALL, "clerk");
      } catch (Refusal nothingLeft) {
        return;
      }
      documents.add(follower);
      model.makeFollower(type, model.documents.get(i));
    }

    private void changeContact(Step.ChangeContact change) {
      int i = change.contact() % CONTACTS;
      ContactCopy copy = model.contacts.get(i);
      Addresses wanted = wanted(copy, change);
      Contact now = office.get(Contacts.class).get(codes.get(i));
      office
          .get(ContactAddressing.class)
          .change(now.code(), now.version(), contactAddresses(wanted), change.choice());
      ContactCopy after = new ContactCopy();
      set(after, wanted);
      assertThat(model.changeContact(copy, after, change.choice())).isTrue();
    }

    private static Addresses wanted(ContactCopy now, Step.ChangeContact change) {
      Part part = change.part();
      Addresses given = change.addresses();
      return new Addresses(
          part == Part.ALL || part == Part.GENERAL ? given.general() : now.general,
          part == Part.ALL || part == Part.SETS ? given.sets() : now.sets,
          part == Part.ALL || part == Part.REMINDER ? given.reminder() : now.reminder);
    }

    private void changeDocument(Step.ChangeDocument change) {
      int i = change.document() % documents.size();
      Role role = change.delivery() ? Role.DELIVERY_ADDRESS : Role.CONTRACTING_PARTY;
      DocumentCopy copy = model.documents.get(i);
      Given given = new Given(role, change.kind(), change.given(), change.choice(), "saveAddress");
      boolean possible =
          copy.parties.containsKey(role)
              && model.change(
                      copy,
                      role,
                      change.kind(),
                      change.given(),
                      ChangePlace.ON_DOCUMENT,
                      change.choice())
                  != null;
      DocumentAddressing addressing = office.get(DocumentAddressing.class);
      if (possible) {
        addressing.change(documents.get(i), null, List.of(given));
      } else {
        assertThatThrownBy(() -> addressing.change(documents.get(i), null, List.of(given)))
            .isInstanceOf(Refusal.class);
      }
    }

    private void send(Step.Send send) {
      int i = send.document() % documents.size();
      DocumentHead head = heads.get(documents.get(i));
      Role role = send.delivery() ? Role.DELIVERY_ADDRESS : Role.CONTRACTING_PARTY;
      DocumentCopy copy = model.documents.get(i);
      if (head == null || !copy.parties.containsKey(role)) {
        return;
      }
      Reach kept =
          send.given() == null
              ? Reach.NOTHING
              : model.change(
                  copy,
                  role,
                  AddressKind.DOCUMENT,
                  send.given(),
                  ChangePlace.WHILE_SENDING,
                  send.choice());
      boolean possible = kept != null && (send.given() != null || !goesTo(copy, role).isEmpty());
      SendingByHand.Order order =
          new SendingByHand.Order(
              head, "EMAIL", role, send.given(), send.choice(), "key-" + ++number);
      SendingByHand sending = office.get(SendingByHand.class);
      if (!possible) {
        assertThatThrownBy(() -> sending.send(order, "clerk")).isInstanceOf(Refusal.class);
        return;
      }
      DeliveryId delivery = sending.send(order, "clerk").delivery();
      boolean alone =
          send.given() != null
              && kept == Reach.NOTHING
              && !(send.choice() == null && goesTo(copy, role).equals(send.given()));
      waiting.put(delivery, new Expected(copy, role, alone ? send.given() : null));
    }

    /** Begins all that waits: from then on its recipients are frozen (ADDR-9). */
    private void deliver() {
      Transmissions transmissions = office.get(Transmissions.class);
      for (Ticket ticket : office.claim("EMAIL", 500)) {
        Shipment shipment = transmissions.begin(ticket, "");
        if (shipment != null) {
          DeliveryId delivery = shipment.items().get(0).delivery();
          Expected expected = waiting.remove(delivery);
          assertThat(expected).as("delivery that nobody asked for").isNotNull();
          Mailboxes to = expected.given() == null ? goesTo(expected) : expected.given();
          assertThat(mailboxes(shipment.recipient())).isEqualTo(to);
          assertThat(shipment.recipient().rule()).isNotBlank();
          frozen.put(delivery, to);
        }
      }
      waiting.forEach(
          (delivery, expected) ->
              assertThat(goesTo(expected))
                  .as("%s was not begun", delivery)
                  .isEqualTo(Mailboxes.NONE));
      waiting.clear();
    }

    private static Mailboxes goesTo(Expected expected) {
      return goesTo(expected.document(), expected.role());
    }

    private static Mailboxes goesTo(DocumentCopy document, Role role) {
      return document.parties.get(role).decides(AddressKind.DOCUMENT).mailboxes();
    }

    private static Mailboxes mailboxes(Recipient recipient) {
      return new Mailboxes(recipient.to(), recipient.cc(), recipient.bcc());
    }

    private void everyFrozenRecipientStays() {
      frozen.forEach(
          (delivery, to) ->
              assertThat(mailboxes(frozenRecipient(delivery))).as("%s", delivery).isEqualTo(to));
    }

    private static Recipient frozenRecipient(DeliveryId delivery) {
      String json =
          office
              .jdbc()
              .sql("SELECT recipient FROM delivery WHERE id = ?")
              .param(delivery.value())
              .query(String.class)
              .single();
      try {
        return office.get(ObjectMapper.class).readValue(json, Recipient.class);
      } catch (JsonProcessingException e) {
        throw new AssertionError(json, e);
      }
    }

    private void everythingIsAsTheModelSays() {
      OnDocuments onDocuments = office.get(DocumentRecipients.class).of(documents);
      Map<ContactId, Contact> now =
          office.get(Contacts.class).byIds(contacts).stream()
              .collect(Collectors.toMap(Contact::id, Function.identity()));
      for (int i = 0; i < contacts.size(); i++) {
        Contact contact = now.get(contacts.get(i));
        for (AddressUse use : AddressUse.values()) {
          assertThat(
                  new AddressedParty(Role.CONTRACTING_PARTY, contact, use, OnDocument.NOTHING)
                      .resolved(AddressKind.DOCUMENT)
                      .mailboxes())
              .as("contact %d, %s", i, use)
              .isEqualTo(model.contacts.get(i).goesTo(use));
        }
      }
      for (int i = 0; i < documents.size(); i++) {
        DocumentCopy copy = model.documents.get(i);
        for (Role role : copy.parties.keySet()) {
          PartyCopy party = copy.parties.get(role);
          Contact contact = now.get(contacts.get(model.contacts.indexOf(party.contact)));
          AddressedParty actual =
              new AddressedParty(
                  role, contact, copy.type.addressUse(), onDocuments.of(documents.get(i), role));
          String name = "document %d, %s %s, ".formatted(i, copy.type, role);
          isAs(party, AddressKind.DOCUMENT, actual, name + "address");
          if (copy.hasReminders()) {
            isAs(party, AddressKind.REMINDER, actual, name + "reminder address");
          }
        }
      }
    }

    private static void isAs(
        PartyCopy party, AddressKind kind, AddressedParty actual, String name) {
      Copy copy = party.decides(kind);
      ResolvedMailboxes resolved = actual.resolved(kind);
      assertThat(resolved.mailboxes()).as(name).isEqualTo(copy.mailboxes());
      isExplained(resolved, actual, name);
      if (resolved.isEmpty()) {
        assertThat(resolved.rule()).as(name).isEqualTo("ADDR-2e no address");
      } else if (copy.from() == From.HAND) {
        assertThat(resolved.rule()).as(name).isEqualTo("ADDR-2a set by hand on the document");
      } else if (copy.from() == From.PREDECESSOR) {
        assertThat(resolved.rule())
            .as(name)
            .isEqualTo("ADDR-2a inherited from the preceding document");
      } else {
        assertThat(resolved.rule()).as(name).matches("ADDR-2[bcd].*|ADDR-6 kept.*");
      }
    }

    /** One candidate has won, which is really there; every other one says why not. */
    private static void isExplained(ResolvedMailboxes resolved, AddressedParty party, String name) {
      List<Candidate> won = resolved.candidates().stream().filter(Candidate::won).toList();
      assertThat(won).as(name).hasSize(resolved.isEmpty() ? 0 : 1);
      for (Candidate candidate : resolved.candidates()) {
        if (candidate.won()) {
          assertThat(candidate.mailboxes()).as(name).isEqualTo(resolved.mailboxes());
          assertThat(candidate.rule()).as(name).isEqualTo(resolved.rule());
          assertThat(candidate.whyNot()).as(name).isNull();
          assertThat(isThere(candidate, party)).as("%s: %s", name, candidate).isTrue();
        } else {
          assertThat(candidate.whyNot()).as(name).isNotBlank();
        }
      }
    }

    private static boolean isThere(Candidate winner, AddressedParty party) {
      if (winner.source().startsWith("contact ")) {
        ContactAddresses addresses = party.contact().addresses();
        Set<EmailAddress> known = new HashSet<>(addresses.reminder());
        known.add(addresses.general());
        for (DocumentAddresses set : addresses.documents()) {
          known.addAll(all(set.mailboxes()));
        }
        return winner.source().startsWith("contact " + party.contact().code() + ",")
            && known.containsAll(all(winner.mailboxes()));
      }
      return Stream.of(party.onDocument().document(), party.onDocument().reminder())
          .anyMatch(stand -> stand != null && stand.mailboxes().equals(winner.mailboxes()));
    }

    private static List<EmailAddress> all(Mailboxes mailboxes) {
      List<EmailAddress> all = new ArrayList<>(mailboxes.to());
      all.addAll(mailboxes.cc());
      all.addAll(mailboxes.bcc());
      return all;
    }
  }
}
