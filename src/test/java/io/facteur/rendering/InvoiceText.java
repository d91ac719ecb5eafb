package io.facteur.rendering;

import static io.facteur.billing.TermsText.day;
import static io.facteur.billing.TermsText.number;

import io.facteur.billing.TermsText;
import io.facteur.contract.AllowanceCharge;
import io.facteur.contract.BillingPeriod;
import io.facteur.contract.VatCategory;
import io.facteur.document.DeductedInstalment;
import io.facteur.document.Document;
import io.facteur.document.DocumentId;
import io.facteur.document.DocumentType;
import io.facteur.document.DocumentsWithoutDatabase;
import io.facteur.document.FollowUpRequest;
import io.facteur.document.NewDocument;
import io.facteur.document.NewLine;
import io.facteur.party.Company;
import io.facteur.party.Contact;
import io.facteur.party.ExchangeRates;
import io.facteur.party.PartiesText;
import io.facteur.testing.CaseTables.Row;
import io.facteur.testing.RecordChange;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads an invoice as the cases write it, and makes and issues it by the product's own rules. */
final class InvoiceText {

  static final LocalDate ISSUED = LocalDate.of(2026, 11, 21);

  private static final String DAY = "(\\d{4}-\\d\\d-\\d\\d)";
  private static final String NUMBER = "(-?\\d+(?:\\.\\d+)?)";
  private static final String DAYS = DAY + "\\.\\." + DAY;
  private static final Pattern LINE =
      Pattern.compile(
          "(?:(\\d+) times )?(?:“(.+?)” )?"
              + NUMBER
              + "(?: ([A-Z0-9]+))? × "
              + NUMBER
              + "(?: per "
              + NUMBER
              + ")?(?: less "
              + NUMBER
              + " %)? (S|Z|E|AE|K|G|O) "
              + NUMBER
              + "((?:, .+)?)");
  private static final Map<VatCategory, String> REASONS =
      Map.of(
          VatCategory.E, "Exempt from VAT",
          VatCategory.AE, "Reverse charge",
          VatCategory.K, "Intra-community supply",
          VatCategory.G, "Export outside the EU",
          VatCategory.O, "Not subject to VAT");

  private final Map<Pattern, Consumer<Matcher>> statements = new LinkedHashMap<>();
  private final PartiesText parties;
  private final Company company;
  private final Contact buyer;

  private NewDocument draft;
  private ExchangeRates.Known rates;
  private final List<DeductedInstalment> deducted = new ArrayList<>();
  private Contact deliverTo;
  private DocumentType follows;
  private LocalDate followsOf;
  private boolean credited;
  private List<FollowUpRequest.Line> creditedParts;

  private InvoiceText(PartiesText parties, Row row) {
    this.parties = parties;
    this.company = parties.sellers().get(row.get("Seller"));
    this.buyer = PartiesText.of(company, parties.buyers().get(row.get("Buyer")));
    draft =
        new NewDocument(
            DocumentType.INVOICE,
            company.code(),
            buyer.code(),
            null,
            null,
            null,
            null,
            null,
            company.language(),
            null,
            null,
            null,
            null,
            null,
            lines(row.get("Lines")));
    set("allowances", allowances(row.get("Allowances and charges")));
    on("(instalment|settlement)", of -> set("type", type(of.group(1))));
    on("language (\\w+)", of -> set("language", of.group(1)));
    on("in ([A-Z]{3}) at " + NUMBER, this::currency);
    on("for " + DAYS, of -> set("period", days(of)));
    on("delivered " + DAY, of -> set("deliveryDate", day(of.group(1))));
    on("delivered to (.+)", of -> deliverTo(of.group(1)));
    on("reference (.+)", of -> set("buyerReference", of.group(1)));
    on("order (.+)", of -> set("orderReference", of.group(1)));
    on("contract (.+)", of -> set("contract", of.group(1)));
    on("note (.+)", of -> set("note", of.group(1)));
    on("within (\\d+) days", of -> set("paymentDays", Integer.valueOf(of.group(1))));
    on("deducts (\\S+) of " + DAY + ": " + NUMBER, this::deducts);
    on("follows (order|delivery note) (\\S+) of " + DAY, this::follows);
    on("credited as a whole", of -> credited = true);
    on("credited (\\d+) of line (\\d+)", of -> credited(of, number(of.group(1)), null));
    on(
        "credited [A-Z]{3} " + NUMBER + " of line (\\d+)",
        of -> credited(of, null, number(of.group(1))));
  }

