package io.facteur.rendering;

import io.facteur.contract.BillingPeriod;
import io.facteur.contract.VatCategory;
import io.facteur.document.AccountingTax;
import io.facteur.document.DeductedInstalment;
import io.facteur.document.Document;
import io.facteur.document.DocumentAllowance;
import io.facteur.document.DocumentId;
import io.facteur.document.DocumentLine;
import io.facteur.document.DocumentType;
import io.facteur.document.OwnAddresses;
import io.facteur.document.Seller;
import io.facteur.document.StatedBill;
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

  /** What is printed and sent as an e-invoice. */
  static final List<DocumentType> E_INVOICES =
      List.of(
          DocumentType.INVOICE,
          DocumentType.INSTALMENT,
          DocumentType.SETTLEMENT,
          DocumentType.CREDIT_NOTE);

  /** What is only printed. */
  static final List<DocumentType> PAPERS =
      List.of(
          DocumentType.QUOTE,
          DocumentType.ORDER,
          DocumentType.DELIVERY_NOTE,
          DocumentType.REMINDER,
          DocumentType.PAYMENT_NOTICE,
          DocumentType.STATEMENT,
          DocumentType.PURCHASE_ORDER,
          DocumentType.LETTER);

  private static final LocalDate DAY = LocalDate.of(2026, 1, 31);
  private static final BigDecimal RATE = new BigDecimal("20");

  private Specimen() {}

  /** Of an instalment nothing is due, and what a settlement comes to is in the buyer's favour. */
  static Document of(DocumentType type, String language, String country) {
    return of(type, language, country, "SPECIMEN");
  }

  /** The same of the company of that code, with its brand. */
  static Document of(DocumentType type, String language, String country, String company) {
    TradeParty party = party(country);
    DocumentType preceding =
        switch (type) {
          case CREDIT_NOTE, REMINDER, PAYMENT_NOTICE -> DocumentType.INVOICE;
          case ORDER -> DocumentType.QUOTE;
          case INVOICE -> DocumentType.DELIVERY_NOTE;
          case DELIVERY_NOTE -> DocumentType.ORDER;
          default -> null;
        };
    BigDecimal prepaid =
        switch (type) {
          case INSTALMENT -> new BigDecimal("109.00");
          case SETTLEMENT -> new BigDecimal("150.00");
          default -> BigDecimal.ONE;
        };
    Totals totals = totals(prepaid);
    return new Document(
        new DocumentId(0),
        type,
        "SPECIMEN-1",
        DAY,
        DAY.plusDays(30),
        30,
        new BillingPeriod(DAY.withDayOfMonth(1), DAY),
        DAY,
        "C-1",
        "Reference",
        "Order",
        preceding,
        preceding == null ? null : "SPECIMEN-0",
        preceding == null ? null : DAY,
        "Note",
        Currency.getInstance(country.equals("CH") ? "CHF" : "EUR"),
        language,
        new Seller(
            company, party, "FR7630006000011234567890189", "AGRIFRPP", "Bank", "example.org", null),
        party,
        party,
        null,
        List.of(line()),
        List.of(
            allowance(true, null, VatCategory.S), allowance(false, BigDecimal.ONE, VatCategory.S)),
        List.of(
            new VatBreakdown(VatCategory.S, RATE, totals.taxExclusive(), totals.tax(), "Reason")),
        totals,
        new AccountingTax(Currency.getInstance("GBP"), new BigDecimal("0.87654321"), prepaid),
        type == DocumentType.SETTLEMENT
            ? List.of(new DeductedInstalment(new DocumentId(0), "SPECIMEN-0", DAY, prepaid))
            : List.of(),
        List.of(
            new StatedBill(
                new DocumentId(0),
                DocumentType.INVOICE,
                "SPECIMEN-0",
                DAY,
                DAY,
                totals.taxInclusive(),
                totals.payable())),
        OwnAddresses.NONE);
  }

  private static Totals totals(BigDecimal prepaid) {
    BigDecimal net = new BigDecimal("90.00");
    BigDecimal tax = new BigDecimal("18.00");
    return new Totals(
        net,
        BigDecimal.ONE,
        BigDecimal.ONE,
        net,
        tax,
        net.add(tax),
        prepaid,
        BigDecimal.ONE,
        net.add(tax).subtract(prepaid).add(BigDecimal.ONE));
  }

  private static DocumentLine line() {
    return new DocumentLine(
        1,
        "Name",
        "Description",
        BigDecimal.ONE,
        "MON",
        new BigDecimal("100.00"),
        BigDecimal.ONE,
        BigDecimal.TEN,
        BigDecimal.TEN,
        new BigDecimal("90.00"),
        VatCategory.S,
        RATE,
        null,
        new BillingPeriod(DAY, DAY),
        List.of(allowance(true, null, null), allowance(false, BigDecimal.ONE, null)));
  }

  private static DocumentAllowance allowance(
      boolean charge, BigDecimal percent, VatCategory category) {
    return new DocumentAllowance(
        charge,
        percent,
        percent == null ? null : new BigDecimal("100.00"),
        BigDecimal.ONE,
        "Reason",
        charge ? "FC" : "95",
        category,
        category == null ? null : RATE,
        null);
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
