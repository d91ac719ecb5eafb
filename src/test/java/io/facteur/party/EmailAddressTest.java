package io.facteur.party;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of all addresses; the single ones stand in {@code docs/mailbox-cases.md}. */
class EmailAddressTest {

  @Property(tries = 20_000)
  void whateverIsGivenIsOneSafeMailboxOrRefused(@ForAll("texts") String given) {
    Optional<EmailAddress> address = read(given);
    Statistics.collect(address.isPresent());
    Statistics.coverage(seen -> seen.check(true).percentage(taken -> taken > 5));

    address.ifPresent(
        taken -> {
          assertThat(new EmailAddress(taken.value())).isEqualTo(taken);
          assertThat(taken.domain()).matches("([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z0-9-]{2,63}");
          assertThat(taken.value().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(254);
          assertThat(taken.value()).doesNotContainPattern("[\\p{Cntrl}\\u00AD\\u200B-\\u202E]");
          assertThat(taken.sameMailboxAs(taken)).isTrue();
        });
  }

  @Property(tries = 20_000)
  void theMailLibraryReadsWhatIsTakenAsTheSameSingleMailbox(@ForAll("asciiTexts") String given)
      throws AddressException {
    Optional<EmailAddress> address = read(given);
    Statistics.collect(address.isPresent());
    Statistics.coverage(seen -> seen.check(true).percentage(taken -> taken > 5));

    if (address.isPresent()) {
      assertThat(InternetAddress.parse(address.get().value(), true))
          .extracting(InternetAddress::getAddress)
          .containsExactly(address.get().value());
    }
  }

  private static Optional<EmailAddress> read(String given) {
    try {
      return Optional.of(new EmailAddress(given));
    } catch (NotAMailbox refused) {
      return Optional.empty();
    }
  }

  @Provide
  Arbitrary<String> texts() {
    return addresses(
        ".\"\\ \u0301\u200B\u202E\uFF41", "éß用", ".-_\u3002\uFF0E\u00AD\u200Dא❤", "üß例");
  }

  @Provide
  Arbitrary<String> asciiTexts() {
    return addresses(".\"\\ ,;:<>()[]'+|", "ab1", "._[]:;,", "aB1-");
  }

  /** Mostly of usual characters, so that a good part is taken. */
  private static Arbitrary<String> addresses(
      String oddBefore, String before, String oddAfter, String after) {
    Arbitrary<String> local = text(before, oddBefore);
    Arbitrary<String> quoted = local.map(text -> '"' + text + '"');
    return Combinators.combine(
            Arbitraries.frequencyOf(Tuple.of(2, local), Tuple.of(1, quoted)),
            Arbitraries.frequency(
                Tuple.of(9, "@"), Tuple.of(1, "@xn--"), Tuple.of(1, "@@"), Tuple.of(1, "")),
            text(after, oddAfter),
            Arbitraries.frequency(
                Tuple.of(9, ".example"), Tuple.of(1, ""), Tuple.of(1, ".xn--a"), Tuple.of(1, ".1")))
        .as((name, at, part, top) -> name + at + part + top);
  }

  private static Arbitrary<String> text(String usual, String odd) {
    Arbitrary<Character> character =
        Arbitraries.frequencyOf(
            Tuple.of(9, Arbitraries.chars().with(usual)),
            Tuple.of(1, Arbitraries.chars().with(odd)));
    return character
        .list()
        .ofMaxSize(6)
        .map(all -> all.stream().map(String::valueOf).collect(joining()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "anna@BUYER.example",
        "anna@xn--a.example",
        "anna@localhost",
        "an\u202Ena@buyer.example",
        "zoe\u0308@buyer.example"
      })
  void whatWasKeptByEarlierRulesIsReadAsItIs(String kept) {
    assertThat(EmailAddress.kept(kept).value()).isEqualTo(kept);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "anna", "@buyer.example", "anna@", "anna@buyer.example\r\nBcc: x@y.z"})
  void whatCouldBreakAMailIsNotReadEither(String kept) {
    assertThatThrownBy(() -> EmailAddress.kept(kept)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aMailboxKeptByEarlierRulesIsStillTheSame() {
    assertThat(EmailAddress.kept("Zoe\u0308@BUYER.example"))
        .matches(kept -> kept.sameMailboxAs(new EmailAddress("zoë@buyer.example")))
        .isNotEqualTo(new EmailAddress("zoë@buyer.example"));
  }

  @Test
  void aMailboxThatIsNamedTwiceInDifferentCaseIsKeptWhereItReadsMostOpenly() {
    Mailboxes mailboxes =
        new Mailboxes(
            Parties.mailboxes("Anna@b.example", "anna@b.example"),
            Parties.mailboxes("ANNA@b.example", "Ben@b.example"),
            Parties.mailboxes("ben@b.example", "anna@b.example", "Cleo@b.example"));

    assertThat(mailboxes)
        .isEqualTo(
            new Mailboxes(
                Parties.mailboxes("Anna@b.example"),
                Parties.mailboxes("Ben@b.example"),
                Parties.mailboxes("Cleo@b.example")));
    assertThat(mailboxes.to()).isEqualTo(List.of(new EmailAddress("Anna@b.example")));
  }
}
