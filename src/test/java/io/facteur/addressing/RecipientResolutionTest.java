package io.facteur.addressing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facteur.addressing.OnDocument.Source;
import io.facteur.addressing.OnDocument.Stand;
import io.facteur.party.AddressUse;
import io.facteur.party.CompanyId;
import io.facteur.party.Contact;
import io.facteur.party.ContactAddresses;
import io.facteur.party.DocumentAddresses;
import io.facteur.party.EmailAddress;
import io.facteur.party.Mailboxes;
import io.facteur.party.Parties;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ADDR-2, one row for each case. Local parts stand for addresses at {@code x.example}. */
class RecipientResolutionTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # case                                     | use      | on the document | reminder | documents                   | general | to      | cc  | bcc | rule
          a: set by hand before everything           | INVOICE  | HAND h          | r        | INVOICE d                   | g       | h       |     |     | ADDR-2a set by hand on the document
          a: inherited before everything             | INVOICE  | PREDECESSOR h   | r        | INVOICE d                   | g       | h       |     |     | ADDR-2a inherited from the preceding document
          a: set by hand on a reminder               | REMINDER | HAND h          | r        | REMINDER d                  | g       | h       |     |     | ADDR-2a set by hand on the document
          a: by hand with Cc and Bcc                 | ORDER    | HAND h/i;j/k    |          | ORDER d/e                   | g       | h       | i j | k   | ADDR-2a set by hand on the document
          a: by hand, Cc only                        | ORDER    | HAND /i         |          | ORDER d/e                   | g       |         | i   |     | ADDR-2a set by hand on the document
          b: reminder addresses, a list              | REMINDER |                 | r;s      | REMINDER d, INVOICE e       | g       | r s     |     |     | ADDR-2b reminder addresses
          b: then documents for reminders            | REMINDER |                 |          | INVOICE e, REMINDER d/c     | g       | d       | c   |     | ADDR-2b document addresses for reminders
          b: then documents for invoices             | REMINDER |                 |          | INVOICE e, QUOTE d          | g       | e       |     |     | ADDR-2b document addresses for invoices
          b: then the general address                | REMINDER |                 |          | QUOTE d                     | g       | g       |     |     | ADDR-2d general address
          b: nothing at all                          | REMINDER |                 |          | QUOTE d                     |         |         |     |     | ADDR-2e no address
          c: documents of this type                  | INVOICE  |                 | r        | INVOICE d, ORDER e          | g       | d       |     |     | ADDR-2c document addresses for invoices
          c: To only                                 | QUOTE    |                 |          | QUOTE d                     | g       | d       |     |     | ADDR-2c document addresses for quotes
          c: Cc only, nothing is added from below    | QUOTE    |                 |          | QUOTE /d                    | g       |         | d   |     | ADDR-2c document addresses for quotes
          c: lists in To, Cc and Bcc                 | ORDER    |                 |          | ORDER a;b/c;d/e;f           | g       | a b     | c d | e f | ADDR-2c document addresses for orders
          c: one set for several types               | ORDER    |                 |          | QUOTE+ORDER d               | g       | d       |     |     | ADDR-2c document addresses for orders
          c: several sets for one type go together   | INVOICE  |                 |          | INVOICE a/b, ORDER+INVOICE c/a;d | g  | a c     | b d |     | ADDR-2c document addresses for invoices
          c: delivery notes                          | DELIVERY_NOTE |            |          | DELIVERY_NOTE d             | g       | d       |     |     | ADDR-2c document addresses for delivery notes
          c: purchase orders of a supplier           | PURCHASE_ORDER |           |          | PURCHASE_ORDER d            | g       | d       |     |     | ADDR-2c document addresses for purchase orders
          c: reminder addresses are for reminders    | INVOICE  |                 | r        | REMINDER d                  |         |         |     |     | ADDR-2e no address
          d: the general address                     | INVOICE  |                 | r        | ORDER e                     | g       | g       |     |     | ADDR-2d general address
          kept when the contact changed              | INVOICE  | CONTACT h       |          | INVOICE d                   | g       | h       |     |     | ADDR-6 kept when the contact's addresses changed
          kept without address                       | INVOICE  | CONTACT /       |          | INVOICE d                   | g       |         |     |     | ADDR-2e no address
          kept for the invoice, not its reminders    | REMINDER | CONTACT h       | r        |                             | g       | r       |     |     | ADDR-2b reminder addresses
          e: no address                              | INVOICE  |                 |          |                             |         |         |     |     | ADDR-2e no address
          """)
  void resolves(
      String name,
      AddressUse use,
      String onDocument,
      String reminder,
      String documents,
      String general,
      String to,
      String cc,
      String bcc,
      String rule) {
    Contact contact = contact(reminder, documents, general);

    ResolvedMailboxes resolved = RecipientResolution.resolve(contact, use, onDocument(onDocument));

    assertThat(resolved.rule()).isEqualTo(rule);
    assertThat(resolved.to()).isEqualTo(list(to, " "));
    assertThat(resolved.cc()).isEqualTo(list(cc, " "));
    assertThat(resolved.bcc()).isEqualTo(list(bcc, " "));
  }

  @Test
  void tellsWhichCandidatesLostAndWhy() {
    Contact contact = contact(null, "INVOICE d", "g");

    ResolvedMailboxes resolved = RecipientResolution.resolve(contact, AddressUse.REMINDER);

    assertThat(resolved.candidates())
        .extracting(c -> c.rule() + " | " + c.source() + " | " + c.won() + " | " + c.whyNot())
        .containsExactly(
            "ADDR-2a on the document | the document, reminder addresses | false"
                + " | no address there",
            "ADDR-2a on the document | the document, To, Cc and Bcc | false | no address there",
            "ADDR-2b reminder addresses | contact C-1, reminder addresses | false"
                + " | no address there",
            "ADDR-2b document addresses for reminders"
                + " | contact C-1, document addresses for reminders | false | no address there",
            "ADDR-2b document addresses for invoices"
                + " | contact C-1, document addresses for invoices | true | null",
            "ADDR-2d general address | contact C-1, general address | false"
                + " | 'ADDR-2b document addresses for invoices' goes before it");
  }

  @Test
  void aMailFromAContactGoesToItsPrimaryPersonFirst() {
    Contact contact = contact(null, "INVOICE d", "g");
    Contact person = Parties.person(contact, "P-1", Parties.reachableAt("p@x.example"));
    Contact mute = Parties.person(contact, "P-2", ContactAddresses.NONE);

    assertThat(RecipientResolution.resolveForMailFrom(contact, person).to())
        .isEqualTo(list("p", " "));
    assertThat(RecipientResolution.resolveForMailFrom(contact, mute).to())
        .isEqualTo(list("g", " "));
    assertThat(RecipientResolution.resolveForMailFrom(contact, null).to())
        .isEqualTo(list("g", " "));
  }

  @Test
  void bccAloneIsRefused() {
    assertThatThrownBy(() -> mailboxes("//k"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("To or Cc must not be empty");
  }

  private static Contact contact(String reminder, String documents, String general) {
    List<DocumentAddresses> sets = new ArrayList<>();
    if (documents != null) {
      for (String set : documents.split(",\\s*", -1)) {
        String[] parts = set.split(" ", 2);
        Set<AddressUse> uses =
            Arrays.stream(parts[0].split("\\+", -1))
                .map(AddressUse::valueOf)
                .collect(Collectors.toSet());
        sets.add(new DocumentAddresses(uses, mailboxes(parts[1])));
      }
    }
    EmailAddress address = general == null ? null : new EmailAddress(general + "@x.example");
    return Parties.customer(
        new CompanyId(1),
        "C-1",
        new ContactAddresses(address, sets, list(reminder, ";"), List.of()));
  }

  private static OnDocument onDocument(String text) {
    if (text == null) {
      return OnDocument.NOTHING;
    }
    String[] parts = text.split(" ", 2);
    return new OnDocument(
        new Stand(
            mailboxes(parts[1]),
            Source.valueOf(parts[0]),
            "clerk",
            Instant.parse("2026-05-03T10:00:00Z")),
        null);
  }

  /** To, Cc and Bcc between slashes. */
  private static Mailboxes mailboxes(String text) {
    String[] fields = Arrays.copyOf(text.split("/", -1), 3);
    return new Mailboxes(list(fields[0], ";"), list(fields[1], ";"), list(fields[2], ";"));
  }

  private static List<EmailAddress> list(String text, String separator) {
    return text == null || text.isEmpty()
        ? List.of()
        : Arrays.stream(text.split(separator, -1))
            .map(local -> new EmailAddress(local + "@x.example"))
            .toList();
  }
}
