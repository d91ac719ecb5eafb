package io.facteur.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facteur.party.Company;
import io.facteur.party.CompanyId;
import io.facteur.party.Contact;
import io.facteur.party.ContactAddresses;
import io.facteur.party.Contacts;
import io.facteur.party.EmailAddress;
import io.facteur.party.Parties;
import io.facteur.party.Refusal;
import io.facteur.testing.Rendering;
import io.facteur.testing.TestDatabase;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;

class ContractsTest {

  private static final LocalDate NEW_YEAR = LocalDate.of(2026, 1, 1);

  private static Contracts contracts;
  private static DispatchDefinitions definitions;
  private static IndividualAddresses individualAddresses;
  private static Contacts contacts;
  private static Company company;
  private static Contact customer;

  @BeforeAll
  static void aCompanyWithACustomer() {
    DataSource database = TestDatabase.fresh();
    Parties parties = Parties.on(database);
    var rows = new DefinitionRows(parties.jdbc());
    contracts =
        new Contracts(
            new ContractRows(
                parties.jdbc(),
                new JdbcTemplate(database),
                new ContractTermRows(parties.jdbc(), new JdbcTemplate(database))),
            rows,
            parties.jdbc(),
            parties.contacts(),
            parties.audit());
    individualAddresses = new IndividualAddresses(parties.jdbc());
    definitions =
        new DispatchDefinitions(
            rows, individualAddresses, new EmailAndPost(), Rendering.formats(), parties.audit());
    contacts = parties.contacts();
    company = parties.companies().create(Parties.company("EDL"));
    customer =
        parties
            .contacts()
            .create(
                Parties.customer(
                    company.id(), "C-1", Parties.reachableAt("c@x.example", "private@x.example")));
    parties
        .contacts()
        .create(
            Parties.person(customer, "P-1", Parties.reachableAt("p@x.example", "home@x.example")));
    parties
        .contacts()
        .create(
            Parties.customer(
                company.id(), "C-2", Parties.reachableAt("d@x.example", "far@x.example")));
  }

