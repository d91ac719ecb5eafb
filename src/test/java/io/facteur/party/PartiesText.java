package io.facteur.party;

import static java.util.stream.Collectors.toMap;

import io.facteur.testing.CaseTables;
import io.facteur.testing.CaseTables.Row;
import io.facteur.testing.RecordChange;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Companies and contacts as a file of cases writes them, in its tables {@code Sellers} and {@code
 * Buyers}; all of them may be saved as they stand.
 */
public record PartiesText(Map<String, Company> sellers, Map<String, Contact> buyers) {

  public static PartiesText read(Path file) {
    return new PartiesText(
        rows(file, "Sellers").collect(toMap(row -> row.get("Seller"), PartiesText::company)),
        rows(file, "Buyers").collect(toMap(row -> row.get("Buyer"), PartiesText::contact)));
  }

  /** What a foreign currency is worth to a company, always. */
  public static ExchangeRates.Known rate(Company company, Currency currency, BigDecimal rate) {
    return new ExchangeRates.Known(
        List.of(new ExchangeRates.Rate(company.id(), currency, LocalDate.EPOCH, rate)));
  }

  /** The contact as a customer of that company. */
  public static Contact of(Company company, Contact contact) {
    return RecordChange.with(contact, "company", company.id());
  }

  private static Stream<Row> rows(Path file, String table) {
    return CaseTables.read(file).stream()
        .filter(one -> one.name().equals(table))
        .flatMap(one -> one.rows().stream());
  }

  private static Company company(Row row) {
    String[] contact = row.get("Contact").split(", ");
    String[] account = row.get("Account").split(" ");
    String[] registered = pair(row.orNull("Registered"));
    Company company =
        new Company(
            new CompanyId(row.line()),
            1,
            row.get("Seller"),
            new TradeParty(
                row.get("Name"),
                null,
                address(row.get("Address")),
                row.get("VAT number"),
                registered[1],
                registered[0],
                endpoint(row.orNull("Endpoint")),
                contact[0],
                contact[1],
                contact[2]),
            new Company.BankAccount(account[0], account.length > 1 ? account[1] : null, null),
            Currency.getInstance(row.get("Currency")),
            row.get("Language"),
            ZoneOffset.UTC,
            null,
            null,
            row.get("Seller"),
            30,
            List.of(),
            null,
            null,
            null);
    for (String statement : statements(row)) {
      company = completed(company, statement);
    }
    CompanyRules.check(company);
    return company;
  }

  private static Company completed(Company company, String statement) {
    String[] words = statement.split(" ", 2);
    InvoicingTerms terms = company.invoicing();
    return switch (words[0]) {
      case "rounds" ->
          RecordChange.with(company, "payableRounding", new BigDecimal(words[1].substring(3)));
      case "note" -> {
        String[] note = words[1].split(" ", 2);
        List<LegalNote> notes = new ArrayList<>(terms.notes());
        notes.add(new LegalNote(note[0], note[1]));
        yield with(company, RecordChange.with(terms, "notes", notes));
      }
      case "payee" -> {
        String[] payee = words[1].split(", ");
        String[] registered = pair(payee.length > 1 ? payee[1] : null);
        yield with(
            company,
            RecordChange.with(
                terms, "payee", new Payee(payee[0], null, registered[1], registered[0])));
      }
      default -> with(company, RecordChange.change(terms, words[0], words[1]));
    };
  }

  private static Company with(Company company, InvoicingTerms terms) {
    return RecordChange.with(company, "invoicing", terms);
  }

  private static Contact contact(Row row) {
    String[] registered = pair(row.orNull("Registered"));
    String email = row.orNull("E-mail");
    String[] mandate = pair(row.orNull("Mandate"));
    Contact contact =
        new Contact(
            new ContactId(row.line()),
            1,
            new CompanyId(1),
            row.get("Buyer"),
            Contact.Kind.CUSTOMER,
            null,
            false,
            row.get("Name"),
            row.orNull("Second line"),
            address(row.get("Address")),
            "en",
            new Contact.Registration(row.orNull("VAT number"), registered[1], registered[0]),
            endpoint(row.orNull("Endpoint")),
            row.orNull("Reference"),
            false,
            email == null
                ? ContactAddresses.NONE
                : ContactAddresses.general(new EmailAddress(email)),
            mandate[0] == null ? null : new Mandate(mandate[0], mandate[1], null),
            null);
    ContactRules.check(contact);
    return contact;
  }

  private static List<String> statements(Row row) {
    return Stream.of(row.get("Says").split("; ")).filter(one -> !one.isEmpty()).toList();
  }

  /** {@code street, postcode city, country}; only the city has blanks after the postcode. */
  private static PostalAddress address(String text) {
    String[] parts = text.split(", ");
    String[] place = parts[1].split(" ", 2);
    return new PostalAddress(parts[0], place[0], place[1], parts[2]);
  }

  private static TradeParty.Endpoint endpoint(String text) {
    String[] parts = pair(text);
    return text == null ? null : new TradeParty.Endpoint(parts[0], parts[1]);
  }

  private static String[] pair(String text) {
    return text == null ? new String[] {null, null} : text.split(" ", 2);
  }
}
