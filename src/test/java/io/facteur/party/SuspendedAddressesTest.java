package io.facteur.party;

import static io.facteur.party.Parties.mailbox;
import static io.facteur.party.Parties.mailboxes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facteur.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuspendedAddressesTest {

  private static final Paging ALL = new Paging(0, 50, List.of());

  private static Parties parties;
  private static SuspendedAddresses suspended;
  private static CompanyId company;
  private static CompanyId other;

  @BeforeAll
  static void twoCompanies() {
    parties = Parties.on(TestDatabase.fresh());
    suspended = new SuspendedAddresses(parties.jdbc(), () -> "clerk", parties.audit());
    company = parties.companies().create(Parties.company("EDL")).id();
    other = parties.companies().create(Parties.company("EDM")).id();
  }

  @Test
  void aSuspensionHoldsForItsCompanyAndForAnyCapitals() {
    SuspendedAddress saved =
        suspended.suspend(company, mailbox("Jane@one.example"), "mailbox unknown");

    Map<CompanyId, Suspended> among =
        suspended.among(List.of(company, other), mailboxes("jane@ONE.example", "b@one.example"));

    assertThat(among).containsOnlyKeys(company);
    Suspended.Remainder remainder =
        among.get(company).without(Mailboxes.to(mailboxes("jane@ONE.example", "b@one.example")));
    assertThat(remainder.mailboxes().to()).containsExactly(mailbox("b@one.example"));
    assertThat(remainder.leftOut()).containsExactly(saved.words());
    assertThat(saved.words()).startsWith("mailbox unknown, since 20").doesNotContain("@");
  }

  @Test
  void manyAddressesOfManyCompaniesAreOneQuery() {
    List<EmailAddress> many =
        IntStream.range(0, 800).mapToObj(i -> mailbox("m" + i + "@many.example")).toList();
    suspended.suspend(company, many.get(1), "mailbox full");
    suspended.suspend(other, many.get(700), "mailbox full");
    long before = selects();

    Map<CompanyId, Suspended> among = suspended.among(List.of(company, other), many);

    assertThat(selects() - before).isEqualTo(1);
    assertThat(among.get(company).without(Mailboxes.to(many)).leftOut()).hasSize(1);
    assertThat(among.get(other).without(Mailboxes.to(many)).leftOut()).hasSize(1);
  }

  @Test
  void anAddressIsSuspendedOnceAndAgainAfterItWasLifted() {
    SuspendedAddress first = suspended.suspend(company, mailbox("twice@x.example"), "full");

    assertThatThrownBy(() -> suspended.suspend(company, mailbox("TWICE@x.example"), "unknown"))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.CONFLICT));
    suspended.lift(first.id());
    assertThat(suspended.among(List.of(company), mailboxes("twice@x.example"))).isEmpty();
    assertThatThrownBy(() -> suspended.lift(first.id()))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.NOT_FOUND));
    suspended.suspend(company, mailbox("twice@x.example"), "unknown");
    assertThat(suspended.list(Set.of(company), mailbox("Twice@x.example"), ALL).items())
        .extracting(SuspendedAddress::reason, SuspendedAddress::by)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("unknown", "clerk"));
  }

  @Test
  void whoSuspendedAndLiftedIsKept() {
    SuspendedAddress one = suspended.suspend(company, mailbox("audit@x.example"), "full");
    suspended.lift(one.id());

    assertThat(
            parties
                .jdbc()
                .sql("SELECT action FROM audit_event WHERE subject = ? ORDER BY id")
                .param("suspended-address:" + one.id().value())
                .query(String.class)
                .list())
        .containsExactly("address.suspend", "address.lift");
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "jane@x.example is unknown", "two\nlines"})
  void aReasonSaysWhyOnOneLineAndNotWhose(String reason) {
    assertThatThrownBy(() -> suspended.suspend(company, mailbox("r@x.example"), reason))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal ->
                assertThat(refusal.problems())
                    .extracting(Refusal.Problem::field)
                    .containsOnly("reason"));
    assertThat(suspended.list(Set.of(company), mailbox("r@x.example"), ALL).total()).isZero();
  }

  private static long selects() {
    return parties
        .jdbc()
        .sql("SHOW GLOBAL STATUS LIKE 'Com_select'")
        .query((row, i) -> row.getLong(2))
        .single();
  }
}
