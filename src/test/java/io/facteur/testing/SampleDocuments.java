package io.facteur.testing;

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
import io.facteur.party.InvoicingTerms;
import io.facteur.party.Mandate;
import io.facteur.party.PostalAddress;
import io.facteur.party.TradeParty;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds documents for tests: complete, valid by EN 16931, with amounts computed from the lines. A
 * test says only what matters to it.
 *
 * <pre>{@code
 * Document invoice = SampleDocuments.lac().line("Électricité", "412.5", "KWH", "0.2345").build();
 * }</pre>
 */
public final class SampleDocuments {

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final List<DocumentLine> lines = new ArrayList<>();
  private final List<DocumentAllowance> allowances = new ArrayList<>();
  private final List<DeductedInstalment> deducted = new ArrayList<>();
  private final List<StatedBill> stated = new ArrayList<>();
  private final Map<VatCategory, String> reasons = new LinkedHashMap<>();
  private long id = 1;
  private DocumentType type = DocumentType.INVOICE;
  private String number;
  private LocalDate issueDate = LocalDate.of(2026, 11, 21);
  private LocalDate dueDate = LocalDate.of(2026, 12, 21);
  private BillingPeriod period =
      new BillingPeriod(LocalDate.of(2026, 10, 1), LocalDate.of(2026, 10, 31));
  private String contractNumber = "C-1042";
  private String buyerReference;
  private String orderReference;
  private DocumentType precedingType;
  private String precedingNumber;
  private LocalDate precedingDate;
  private String note;
  private Currency currency;
  private String language;
  private Seller seller;
  private TradeParty buyer;
  private TradeParty deliverTo;
  private LocalDate deliveryDate;
  private Mandate mandate;
  private BigDecimal prepaid = new BigDecimal("0.00");
  private AccountingTax accountingTax;
  private BigDecimal rounding = new BigDecimal("0.00");

  private SampleDocuments(Seller seller, String currency, String language, TradeParty buyer) {
    this.seller = seller;
    this.currency = Currency.getInstance(currency);
    this.language = language;
    this.buyer = buyer;
    this.number = seller.companyCode() + "-2026-00042";
  }

  /** A Swiss utility, in French and CHF. */
  public static SampleDocuments lac() {
    return new SampleDocuments(
        new Seller(
            "LAC",
            party(
                "Énergies du Lac SA",
                new PostalAddress("Quai du Mont-Blanc 12", "1201", "Genève", "CH"),
                "CHE-123.456.788 TVA"),
            "CH9300762011623852957",
            "UBSWCHZH80A",
            "Banque du Léman",
            "www.energies-du-lac.example",
            "lac.png"),
        "CHF",
        "fr",
        buyer(
            "Menuiserie Jaquet Sàrl",
            new PostalAddress("Rue de la Gare 7", "1260", "Nyon", "CH"),
            "CHE-987.654.321 TVA"));
  }

  /** A German provider, in German and EUR. */
  public static SampleDocuments nordlicht() {
    return new SampleDocuments(
        new Seller(
            "NORD",
            party(
                "Nordlicht Hosting GmbH",
                new PostalAddress("Speicherstraße 8", "20457", "Hamburg", "DE"),
                "DE123456789"),
            "DE75512108001245126199",
            "SOGEDEFFXXX",
            "Hansebank",
            "www.nordlicht.example",
            "nordlicht.png"),
        "EUR",
        "de",
        buyer(
            "Bäckerei Krämer & Söhne OHG",
            new PostalAddress("Lange Gasse 3", "04109", "Leipzig", "DE"),
            "DE987654321"));
  }

  /** A French house, in French and EUR. */
  public static SampleDocuments lemaire() {
    return new SampleDocuments(
        new Seller(
            "LEM",
            party(
                "Maison Lemaire SARL",
                new PostalAddress("18 rue des Carmes", "44000", "Nantes", "FR"),
                "FR32123456789",
                "123456789",
                "0002"),
            "FR7630006000011234567890189",
            "AGRIFRPP",
            "Crédit de l’Ouest",
            "www.maison-lemaire.example",
            "lemaire.png"),
        "EUR",
        "fr",
        buyer(
            "Hôtel des Voyageurs",
            new PostalAddress("2 place Graslin", "44000", "Nantes", "FR"),
            "FR61954506077"));
  }

  public SampleDocuments id(long id) {
    this.id = id;
    return this;
  }

  /** Corrects the invoice of that number. */
  public SampleDocuments creditNoteOf(String number, LocalDate date) {
    this.type = DocumentType.CREDIT_NOTE;
    this.number = seller.companyCode() + "-CN-2026-00007";
    this.precedingType = DocumentType.INVOICE;
    this.precedingNumber = number;
    this.precedingDate = date;
    this.dueDate = null;
    return this;
  }

