package io.facteur.rendering;

import io.facteur.contract.AllowanceCharge;
import io.facteur.contract.BillingPeriod;
import io.facteur.contract.VatCategory;
import io.facteur.document.AccountingTax;
import io.facteur.document.Amounts;
import io.facteur.document.DeductedInstalment;
import io.facteur.document.Document;
import io.facteur.document.DocumentId;
import io.facteur.document.DocumentType;
import io.facteur.document.NewLine;
import io.facteur.document.OwnAddresses;
import io.facteur.document.Seller;
import io.facteur.document.StatedBill;
import io.facteur.document.Totals;
import io.facteur.party.Mandate;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;

/**
 * Made-up documents with every field filled and all amounts right, on which templates are tried and
 * shown before they are used.
 */
public final class Specimen {

  /** What a template has to stand. */
  public enum Size {
    /** A few lines, names as usual. */
    SHORT,
    /** Names and texts as long as they get, another currency than the seller's own. */
    LONG,
    /** So many lines that several pages are filled. */
    MANY_LINES
  }

  /**
   * Which document.
   *
   * @param country of the seller, ISO 3166-1; what it may not use is left out
   * @param seller null: a made-up one of the country
   */
  public record Wish(
      DocumentType type, String language, String country, Seller seller, Size size) {}

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
  private static final BigDecimal NOTHING = new BigDecimal("0.00");

  private Specimen() {}

  /** Of a made-up company of that country. */
  public static Document of(DocumentType type, String language, String country) {
    return of(new Wish(type, language, country, null, Size.SHORT));
  }

  /** Of a company of that code, with its brand. */
  public static Document of(DocumentType type, String language, String country, String company) {
    Seller seller = SpecimenParties.seller(new Wish(type, language, country, null, Size.SHORT));
    Seller branded =
        new Seller(
            company,
            seller.party(),
            seller.iban(),
            seller.bic(),
            seller.bankName(),
            seller.website(),
            seller.logo(),
            seller.invoicing());
    return of(new Wish(type, language, country, branded, Size.SHORT));
  }

  /** Of an instalment nothing is due, and what a settlement comes to is in the buyer's favour. */
  public static Document of(Wish wish) {
    DocumentType type = wish.type();
    SpecimenTexts texts = SpecimenTexts.of(wish.language());
    Seller seller = wish.seller() == null ? SpecimenParties.seller(wish) : wish.seller();
    DocumentType preceding = preceding(type);
    List<StatedBill> stated = isAboutBills(type) ? stated() : List.of();
    Amounts.Computed amounts = amounts(wish, texts);
    boolean bill = DocumentRenderer.isEInvoiceType(type);
    return new Document(
        new DocumentId(1),
        type,
        "SPECIMEN-1",
        DAY,
        DAY.plusDays(30),
        30,
        new BillingPeriod(DAY.withDayOfMonth(1), DAY),
        DAY,
        "C-1001",
        "04011000-12345-34",
        "PO-2026-0815",
        preceding,
        preceding == null ? null : "SPECIMEN-0",
        preceding == null ? null : DAY.minusDays(20),
        // Without one a letter has the text of its template.
        type == DocumentType.LETTER ? null : texts.note(wish.size()),
        currency(wish),
        wish.language(),
        seller,
        SpecimenParties.buyer(wish),
        SpecimenParties.deliverTo(wish),
        bill ? mandate(wish) : null,
        stated.isEmpty() ? amounts.lines() : List.of(),
        stated.isEmpty() ? amounts.allowances() : List.of(),
        stated.isEmpty() ? amounts.vatBreakdown() : List.of(),
        stated.isEmpty() ? amounts.totals() : open(stated),
        bill ? accountingTax(wish, amounts.totals()) : null,
        type == DocumentType.SETTLEMENT ? deducted(amounts.totals().prepaid()) : List.of(),
        stated,
        OwnAddresses.NONE);
  }

  private static Amounts.Computed amounts(Wish wish, SpecimenTexts texts) {
    List<NewLine> lines = lines(wish, texts);
    boolean bill = DocumentRenderer.isEInvoiceType(wish.type());
    List<AllowanceCharge> allowances = bill ? allowances(wish, texts) : List.of();
    BigDecimal step =
        currency(wish).getCurrencyCode().equals("CHF") ? new BigDecimal("0.05") : null;
    BigDecimal whole =
        Amounts.compute(lines, allowances, BigDecimal.ZERO, null).totals().taxInclusive();
    BigDecimal prepaid =
        switch (wish.type()) {
          case INSTALMENT -> whole;
          case SETTLEMENT -> whole.add(new BigDecimal("41.50"));
          case INVOICE -> new BigDecimal("50.00");
          default -> NOTHING;
        };
    return Amounts.compute(lines, allowances, prepaid, step);
  }

