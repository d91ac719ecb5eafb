package io.facteur.party;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facteur.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CompaniesTest {

  private static Companies companies;

  @BeforeAll
  static void start() {
    companies = Parties.on(TestDatabase.fresh()).companies();
  }

  @Test
  void savesAndChangesACompany() {
    Company saved = companies.create(Parties.company("A"));

    Company changed = companies.update(withAccount(saved, "DE89370400440532013000"));

    assertThat(changed.version()).isEqualTo(saved.version() + 1);
    assertThat(companies.get("A").account().iban()).isEqualTo("DE89370400440532013000");
    assertThat(companies.byIds(List.of(saved.id()))).containsExactly(changed);
    assertThatThrownBy(() -> companies.update(saved))
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.kind()).isEqualTo(Refusal.Kind.STALE));
  }

  @Test
  void aWrongChecksumOfTheIbanIsRefusedByName() {
    Company wrong = withAccount(Parties.company("B"), "FR7630006000011234567890188");

    assertThatThrownBy(() -> companies.create(wrong))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("iban: is not a valid IBAN");
    assertThat(companies.byCode("B")).isEmpty();
  }

  @Test
  void twoCompaniesNeverShareANumberPrefix() {
    companies.create(Parties.company("C"));
    Company other = Parties.company("D");
    Company samePrefix =
        new Company(
            null,
            0,
            "D",
            other.party(),
            other.account(),
            other.currency(),
            other.language(),
            other.timeZone(),
            null,
            null,
            "C",
            30,
            List.of(),
            null,
            null,
            null);

    assertThatThrownBy(() -> companies.create(samePrefix))
        .isInstanceOf(Refusal.class)
        .hasMessage("numberPrefix: 'C' belongs to another company");
  }

  private static Company withAccount(Company company, String iban) {
    return new Company(
        company.id(),
        company.version(),
        company.code(),
        company.party(),
        new Company.BankAccount(iban, null, null),
        company.currency(),
        company.language(),
        company.timeZone(),
        null,
        null,
        company.numberPrefix(),
        30,
        List.of("EMAIL", "POST"),
        "POST",
        null,
        null);
  }
}