  /** Follows that document in the chain. */
  public SampleDocuments follows(DocumentType type, String number, LocalDate date) {
    this.precedingType = type;
    this.precedingNumber = number;
    this.precedingDate = date;
    return this;
  }

  /** A reminder or payment notice of that type, of one bill and what is open of it. */
  public SampleDocuments states(
      DocumentType type, String bill, LocalDate date, LocalDate due, String payable, String open) {
    this.type = type;
    this.dueDate = null;
    this.period = null;
    stated.add(
        new StatedBill(
            new DocumentId(8),
            DocumentType.INVOICE,
            bill,
            date,
            due,
            new BigDecimal(payable),
            new BigDecimal(open)));
    return follows(DocumentType.INVOICE, bill, date);
  }

  public SampleDocuments type(DocumentType type) {
    this.type = type;
    return this;
  }

  public SampleDocuments number(String number) {
    this.number = number;
    return this;
  }

  /** Without number and dates. */
  public SampleDocuments draft() {
    this.number = null;
    this.issueDate = null;
    this.dueDate = null;
    return this;
  }

  public SampleDocuments issueDate(LocalDate date) {
    this.issueDate = date;
    return this;
  }

  public SampleDocuments dueDate(LocalDate date) {
    this.dueDate = date;
    return this;
  }

  public SampleDocuments period(BillingPeriod period) {
    this.period = period;
    return this;
  }

  public SampleDocuments references(String contract, String buyerReference, String order) {
    this.contractNumber = contract;
    this.buyerReference = buyerReference;
    this.orderReference = order;
    return this;
  }

  public SampleDocuments note(String note) {
    this.note = note;
    return this;
  }

  public SampleDocuments language(String language) {
    this.language = language;
    return this;
  }

  public SampleDocuments currency(String code) {
    this.currency = Currency.getInstance(code);
    return this;
  }

  public SampleDocuments seller(Seller seller) {
    this.seller = seller;
    return this;
  }

  /** The same seller with other terms. */
  public SampleDocuments invoicing(InvoicingTerms terms) {
    return account(seller.iban(), terms);
  }

  /** The same seller with another account and other terms. */
  public SampleDocuments account(String iban, InvoicingTerms terms) {
    return seller(
        new Seller(
            seller.companyCode(),
            seller.party(),
            iban,
            seller.bic(),
            seller.bankName(),
            seller.website(),
            seller.logo(),
            terms));
  }

  /** The buyer lets its bills be collected. */
  public SampleDocuments mandate(Mandate mandate) {
    this.mandate = mandate;
    return this;
  }

  public SampleDocuments buyer(TradeParty buyer) {
    this.buyer = buyer;
    return this;
  }

  public SampleDocuments deliveryDate(LocalDate date) {
    this.deliveryDate = date;
    return this;
  }

  /**
   * With what the networks of e-invoices ask for beyond EN 16931: both have addresses in them, the
   * seller names a contact person, the buyer has a reference.
   */
  public SampleDocuments networked(String sellerScheme, String sellerId, String scheme, String id) {
    TradeParty party = reached(seller.party(), sellerScheme, sellerId, "Claude Weber");
    Seller s = seller;
    buyerReference = buyerReference == null ? "04011000-12345-34" : buyerReference;
    return seller(
            new Seller(
                s.companyCode(),
                party,
                s.iban(),
                s.bic(),
                s.bankName(),
                s.website(),
                s.logo(),
                s.invoicing()))
        .buyer(reached(buyer, scheme, id, buyer.contactName()));
  }

  /** As {@link #networked}, with VAT numbers as addresses. */
  public SampleDocuments networked() {
    return networked(
        vatScheme(seller.party()),
        seller.party().vatId().replaceAll("[^A-Z0-9]", ""),
        vatScheme(buyer),
        buyer.vatId() == null ? "0" : buyer.vatId().replaceAll("[^A-Z0-9]", ""));
  }

  private static String vatScheme(TradeParty party) {
    return switch (party.address().country()) {
      case "CH" -> "9927";
      case "DE" -> "9930";
      case "AT" -> "9914";
      default -> "0225";
    };
  }

  private static TradeParty reached(TradeParty party, String scheme, String id, String contact) {
    return new TradeParty(
        party.name(),
        party.additionalName(),
        party.address(),
        party.vatId(),
        party.registrationId(),
        party.registrationScheme(),
        new TradeParty.Endpoint(scheme, id),
        contact,
        party.phone(),
        party.email());
  }

  public SampleDocuments deliverTo(TradeParty party) {
    this.deliverTo = party;
    return this;
  }

  public SampleDocuments prepaid(String amount) {
    this.prepaid = new BigDecimal(amount);
    return this;
  }

