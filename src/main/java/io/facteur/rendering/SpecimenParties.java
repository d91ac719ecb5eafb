package io.facteur.rendering;

import io.facteur.document.Seller;
import io.facteur.party.InvoicingTerms;
import io.facteur.party.LegalNote;
import io.facteur.party.PostalAddress;
import io.facteur.party.TradeParty;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;

/** Who stands on specimens, and what is usual in their countries. */
final class SpecimenParties {

  private static final String LONG_NAME =
      "Gesellschaft für internationale Zusammenarbeit und nachhaltige Entwicklung im Alpenraum";

  private SpecimenParties() {}

  static Seller seller(Specimen.Wish wish) {
    return switch (wish.country()) {
      case "CH" ->
          new Seller(
              "SPECIMEN",
              party(wish, "Spécimen Énergie SA", "CHE-123.456.788 TVA", null, null, "0041"),
              "CH9300762011623852957",
              "UBSWCHZH80A",
              "Banque Spécimen",
              "www.example.org",
              null,
              terms("CH4431999123000889012", null, null));
      case "DE" ->
          new Seller(
              "SPECIMEN",
              party(wish, "Muster Netz GmbH", "DE123456789", null, null, "0049"),
              "DE75512108001245126199",
              "SOGEDEFFXXX",
              "Musterbank",
              "www.example.org",
              null,
              terms(null, "22/815/08154", "DE98ZZZ09999999999"));
      default ->
          new Seller(
              "SPECIMEN",
              party(wish, "Maison Modèle SARL", "FR32123456789", "123456789", "0002", "0033"),
              "FR7630006000011234567890189",
              "AGRIFRPP",
              "Crédit Modèle",
              "www.example.org",
              null,
              terms(null, null, null));
    };
  }

  static TradeParty buyer(Specimen.Wish wish) {
    String vatId =
        switch (wish.country()) {
          case "CH" -> "CHE-987.654.321 TVA";
          case "DE" -> "DE987654321";
          default -> "FR61954506077";
        };
    return party(wish, "Menuiserie Jaquet & Fils", vatId, null, null, "00");
  }

  static TradeParty deliverTo(Specimen.Wish wish) {
    return party(wish, "Atelier Jaquet", null, null, null, "00");
  }

  static BigDecimal rate(Specimen.Wish wish) {
    return switch (wish.country()) {
      case "CH" -> new BigDecimal("8.1");
      case "DE" -> new BigDecimal("19");
      default -> new BigDecimal("20");
    };
  }

  static BigDecimal reducedRate(Specimen.Wish wish) {
    return switch (wish.country()) {
      case "CH" -> new BigDecimal("2.6");
      case "DE" -> new BigDecimal("7");
      default -> new BigDecimal("5.5");
    };
  }

  static Currency ownCurrency(Specimen.Wish wish) {
    return Currency.getInstance(wish.country().equals("CH") ? "CHF" : "EUR");
  }

  private static InvoicingTerms terms(String qrIban, String taxNumber, String creditorId) {
    return new InvoicingTerms(
        taxNumber,
        null,
        qrIban,
        null,
        true,
        creditorId,
        List.of(new LegalNote(null, "Specimen: no real document.")));
  }

  private static TradeParty party(
      Specimen.Wish wish,
      String name,
      String vatId,
      String registration,
      String scheme,
      String phone) {
    boolean longNames = wish.size() == Specimen.Size.LONG;
    PostalAddress address =
        switch (wish.country()) {
          case "CH" -> new PostalAddress("Rue du Grand-Pré 12", "1201", "Genève", "CH");
          case "DE" -> new PostalAddress("Musterstraße 12", "20457", "Hamburg", "DE");
          case "FR" -> new PostalAddress("12 rue du Modèle", "44000", "Nantes", "FR");
          default -> new PostalAddress("Main Street 12", "1000", "City", wish.country());
        };
    return new TradeParty(
        longNames ? name + ", " + LONG_NAME : name,
        longNames ? LONG_NAME : "Département 7",
        address,
        vatId,
        registration,
        scheme,
        new TradeParty.Endpoint("0088", "7300010000001"),
        "Jeanne Exemple",
        phone + " 12 345 67 89",
        "specimen@example.org");
  }
}
