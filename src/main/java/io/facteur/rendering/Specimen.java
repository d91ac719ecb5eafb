package io.facteur.rendering;

import io.facteur.contract.BillingPeriod;
import io.facteur.contract.VatCategory;
import io.facteur.document.Document;
import io.facteur.document.DocumentId;
import io.facteur.document.DocumentLine;
import io.facteur.document.DocumentType;
import io.facteur.document.Seller;
import io.facteur.document.Totals;
import io.facteur.document.VatBreakdown;
import io.facteur.party.PostalAddress;
import io.facteur.party.TradeParty;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;

/**
 * A made-up document with every field filled, on which templates are tried before they are used.
 */
final class Specimen {

  private static final LocalDate DAY = LocalDate.of(2026, 1, 31);

  private Specimen() {}

  static Document of(DocumentType type, String language, String country) {
    TradeParty party = party(country);
    BigDecimal net = new BigDecimal("90.00");
    BigDecimal tax = new BigDecimal("18.00");
    return new Document(
        new DocumentId(0),
        type,
        "SPECIMEN-1",
        DAY,
        DAY.plusDays(30),
        30,
        new BillingPeriod(DAY.withDayOfMonth(1), DAY),
        "C-1",
        "Reference",
        "Order",
        type == DocumentType.CREDIT_NOTE ? "SPECIMEN-0" : null,
        type == DocumentType.CREDIT_NOTE ? DAY : null,
        "Note",
        Currency.getInstance(country.equals("CH") ? "CHF" : "EUR"),
        language,
        new Seller(
            "SPEC", party, "FR7630006000011234567890189", "AGRIFRPP", "Bank", "example.org", null),
        party,
        party,
        List.of(
            new DocumentLine(
                1,
                "Name",
                "Description",
                BigDecimal.ONE,
                "MON",
                new BigDecimal("100.00"),
                BigDecimal.ONE,
                BigDecimal.TEN,
                BigDecimal.TEN,
                net,
                VatCategory.S,
                new BigDecimal("20"),
                null,
                null,
                List.of())),
        List.of(),
        List.of(new VatBreakdown(VatCategory.S, new BigDecimal("20"), net, tax, "Reason")),
        new Totals(
            net,
            BigDecimal.ONE,
            BigDecimal.ONE,
            net,
            tax,
            net.add(tax),
            BigDecimal.ONE,
            BigDecimal.ONE,
            net.add(tax)),
        null,
        List.of());
  }

  private static TradeParty party(String country) {
    return new TradeParty(
        "Specimen",
        "Department",
        new PostalAddress("Street 1", "1000", "City", country),
        "FR32123456789",
        "123456789",
        "0002",
        new TradeParty.Endpoint("EM", "specimen@example.org"),
        "Person",
        "+33 1",
        "specimen@example.org");
  }
}