  @Test
  void savesAContractWithScheduleAndLines() {
    Contract saved = contracts.create(contract("V-1", line("S", "20", null)));

    assertThat(saved.lines())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.quantity()).isEqualByComparingTo("2.5");
              assertThat(line.vatCategory()).isEqualTo(VatCategory.S);
            });
    assertThat(saved.schedule().timing()).isEqualTo(BillingSchedule.Timing.ADVANCE);
    assertThat(contracts.byIds(List.of(saved.id()))).containsExactly(saved);
  }

  @ParameterizedTest
  @CsvSource({
    "S, 0, , lines[0].vatRate",
    "S, 101, , lines[0].vatRate",
    "S, 20.123, , lines[0].vatRate",
    "Z, 5, , lines[0].vatRate",
    "E, 0, , lines[0].exemptionReason",
    "S, 20, because, lines[0].exemptionReason",
  })
  void aVatRateMustFitItsCategory(String category, String rate, String reason, String field) {
    assertThatThrownBy(() -> contracts.create(contract("V-vat", line(category, rate, reason))))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal ->
                assertThat(refusal.problems())
                    .extracting(Refusal.Problem::field)
                    .containsExactly(field));
    assertThat(contracts.byNumber("V-vat")).isEmpty();
  }

  @Test
  void theSameRecipientCannotBeDefinedTwice() {
    ContractId contract = contracts.create(contract("V-twice", line("S", "20", null))).id();
    DispatchDefinition first = definitions.create(email(contract, Role.CONTRACTING_PARTY, null));
    definitions.create(email(contract, Role.DELIVERY_ADDRESS, null));

    assertThatThrownBy(() -> definitions.create(email(contract, Role.CONTRACTING_PARTY, null)))
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.kind()).isEqualTo(Refusal.Kind.CONFLICT))
        .hasMessageContaining("definition " + first.id().value() + " already sends INVOICE");
  }

  @Test
  void onlyPrivatePlacesOfTheContractsOwnContactsAreOffered() {
    Contract contract = contracts.create(contract("V-private", line("S", "20", null)));

    assertThat(offered(contract)).containsExactly("private@x.example", "home@x.example");
    DispatchDefinition saved =
        definitions.create(email(contract.id(), Role.INDIVIDUAL, "home@x.example"));
    assertThat(saved.individualAddress()).isEqualTo(new EmailAddress("home@x.example"));
    for (String refused : List.of("far@x.example", "c@x.example")) {
      assertThatThrownBy(() -> definitions.create(email(contract.id(), Role.INDIVIDUAL, refused)))
          .isInstanceOf(Refusal.class)
          .hasMessageStartingWith("address: is no private e-mail place");
    }
  }

  @Test
  void anIndividualAddressIsTheSameInCapitalLetters() {
    ContractId contract = contracts.create(contract("V-case", line("S", "20", null))).id();
    DispatchDefinition first =
        definitions.create(email(contract, Role.INDIVIDUAL, "Home@X.example"));

    assertThat(first.individualAddress().value()).isEqualTo("Home@x.example");
    assertThatThrownBy(() -> definitions.create(email(contract, Role.INDIVIDUAL, "home@x.example")))
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.kind()).isEqualTo(Refusal.Kind.CONFLICT))
        .hasMessageContaining("definition " + first.id().value() + " already sends INVOICE");
  }

  @Test
  void anAddressThatIsNoLongerPrivateIsRefusedHoweverLongItHasStoodThere() {
    Contract contract = contracts.create(contract("V-no-longer", line("S", "20", null)));
    Contact person =
        contacts.create(
            Parties.person(customer, "P-moves", Parties.reachableAt(null, "moves@x.example")));
    DispatchDefinition saved =
        definitions.create(email(contract.id(), Role.INDIVIDUAL, "moves@x.example"));

    contacts.changeAddresses(person.code(), person.version(), ContactAddresses.NONE);

    assertThat(offered(contract)).doesNotContain("moves@x.example");
    assertThatThrownBy(() -> definitions.update(saved))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("address: is no private e-mail place");
  }

  private static List<String> offered(Contract contract) {
    return individualAddresses.of(contract.id()).stream()
        .map(offered -> offered.address().value())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "FAX,   CONTRACTING_PARTY, there is no channel 'FAX'; the routes have EMAIL and POST",
    "POST,  DELIVERY_ADDRESS,  no route carries INVOICE through POST to DELIVERY_ADDRESS",
  })
  void whatNoRouteCarriesIsRefused(String channel, Role role, String reason) {
    ContractId contract = contracts.create(contract("V-" + channel, line("S", "20", null))).id();

    assertThatThrownBy(
            () -> definitions.create(definition(contract, channel, role, null, null, null)))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("channel: " + reason.replace(" and ", ", "));
  }

  @Test
  void anUnknownFormatIsRefusedWithThoseThatThereAre() {
    ContractId contract = contracts.create(contract("V-format", line("S", "20", null))).id();
    DispatchDefinition plain =
        definition(contract, "EMAIL", Role.CONTRACTING_PARTY, null, null, null);

    assertThatThrownBy(() -> definitions.create(inFormat(plain, "EDIFACT")))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("format: 'EDIFACT' is no document format; there are PDF, FACTUR_X")
        .hasMessageContaining("BY_RECIPIENT");
    DispatchDefinition saved = definitions.create(inFormat(plain, "XRECHNUNG_UBL"));
    assertThat(saved.format()).isEqualTo("XRECHNUNG_UBL");
    assertThatThrownBy(() -> definitions.update(inFormat(saved, "UBL")))
        .hasMessageStartingWith("format: 'UBL' is no document format");
    assertThat(definitions.update(inFormat(saved, "BY_RECIPIENT")).format())
        .isEqualTo("BY_RECIPIENT");
  }

  private static DispatchDefinition inFormat(DispatchDefinition d, String format) {
    return new DispatchDefinition(
        d.id(),
        d.version(),
        d.contract(),
        d.domain(),
        d.channel(),
        d.role(),
        d.individualAddress(),
        format,
        d.language(),
        d.template(),
        d.copy(),
        d.validFrom(),
        d.validTo());
  }

  @Test
  void onlyDefinitionsInForceOnTheDayAreFound() {
    ContractId one = contracts.create(contract("V-f1", line("S", "20", null))).id();
    ContractId two = contracts.create(contract("V-f2", line("S", "20", null))).id();
    LocalDate june = LocalDate.of(2026, 6, 1);
    definitions.create(definition(one, "EMAIL", Role.CONTRACTING_PARTY, null, null, june));
    definitions.create(definition(two, "EMAIL", Role.CONTRACTING_PARTY, null, june, null));
    definitions.create(definition(two, "POST", Role.CONTRACTING_PARTY, null, null, null));

    assertThat(inForce(List.of(one, two), june.minusDays(1)))
        .containsExactly("EMAIL of V-f1", "POST of V-f2");
    assertThat(inForce(List.of(one, two), june))
        .containsExactly("EMAIL of V-f1", "EMAIL of V-f2", "POST of V-f2");
    assertThat(inForce(List.of(one, two), june.plusDays(1)))
        .containsExactly("EMAIL of V-f2", "POST of V-f2");
  }

  @Test
  void aContactOfAnotherCompanyIsRefused() {
    Contract foreign = contract("V-foreign", line("S", "20", null));
    var otherCompany = new CompanyId(company.id().value() + 1000);
    var wrong =
        new Contract(
            null,
            0,
            otherCompany,
            "V-foreign",
            customer.id(),
            null,
            NEW_YEAR,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            foreign.lines(),
            BillingTerms.NONE);

    assertThatThrownBy(() -> contracts.create(wrong))
        .isInstanceOf(Refusal.class)
        .hasMessage("contractingParty: contact 'C-1' belongs to another company");
  }

  private static List<String> inForce(List<ContractId> ids, LocalDate day) {
    return contracts.definitions(ids).stream()
        .filter(found -> found.isInForce(day))
        .map(
            found ->
                found.channel()
                    + " of "
                    + contracts.byIds(List.of(found.contract())).get(0).number())
        .toList();
  }

  private static Contract contract(String number, ContractLine line) {
    return new Contract(
        null,
        0,
        company.id(),
        number,
        customer.id(),
        null,
        NEW_YEAR,
        null,
        null,
        null,
        null,
        null,
        null,
        new BillingSchedule(
            1, BillingSchedule.Timing.ADVANCE, 1, null, BillingSchedule.ReleasePolicy.ISSUE),
        List.of(line),
        BillingTerms.NONE);
  }

  private static ContractLine line(String category, String rate, String reason) {
    return new ContractLine(
        1,
        "Électricité",
        null,
        new BigDecimal("2.5"),
        "KWH",
        new BigDecimal("0.21"),
        BigDecimal.ONE,
        BigDecimal.ZERO,
        VatCategory.valueOf(category),
        new BigDecimal(rate),
        reason);
  }

  private static DispatchDefinition email(ContractId contract, Role role, String address) {
    return definition(contract, "EMAIL", role, address, null, null);
  }

  private static DispatchDefinition definition(
      ContractId contract,
      String channel,
      Role role,
      String address,
      LocalDate from,
      LocalDate to) {
    return new DispatchDefinition(
        null,
        0,
        contract,
        Domain.INVOICE,
        channel,
        role,
        address == null ? null : new EmailAddress(address),
        null,
        null,
        null,
        false,
        from,
        to);
  }

  /** Everything by e-mail; post to the contracting party only. */
  private record EmailAndPost() implements ChannelCatalogue {
    @Override
    public Set<String> channels() {
      return Set.of("EMAIL", "POST");
    }

    @Override
    public boolean hasRoute(Domain domain, String channel, Role role) {
      return channel.equals("EMAIL") || role == Role.CONTRACTING_PARTY;
    }
  }
}
