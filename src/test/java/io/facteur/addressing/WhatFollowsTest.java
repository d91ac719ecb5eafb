package io.facteur.addressing;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.addressing.DocumentAddressing.Given;
import io.facteur.contract.Role;
import io.facteur.contract.VatCategory;
import io.facteur.document.DocumentId;
import io.facteur.document.DocumentType;
import io.facteur.document.Documents;
import io.facteur.document.NewDocument;
import io.facteur.document.NewLine;
import io.facteur.document.OwnAddress;
import io.facteur.document.OwnAddresses;
import io.facteur.party.Contact;
import io.facteur.party.PostalAddress;
import io.facteur.testing.CaseFile;
import io.facteur.testing.CaseTables.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Carries out every row of {@code docs/address-cases/addr-4-what-follows.md}. */
class WhatFollowsTest {

  private static final Pattern SETTING = Pattern.compile("on ([a-z ]+?)(, later)?: (.+)");

  private static final CaseFile CASES =
      new CaseFile("docs/address-cases/addr-4-what-follows.md")
          .table(
              "Set once, by hand",
              "Chain, Set on the first, Its documents go to",
              "Its documents go to",
              WhatFollowsTest::once)
          .table(
              "Set on the way",
              "Chain, Set, Its documents go to",
              "Its documents go to",
              WhatFollowsTest::onTheWay)
          .table(
              "Set for the delivery address",
              "Chain, Set for the delivery address, Delivered, Its documents go there to",
              "Its documents go there to",
              WhatFollowsTest::delivered);

  private static AddressOffice office;

  @BeforeAll
  static void open() {
    office = new AddressOffice();
  }

  @AfterAll
  static void close() {
    office.close();
  }

  @TestFactory
  Stream<DynamicContainer> whatFollowsGoesWhereTheRuleSays() {
    return CASES.tests();
  }

  @Test
  void noTableAndNoColumnIsLeftOut() {
    CASES.assertWhole();
    assertThat(CASES.rows("The contracting party")).isGreaterThanOrEqualTo(24);
    assertThat(CASES.rows("The delivery address")).isGreaterThanOrEqualTo(8);
  }

  private static List<String> once(Row row) {
    Chain chain = new Chain(row.get("Chain"));
    String first = row.get("Chain").split(", ")[0];
    List<String> settings =
        AddressText.entries(row.get("Set on the first")).stream()
            .map(entry -> "on " + first + ": " + entry)
            .toList();
    return List.of(chain.made(settings).to(Role.CONTRACTING_PARTY));
  }

  private static List<String> onTheWay(Row row) {
    Chain chain = new Chain(row.get("Chain"));
    return List.of(chain.made(AddressText.entries(row.get("Set"))).to(Role.CONTRACTING_PARTY));
  }

  /** Documents that follow each other, of a contact whose addresses change meanwhile. */
  private static final class Chain {
    private final List<DocumentType> types;
    private final List<DocumentId> documents = new ArrayList<>();
    private final Contact contact = office.customer(AddressText.contact("everything"));

    Chain(String types) {
      this.types = Stream.of(types.split(", ")).map(AddressText::type).toList();
    }

    Chain made(List<String> settings) {
      for (DocumentType type : types) {
        DocumentId document =
            documents.isEmpty()
                ? office.draft(type, contact, null)
                : office.follower(documents.get(documents.size() - 1), type);
        documents.add(document);
        set(document, type, settings, false);
        office.issue(List.of(document));
        if (documents.size() == 1) {
          office.change(contact, AddressText.contact("general new"), null);
        }
      }
      for (int i = 0; i < types.size(); i++) {
        set(documents.get(i), types.get(i), settings, true);
      }
      return this;
    }

    private static void set(
        DocumentId document, DocumentType type, List<String> settings, boolean later) {
      for (String setting : settings) {
        Matcher parts = SETTING.matcher(setting);
        assertThat(parts.matches()).as(setting).isTrue();
        if (AddressText.type(parts.group(1)) == type && later == (parts.group(2) != null)) {
          put(document, Role.CONTRACTING_PARTY, parts.group(3));
        }
      }
    }