  public SampleDocuments rounding(String amount) {
    this.rounding = new BigDecimal(amount);
    return this;
  }

  /** Deducts an instalment. */
  public SampleDocuments deducts(String number, LocalDate date, String amount) {
    BigDecimal deduction = new BigDecimal(amount);
    deducted.add(new DeductedInstalment(new DocumentId(9), number, date, deduction));
    prepaid = prepaid.add(deduction);
    return this;
  }

  /** VAT in the seller's own currency. */
  public SampleDocuments accountingTax(String currency, String rate, String tax) {
    accountingTax =
        new AccountingTax(
            Currency.getInstance(currency), new BigDecimal(rate), new BigDecimal(tax));
    return this;
  }

  /** The last line is for other days than the document. */
  public SampleDocuments linePeriod(LocalDate from, LocalDate to) {
    DocumentLine last = lines.remove(lines.size() - 1);
    return line(changed(last, last.netAmount(), new BillingPeriod(from, to), last.allowances()));
  }

  /** The price of the last line is for that many units. */
  public SampleDocuments basedOn(String quantity) {
    DocumentLine last = lines.remove(lines.size() - 1);
    BigDecimal base = new BigDecimal(quantity);
    BigDecimal gross = cents(last.quantity().multiply(last.unitPrice()).divide(base));
    BigDecimal discount = cents(gross.multiply(last.discountPercent()).divide(HUNDRED));
    return line(
        new DocumentLine(
            last.position(),
            last.name(),
            last.description(),
            last.quantity(),
            last.unitCode(),
            last.unitPrice(),
            base,
            last.discountPercent(),
            discount,
            gross.subtract(discount),
            last.vatCategory(),
            last.vatRate(),
            last.exemptionReason(),
            last.period(),
            last.allowances()));
  }

  /** An allowance or charge of an amount on the last line. */
  public SampleDocuments onLine(boolean charge, String reason, String code, String amount) {
    BigDecimal value = new BigDecimal(amount);
    return onLine(new DocumentAllowance(charge, null, null, value, reason, code, null, null, null));
  }

  /** An allowance or charge on the last line, as it is. */
  public SampleDocuments onLine(DocumentAllowance one) {
    DocumentLine last = lines.remove(lines.size() - 1);
    List<DocumentAllowance> all = new ArrayList<>(last.allowances());
    all.add(one);
    BigDecimal net =
        one.charge() ? last.netAmount().add(one.amount()) : last.netAmount().subtract(one.amount());
    return line(changed(last, net, last.period(), all));
  }

  private static DocumentLine changed(
      DocumentLine line, BigDecimal net, BillingPeriod period, List<DocumentAllowance> allowances) {
    return new DocumentLine(
        line.position(),
        line.name(),
        line.description(),
        line.quantity(),
        line.unitCode(),
        line.unitPrice(),
        line.baseQuantity(),
        line.discountPercent(),
        line.discountAmount(),
        net,
        line.vatCategory(),
        line.vatRate(),
        line.exemptionReason(),
        period,
        allowances);
  }

  /** An allowance or charge of an amount on the document as a whole. */
  public SampleDocuments onDocument(
      boolean charge, String reason, String amount, VatCategory category, String rate) {
    return onDocument(charge, reason, null, null, amount, category, rate);
  }

  /** An allowance or charge on the document as a whole, with what the percentage is of. */
  public SampleDocuments onDocument(
      boolean charge,
      String reason,
      String percent,
      String base,
      String amount,
      VatCategory category,
      String rate) {
    allowances.add(
        new DocumentAllowance(
            charge,
            percent == null ? null : new BigDecimal(percent),
            base == null ? null : new BigDecimal(base),
            new BigDecimal(amount),
            reason,
            charge ? "FC" : "95",
            category,
            new BigDecimal(rate),
            reasons.get(category)));
    return this;
  }

  /** A line at the standard rate of the seller's country. */
  public SampleDocuments line(String name, String quantity, String unit, String price) {
    return line(name, null, quantity, unit, price, "0", VatCategory.S, standardRate(), null);
  }

  /** A line at another rate. */
  public SampleDocuments lineAt(String rate, String name, String quantity, String price) {
    return line(name, null, quantity, "C62", price, "0", VatCategory.S, rate, null);
  }

  /** A line without VAT, with the reason why. */
  public SampleDocuments exempt(VatCategory category, String reason, String name, String price) {
    return line(name, null, "1", "C62", price, "0", category, "0", reason);
  }

