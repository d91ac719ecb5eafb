package io.facteur.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.addressing.ResolvedMailboxes;
import io.facteur.contract.Domain;
import io.facteur.contract.Role;
import io.facteur.party.CompanyId;
import io.facteur.party.EmailAddress;
import io.facteur.party.Mailboxes;
import io.facteur.party.PostalAddress;
import io.facteur.party.Suspended;
import io.facteur.party.SuspendedAddress;
import io.facteur.party.SuspendedAddressId;
import io.facteur.party.TradeParty;
import io.facteur.testing.AllRoutes;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DISP-5, suspended addresses, one row for each case. */
class SuspendedRecipientsTest {

  private static final RouteKey EMAIL =
      new RouteKey(Domain.INVOICE, "EMAIL", Role.CONTRACTING_PARTY);
  private static final RouteKey INDIVIDUAL = new RouteKey(Domain.INVOICE, "EMAIL", Role.INDIVIDUAL);

  private final RecipientRules rules = new RecipientRules(new AllRoutes());

  /** Each letter is a mailbox, {@code a} is {@code a@x.example}; {@code -} is nobody. */
  @ParameterizedTest(name = "{0}")
  @DisplayName("who is left of To, Cc and Bcc")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # case                               | to  | cc | bcc | suspended | goes to, cc, bcc | what the plan says
          nobody is suspended                  | a b | c  | d   | -         | a b, c, d        | -
          somebody else is suspended           | a   | -  | -   | z         | a, -, -          | -
          one of To                            | a b | -  | -   | a         | b, -, -          | 1 suspended address left out: mailbox unknown, since 2026-03-02 (DISP-5)
          all of To, Cc goes on                | a   | c  | -   | a         | -, c, -          | 1 suspended address left out: mailbox unknown, since 2026-03-02 (DISP-5)
          all of Cc                            | a   | c  | -   | c         | a, -, -          | 1 suspended address left out: mailbox unknown, since 2026-03-02 (DISP-5)
          a Bcc                                | a   | -  | d   | d         | a, -, -          | 1 suspended address left out: mailbox unknown, since 2026-03-02 (DISP-5)
          one of To and one of Cc              | a b | c  | -   | a c       | b, -, -          | 2 suspended addresses left out: mailbox unknown, since 2026-03-02 (DISP-5)
          capitals make no difference          | a b | -  | -   | A         | b, -, -          | 1 suspended address left out: mailbox unknown, since 2026-03-02 (DISP-5)
          the only To                          | a   | -  | -   | a         | nobody           | address suspended: mailbox unknown, since 2026-03-02 (DISP-5)
          all of To and Cc                     | a b | c  | -   | a b c     | nobody           | address suspended: mailbox unknown, since 2026-03-02 (DISP-5)
          a Bcc alone gets no mail             | a   | -  | d   | a         | nobody           | address suspended: mailbox unknown, since 2026-03-02 (DISP-5)
          """)
  void leftOut(
      String name,
      String to,
      String cc,
      String bcc,
      String suspended,
      String expected,
      String words) {
    Mailboxes mailboxes = new Mailboxes(addresses(to), addresses(cc), addresses(bcc));

    Resolution resolution =
        rules.resolve(EMAIL, addressee(mailboxes, suspended(suspended), false), null);

    if (expected.equals("nobody")) {
      assertThat(resolution.skipped().text()).isEqualTo(words);
    } else {
      Recipient recipient = resolution.recipient();
      assertThat(
              Stream.of(recipient.to(), recipient.cc(), recipient.bcc())
                  .map(SuspendedRecipientsTest::letters)
                  .collect(Collectors.joining(", ")))
          .isEqualTo(expected);
      assertThat(recipient.remark()).isEqualTo(words.equals("-") ? null : words);
      assertThat(recipient.rule()).isEqualTo("ADDR-2d general address");
    }
  }

  @Test
  void anIndividualAddressIsSuspendedLikeAnyOther() {
    Addressee party = addressee(Mailboxes.to(addresses("a")), suspended("i"), false);

    Resolution suspended =
        rules.resolve(INDIVIDUAL, party, new Individual(new EmailAddress("i@x.example"), true));
    Resolution other =
        rules.resolve(INDIVIDUAL, party, new Individual(new EmailAddress("j@x.example"), true));

    assertThat(suspended.skipped().text())
        .isEqualTo("address suspended: mailbox unknown, since 2026-03-02 (DISP-5)");
    assertThat(other.recipient().to()).containsExactly(new EmailAddress("j@x.example"));
  }

  @Test
  void paperGoesWhateverAddressesAreSuspended() {
    Addressee party = addressee(Mailboxes.to(addresses("a")), suspended("a"), false);

    Resolution post =
        rules.resolve(new RouteKey(Domain.INVOICE, "POST", Role.CONTRACTING_PARTY), party, null);

    assertThat(post.isSkipped()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "EMAIL,    CONTRACTING_PARTY, true",
    "POST,     CONTRACTING_PARTY, true",
    "EINVOICE, CONTRACTING_PARTY, true",
    "EMAIL,    INDIVIDUAL,        true",
    "ARCHIVE,  CONTRACTING_PARTY, false",
  })
  void nothingIsSentToAnErasedContact(String channel, Role role, boolean skipped) {
    Addressee erased = addressee(Mailboxes.to(addresses("a")), Suspended.NONE, true);

    Resolution resolution =
        rules.resolve(
            new RouteKey(Domain.INVOICE, channel, role),
            erased,
            role == Role.INDIVIDUAL ? new Individual(new EmailAddress("i@x.example"), true) : null);

    assertThat(resolution.isSkipped()).isEqualTo(skipped);
    if (skipped) {
      assertThat(resolution.skipped().text()).startsWith("the contact is erased");
    }
  }

  private static Addressee addressee(Mailboxes mailboxes, Suspended suspended, boolean erased) {
    var party =
        new TradeParty(
            "Client",
            null,
            new PostalAddress("1 quai", "35000", "Rennes", "FR"),
            null,
            null,
            null,
            new TradeParty.Endpoint("0225", "404833048"),
            null,
            null,
            null);
    return new Addressee(
        new ResolvedMailboxes(mailboxes, "ADDR-2d general address", List.of()),
        party,
        false,
        false,
        erased,
        suspended);
  }

  private static Suspended suspended(String letters) {
    return new Suspended(
        addresses(letters).stream()
            .map(
                address ->
                    new SuspendedAddress(
                        new SuspendedAddressId(1),
                        new CompanyId(1),
                        address,
                        "mailbox unknown",
                        Instant.parse("2026-03-02T09:00:00Z"),
                        "clerk"))
            .toList());
  }

  private static List<EmailAddress> addresses(String letters) {
    return letters.equals("-")
        ? List.of()
        : Arrays.stream(letters.split(" "))
            .map(letter -> new EmailAddress(letter + "@x.example"))
            .toList();
  }

  private static String letters(List<EmailAddress> addresses) {
    return addresses.isEmpty()
        ? "-"
        : addresses.stream()
            .map(address -> address.value().substring(0, 1))
            .collect(Collectors.joining(" "));
  }
}