    String to(Role role) {
      return documents.stream()
          .map(document -> WhatFollowsTest.to(document, role))
          .collect(joining("; "));
    }
  }

  private static void put(DocumentId document, Role role, String entry) {
    boolean reminder = entry.startsWith("reminder ");
    office.change(
        document,
        new Given(
            role,
            reminder || isReminder(document) ? AddressKind.REMINDER : AddressKind.DOCUMENT,
            AddressText.mailboxes(reminder ? entry.substring("reminder ".length()) : entry),
            Reach.DOCUMENT,
            "saveAddress"));
  }

  private static boolean isReminder(DocumentId document) {
    return office.get(DocumentAddressing.class).of(document).ownKind() == AddressKind.REMINDER;
  }

  private static String to(DocumentId document, Role role) {
    AddressedDocument addressed = office.get(DocumentAddressing.class).of(document);
    String text =
        AddressText.text(addressed.party(role, "role").resolved(addressed.ownKind()).mailboxes());
    return text.isEmpty() ? "–" : text;
  }

  private static List<String> delivered(Row row) {
    List<DocumentType> types =
        Stream.of(row.get("Chain").split(", ")).map(AddressText::type).toList();
    String[] delivered = row.get("Delivered").split(", then ");
    Contact contact = office.customer(AddressText.contact("everything"));
    Contact depot = office.customer(AddressText.contact("general depot"));
    List<DocumentId> documents = new ArrayList<>();
    documents.add(
        office
            .drafts(List.of(document(types.get(0), contact, null, delivered[0], depot.code())))
            .get(0));
    AddressText.entries(row.get("Set for the delivery address"))
        .forEach(entry -> put(documents.get(0), Role.DELIVERY_ADDRESS, entry));
    office.issue(documents);
    office.change(depot, AddressText.contact("general newdepot"), null);
    for (DocumentType type : types.subList(1, types.size())) {
      DocumentId before = documents.get(documents.size() - 1);
      DocumentId follower =
          delivered.length == 1
              ? office.follower(before, type)
              : office.drafts(List.of(elsewhere(type, contact, before, delivered[1]))).get(0);
      office.issue(List.of(follower));
      documents.add(follower);
    }
    return List.of(
        documents.stream()
            .map(document -> to(document, Role.DELIVERY_ADDRESS))
            .collect(joining("; ")));
  }

  /** Delivered to somebody else than the document that it follows. */
  private static NewDocument elsewhere(
      DocumentType type, Contact contact, DocumentId before, String delivered) {
    String number = office.get(Documents.class).load(List.of(before)).get(0).number();
    return delivered.equals("another") && deliveredToContact(before)
        ? document(
            type, contact, number, "to a contact", office.customer(AddressText.contact("")).code())
        : document(type, contact, number, "to an own address elsewhere", null);
  }

  private static boolean deliveredToContact(DocumentId document) {
    return office.party(document, Role.DELIVERY_ADDRESS).contact() != null;
  }

  private static NewDocument document(
      DocumentType type, Contact contact, String preceding, String delivered, String depot) {
    boolean toContact = delivered.equals("to a contact");
    PostalAddress address = new PostalAddress(delivered, "29200", "Brest", "FR");
    return new NewDocument(
        type,
        "ACME",
        contact.code(),
        toContact ? depot : null,
        null,
        null,
        null,
        preceding,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of(
            new NewLine(
                "Installation",
                null,
                BigDecimal.ONE,
                "C62",
                BigDecimal.TEN,
                null,
                null,
                VatCategory.S,
                new BigDecimal("20"),
                null)),
        List.of(),
        new OwnAddresses(null, toContact ? null : new OwnAddress("Site", null, address)),
        null);
  }
}