  /** A line, all said. */
  public SampleDocuments line(
      String name,
      String description,
      String quantity,
      String unit,
      String price,
      String discountPercent,
      VatCategory category,
      String rate,
      String reason) {
    BigDecimal gross = cents(new BigDecimal(quantity).multiply(new BigDecimal(price)));
    BigDecimal percent = new BigDecimal(discountPercent);
    BigDecimal discount = cents(gross.multiply(percent).divide(HUNDRED));
    lines.add(
        new DocumentLine(
            lines.size() + 1,
            name,
            description,
            new BigDecimal(quantity),
            unit,
            new BigDecimal(price),
            BigDecimal.ONE,
            percent,
            discount,
            gross.subtract(discount),
            category,
            new BigDecimal(rate),
            reason,
            null,
            List.of()));
    if (reason != null) {
      reasons.put(category, reason);
    }
    return this;
  }

  /** A line as it is, amounts included. */
  public SampleDocuments line(DocumentLine line) {
    lines.add(line);
    return this;
  }

  /** The document; one without lines gets two usual ones. */
  public Document build() {
    if (lines.isEmpty() && stated.isEmpty()) {
      line("Abonnement mensuel", "1", "MON", "120.00");
      line("Consommation", "412.5", "KWH", "0.2345");
    }
    List<VatBreakdown> breakdown = breakdown();
    BigDecimal net = sum(lines.stream().map(DocumentLine::netAmount).toList());
    BigDecimal tax = sum(breakdown.stream().map(VatBreakdown::taxAmount).toList());
    BigDecimal deductions = sum(amounts(false));
    BigDecimal charges = sum(amounts(true));
    BigDecimal taxable = net.subtract(deductions).add(charges);
    BigDecimal gross = taxable.add(tax);
    return new Document(
        new DocumentId(id),
        type,
        number,
        issueDate,
        dueDate,
        30,
        period,
        deliveryDate,
        contractNumber,
        buyerReference,
        orderReference,
        precedingType,
        precedingNumber,
        precedingDate,
        note,
        currency,
        language,
        seller,
        buyer,
        deliverTo,
        mandate,
        lines,
        allowances,
        breakdown,
        new Totals(
            net,
            deductions,
            charges,
            taxable,
            tax,
            gross,
            prepaid,
            rounding,
            stated.isEmpty()
                ? gross.subtract(prepaid).add(rounding)
                : sum(stated.stream().map(StatedBill::open).toList())),
        accountingTax,
        deducted,
        stated,
        OwnAddresses.NONE);
  }

  private List<BigDecimal> amounts(boolean charges) {
    return allowances.stream()
        .filter(one -> one.charge() == charges)
        .map(DocumentAllowance::amount)
        .toList();
  }

  /** A buyer or delivery party with an address. */
  public static TradeParty buyer(String name, PostalAddress address, String vatId) {
    return new TradeParty(name, null, address, vatId, null, null, null, null, null, null);
  }

  private static TradeParty party(String name, PostalAddress address, String vatId) {
    return party(name, address, vatId, null, null);
  }

  private static TradeParty party(
      String name, PostalAddress address, String vatId, String registration, String scheme) {
    return new TradeParty(
        name,
        null,
        address,
        vatId,
        registration,
        scheme,
        new TradeParty.Endpoint(
            "EM", "factures@" + address.country().toLowerCase(java.util.Locale.ROOT) + ".example"),
        null,
        "+41 22 555 01 23",
        "contact@" + address.country().toLowerCase(java.util.Locale.ROOT) + ".example");
  }

  private String standardRate() {
    return switch (seller.party().address().country()) {
      case "CH" -> "8.1";
      case "DE" -> "19";
      default -> "20";
    };
  }

  private List<VatBreakdown> breakdown() {
    record Kind(VatCategory category, BigDecimal rate) {}
    Map<Kind, BigDecimal> sums = new LinkedHashMap<>();
    for (DocumentLine line : lines) {
      sums.merge(new Kind(line.vatCategory(), line.vatRate()), line.netAmount(), BigDecimal::add);
    }
    for (DocumentAllowance one : allowances) {
      sums.merge(
          new Kind(one.vatCategory(), one.vatRate()),
          one.charge() ? one.amount() : one.amount().negate(),
          BigDecimal::add);
    }
    List<VatBreakdown> breakdown = new ArrayList<>();
    sums.forEach(
        (kind, net) ->
            breakdown.add(
                new VatBreakdown(
                    kind.category(),
                    kind.rate(),
                    net,
                    cents(net.multiply(kind.rate()).divide(HUNDRED)),
                    reasons.get(kind.category()))));
    return breakdown;
  }

  private static BigDecimal sum(List<BigDecimal> amounts) {
    return amounts.stream().reduce(new BigDecimal("0.00"), BigDecimal::add);
  }

  private static BigDecimal cents(BigDecimal amount) {
    return amount.setScale(2, RoundingMode.HALF_UP);
  }
}