  private static List<NewLine> lines(Wish wish, SpecimenTexts texts) {
    BigDecimal rate = SpecimenParties.rate(wish);
    List<NewLine> lines = new ArrayList<>();
    lines.add(
        line(
            texts.subscription(wish.size()),
            texts.description(wish.size()),
            "1",
            "MON",
            "29.90",
            "1",
            "10",
            rate,
            List.of(
                AllowanceCharge.onLine(true, new BigDecimal("1.50"), texts.charge()),
                AllowanceCharge.onLine(false, BigDecimal.ONE, texts.allowance()))));
    lines.add(
        line(texts.energy(), null, "1234.567", "KWH", "18.2345", "100", "0", rate, List.of()));
    lines.add(
        line(
            texts.work(),
            texts.description(wish.size()),
            "2.5",
            "HUR",
            "84.00",
            "1",
            "0",
            SpecimenParties.reducedRate(wish),
            List.of()));
    for (int i = 1; wish.size() == Size.MANY_LINES && i <= 100; i++) {
      lines.add(line(texts.part(i), null, "" + i, "C62", "1.25", "1", "0", rate, List.of()));
    }
    return lines;
  }

  private static NewLine line(
      String name,
      String description,
      String quantity,
      String unit,
      String price,
      String base,
      String discount,
      BigDecimal rate,
      List<AllowanceCharge> allowances) {
    return new NewLine(
        name,
        description,
        new BigDecimal(quantity),
        unit,
        new BigDecimal(price),
        new BigDecimal(base),
        new BigDecimal(discount),
        VatCategory.S,
        rate,
        null,
        new BillingPeriod(DAY.withDayOfMonth(1), DAY),
        allowances);
  }

  private static List<AllowanceCharge> allowances(Wish wish, SpecimenTexts texts) {
    return List.of(
        new AllowanceCharge(
            true,
            null,
            new BigDecimal("4.50"),
            texts.charge(),
            "FC",
            VatCategory.S,
            SpecimenParties.rate(wish),
            null),
        new AllowanceCharge(
            false, BigDecimal.valueOf(2), null, texts.allowance(), "95", null, null, null));
  }

  private static DocumentType preceding(DocumentType type) {
    return switch (type) {
      case CREDIT_NOTE -> DocumentType.INVOICE;
      case ORDER -> DocumentType.QUOTE;
      case INVOICE -> DocumentType.DELIVERY_NOTE;
      case DELIVERY_NOTE -> DocumentType.ORDER;
      default -> null;
    };
  }

  private static boolean isAboutBills(DocumentType type) {
    return type == DocumentType.REMINDER
        || type == DocumentType.PAYMENT_NOTICE
        || type == DocumentType.STATEMENT;
  }

  private static List<StatedBill> stated() {
    List<StatedBill> bills = new ArrayList<>();
    for (int months = 3; months >= 1; months--) {
      LocalDate issued = DAY.minusMonths(months);
      BigDecimal total = new BigDecimal("120.00").add(BigDecimal.valueOf(months, 1).setScale(2));
      bills.add(
          new StatedBill(
              new DocumentId(1),
              DocumentType.INVOICE,
              "SPECIMEN-0" + (4 - months),
              issued,
              issued.plusDays(30),
              total,
              months == 3 ? new BigDecimal("20.00") : total));
    }
    return bills;
  }

  private static Totals open(List<StatedBill> stated) {
    BigDecimal open = stated.stream().map(StatedBill::open).reduce(NOTHING, BigDecimal::add);
    return new Totals(NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, open);
  }

  private static List<DeductedInstalment> deducted(BigDecimal prepaid) {
    BigDecimal first = new BigDecimal("150.00");
    return List.of(
        new DeductedInstalment(new DocumentId(1), "SPECIMEN-01", DAY.minusMonths(2), first),
        new DeductedInstalment(
            new DocumentId(1), "SPECIMEN-02", DAY.minusMonths(1), prepaid.subtract(first)));
  }

  private static AccountingTax accountingTax(Wish wish, Totals totals) {
    if (wish.size() != Size.LONG) {
      return null;
    }
    BigDecimal rate = new BigDecimal("0.87654321");
    return new AccountingTax(
        SpecimenParties.ownCurrency(wish),
        rate,
        totals.tax().multiply(rate).setScale(2, RoundingMode.HALF_UP));
  }

  /** Only where the seller may collect. */
  private static Mandate mandate(Wish wish) {
    Seller seller = wish.seller() == null ? SpecimenParties.seller(wish) : wish.seller();
    return seller.invoicing().creditorId() == null || !wish.country().equals("DE")
        ? null
        : new Mandate("MANDATE-0001", "DE02120300000000202051", DAY.minusYears(1));
  }

  private static Currency currency(Wish wish) {
    return wish.size() == Size.LONG
        ? Currency.getInstance("USD")
        : SpecimenParties.ownCurrency(wish);
  }
}