  /**
   * The issued invoice, or the issued credit note on it.
   *
   * @param sequence its number and id
   */
  static Document read(PartiesText parties, Row row, int sequence) {
    InvoiceText text = new InvoiceText(parties, row);
    Stream.of(row.get("Document").split("; "))
        .filter(one -> !one.isEmpty())
        .forEach(text::statement);
    return text.issued(sequence);
  }

  private Document issued(int sequence) {
    List<Contact> contacts =
        Stream.of(buyer, deliverTo).filter(one -> one != null).distinct().toList();
    DocumentsWithoutDatabase documents =
        new DocumentsWithoutDatabase(company, contacts, rates, ISSUED, sequence);
    set("billing", new NewDocument.Billing(null, deducted, 0, false));
    Document preceding = null;
    if (follows != null) {
      NewDocument alone = RecordChange.with(draft, "precedingDocument", null);
      preceding =
          RecordChange.with(
              documents.preceding(
                  follows, draft.precedingDocument(), documents.issued(alone, null)),
              "issueDate",
              followsOf);
    }
    Document issued = documents.issued(draft, preceding);
    return credited ? documents.credited(issued, creditedParts) : issued;
  }

  private void on(String pattern, Consumer<Matcher> effect) {
    statements.put(Pattern.compile(pattern), effect);
  }

  private void statement(String text) {
    for (Map.Entry<Pattern, Consumer<Matcher>> known : statements.entrySet()) {
      Matcher matcher = known.getKey().matcher(text);
      if (matcher.matches()) {
        known.getValue().accept(matcher);
        return;
      }
    }
    throw new AssertionError("cannot be read: " + text);
  }

  private void set(String component, Object value) {
    draft = RecordChange.with(draft, component, value);
  }

  private void currency(Matcher of) {
    set("currency", of.group(1));
    rates = PartiesText.rate(company, Currency.getInstance(of.group(1)), number(of.group(2)));
  }

  private void deliverTo(String code) {
    deliverTo = PartiesText.of(company, parties.buyers().get(code));
    set("deliveryContact", code);
  }

  private void deducts(Matcher of) {
    deducted.add(
        new DeductedInstalment(
            new DocumentId(9000L + deducted.size()),
            of.group(1),
            day(of.group(2)),
            number(of.group(3))));
  }

  private void follows(Matcher of) {
    follows = type(of.group(1));
    set("precedingDocument", of.group(2));
    followsOf = day(of.group(3));
  }

  private void credited(Matcher of, BigDecimal quantity, BigDecimal amount) {
    credited = true;
    creditedParts = creditedParts == null ? new ArrayList<>() : creditedParts;
    creditedParts.add(new FollowUpRequest.Line(Integer.parseInt(of.group(2)), quantity, amount));
  }

  private static DocumentType type(String words) {
    return DocumentType.valueOf(words.toUpperCase(Locale.ROOT).replace(' ', '_'));
  }

  private static List<NewLine> lines(String text) {
    return Stream.of(text.split("; ")).flatMap(one -> lines(one, LINE.matcher(one))).toList();
  }

  private static Stream<NewLine> lines(String text, Matcher of) {
    if (!of.matches()) {
      throw new AssertionError("cannot be read: " + text);
    }
    VatCategory category = VatCategory.valueOf(of.group(8));
    String name = of.group(2) == null ? "Service" : of.group(2);
    String reason = REASONS.get(category);
    BillingPeriod period = null;
    String description = null;
    List<AllowanceCharge> allowances = new ArrayList<>();
    for (String option : of.group(10).split(", ")) {
      Matcher days = Pattern.compile("for " + DAYS).matcher(option);
      if (days.matches()) {
        period = days(days);
      } else if (option.startsWith("because ")) {
        reason = option.substring("because ".length());
      } else if (option.startsWith("described as ")) {
        description = option.substring("described as ".length()).replace("\\n", "\n");
      } else {
        allowances.addAll(TermsText.allowances(option));
      }
    }
    NewLine line =
        new NewLine(
            name,
            description,
            number(of.group(3)),
            of.group(4) == null ? "C62" : of.group(4),
            number(of.group(5)),
            number(of.group(6)),
            number(of.group(7)),
            category,
            number(of.group(9)),
            reason,
            period,
            allowances);
    int times = of.group(1) == null ? 1 : Integer.parseInt(of.group(1));
    return Collections.nCopies(times, line).stream();
  }

  private static List<AllowanceCharge> allowances(String text) {
    return TermsText.allowances(text).stream()
        .map(
            one ->
                one.exemptionReason() == null
                    ? one
                    : RecordChange.with(one, "exemptionReason", REASONS.get(one.vatCategory())))
        .toList();
  }

  private static BillingPeriod days(Matcher of) {
    return new BillingPeriod(day(of.group(1)), day(of.group(2)));
  }
}
