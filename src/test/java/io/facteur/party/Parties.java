package io.facteur.party;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The services of this package on a database, and examples of what they keep. */
public record Parties(JdbcClient jdbc, Companies companies, Contacts contacts, AuditLog audit) {

  private static final ObjectMapper JSON = JsonMapper.builder().findAndAddModules().build();

  public static Parties on(DataSource database) {
    JdbcClient jdbc = JdbcClient.create(database);
    var audit = new AuditLog(jdbc, () -> "test", JSON);
    var companies = new Companies(new CompanyRows(jdbc), jdbc, audit);
    var addresses = new ContactAddressRows(jdbc, new JdbcTemplate(database));
    return new Parties(
        jdbc, companies, new Contacts(new ContactRows(jdbc), addresses, jdbc, audit), audit);
  }

  /** A company that may be saved as it stands. */
  public static Company company(String code) {
    var address = new PostalAddress("4 rue de la Paix", "75002", "Paris", "FR");
    var party =
        new TradeParty(
            "Énergie du Lac " + code,
            null,
            address,
            "FR32123456789",
            "123456789",
            "0002",
            null,
            "Service clients",
            "+33 1 23 45 67 89",
            "factures@energie-du-lac.example");
    return new Company(
        null,
        0,
        code,
        party,
        new Company.BankAccount("FR7630006000011234567890189", "AGRIFRPP", "Banque du Lac"),
        Currency.getInstance("EUR"),
        "fr",
        ZoneId.of("Europe/Paris"),
        null,
        null,
        code,
        30,
        List.of(),
        null,
        null,
        null);
  }

  /** A customer with a postal address that may be saved as it stands. */
  public static Contact customer(CompanyId company, String code, ContactAddresses addresses) {
    return new Contact(
        null,
        0,
        company,
        code,
        Contact.Kind.CUSTOMER,
        null,
        false,
        "Client " + code,
        null,
        new PostalAddress("1 quai du Rhône", "1204", "Genève", "CH"),
        "fr",
        Contact.Registration.NONE,
        null,
        null,
        false,
        addresses);
  }

  /** A person of an organisation. */
  public static Contact person(Contact organisation, String code, ContactAddresses addresses) {
    return new Contact(
        null,
        0,
        organisation.company(),
        code,
        Contact.Kind.PERSON,
        organisation.id(),
        false,
        "Personne " + code,
        null,
        null,
        "fr",
        Contact.Registration.NONE,
        null,
        null,
        false,
        addresses);
  }

  public static EmailAddress mailbox(String value) {
    return new EmailAddress(value);
  }

  public static List<EmailAddress> mailboxes(String... values) {
    return List.of(values).stream().map(EmailAddress::new).toList();
  }

  /** General address and nothing else but the given private e-mail places. */
  public static ContactAddresses reachableAt(String general, String... privatePlaces) {
    return new ContactAddresses(
        general == null ? null : mailbox(general),
        List.of(),
        List.of(),
        List.of(privatePlaces).stream()
            .map(
                place ->
                    new CommunicationPlace(
                        CommunicationPlace.Kind.EMAIL, CommunicationPlace.Place.PRIVATE, place))
            .toList());
  }
}
