package io.facteur.document;

import io.facteur.contract.AllowanceCharge;
import io.facteur.contract.AllowanceRules;
import io.facteur.contract.VatCategory;
import io.facteur.contract.VatRules;
import io.facteur.party.Checks;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What must hold of a new document before anything is looked up for it. */
final class DraftRules {

  private static final Pattern UNIT_CODE = Pattern.compile("[A-Z0-9]{2,3}");
  private static final int MAX_LINES = 9_999;
  private static final int MAX_ALLOWANCES = 99;
  private static final int MAX_DIGITS = 15;
  private static final BigDecimal HUNDRED = new BigDecimal(100);

  /** Types that state amounts and therefore need lines. */
  private static final Set<DocumentType> WITH_LINES =
      EnumSet.of(
          DocumentType.QUOTE,
          DocumentType.ORDER,
          DocumentType.DELIVERY_NOTE,
          DocumentType.INVOICE,
          DocumentType.INSTALMENT,
          DocumentType.SETTLEMENT,
          DocumentType.CREDIT_NOTE,
          DocumentType.PURCHASE_ORDER);

  /** Types that are written to a contact as a whole, and have neither lines nor predecessors. */
  private static final Set<DocumentType> WITHOUT_LINES =
      EnumSet.of(DocumentType.STATEMENT, DocumentType.LETTER);

  private DraftRules() {}

  static void checkFields(Checks checks, NewDocument document) {
    checks
        .required("type", document.type())
        .required("company", document.company())
        .rule(
            document.contact() != null
                || document.contract() != null
                || document.precedingDocument() != null,
            "contact",
            "is required where there is no contract")
        .text("buyerReference", document.buyerReference(), 100)
        .text("orderReference", document.orderReference(), 100)
        .longText("note", document.note(), 1000)
        .code("printQueue", document.printQueue(), 40)
        .language("language", document.language())
        .currency("currency", document.currency())
        .between("paymentDays", document.paymentDays(), 0, 365);
    ownAddress(checks.of("billingAddress"), document.own().billing(), false);
    boolean nobodys = document.deliveryContact() == null;
    ownAddress(checks.of("deliveryAddress"), document.own().delivery(), nobodys);
    checkLines(checks, document);
    checkFollowing(checks, document);
    checks.rule(
        document.allowances().size() <= MAX_ALLOWANCES,
        "allowances",
        "are more than " + MAX_ALLOWANCES);
    for (int i = 0; i < document.allowances().size(); i++) {
      AllowanceRules.ofDocument(checks.of("allowances[" + i + "]"), document.allowances().get(i));
    }
  }

  private static void ownAddress(Checks checks, OwnAddress own, boolean named) {
    if (own != null) {
      checks
          .rule(
              own.name() != null || !named,
              "name",
              "is required where there is no contact whose name stands there")
          .text("name", own.name(), 200)
          .text("additionalName", own.additionalName(), 200)
          .postal(own.address());
    }
  }

  private static void checkFollowing(Checks checks, NewDocument document) {
    if (document.type() != null && DocumentChain.statesBill(document.type())) {
      checks
          .rule(
              document.precedingDocument() != null,
              "precedingDocument",
              "is required: the bill that a " + document.type() + " states")
          .rule(document.lines().isEmpty(), "lines", "must be left out: it states the bill")
          .rule(
              document.allowances().isEmpty(),
              "allowances",
              "must be left out: it states the bill");
    }
    if (document.type() != null && WITHOUT_LINES.contains(document.type())) {
      checks
          .rule(
              document.precedingDocument() == null,
              "precedingDocument",
              "must be left out: a " + document.type() + " follows none")
          .rule(document.lines().isEmpty(), "lines", "must be left out: it has none")
          .rule(document.allowances().isEmpty(), "allowances", "must be left out: it has no lines");
    }
    Set<Integer> carried = new HashSet<>();
    for (int i = 0; i < document.lines().size(); i++) {
      Integer line = document.lines().get(i).precedingLine();
      checks
          .of("lines[" + i + "]")
          .rule(
              line == null || document.precedingDocument() != null,
              "precedingLine",
              "needs the precedingDocument whose line it is")
          .rule(
              line == null || document.type() != DocumentType.CREDIT_NOTE,
              "precedingLine",
              "of a credit note is named to its invoice's follow-ups")
          .rule(
              line == null || carried.add(line),
              "precedingLine",
              "line " + line + " is named twice");
    }
  }

  private static void checkLines(Checks checks, NewDocument document) {
    List<NewLine> lines = document.lines();
    checks
        .rule(
            !lines.isEmpty() || !WITH_LINES.contains(document.type()),
            "lines",
            "at least one is needed")
        .rule(lines.size() <= MAX_LINES, "lines", "are more than " + MAX_LINES);
    for (int i = 0; i < Math.min(lines.size(), MAX_LINES); i++) {
      checkLine(checks.of("lines[" + i + "]"), lines.get(i));
    }
    Set<Boolean> outside =
        Stream.concat(
                lines.stream().map(NewLine::vatCategory),
                document.allowances().stream().map(AllowanceCharge::vatCategory))
            .filter(Objects::nonNull)
            .map(category -> category == VatCategory.O)
            .collect(Collectors.toSet());
    checks.rule(
        outside.size() < 2,
        "lines",
        "outside the scope of tax (O) cannot stand beside others (EN 16931 BR-O-11)");
  }

  private static void checkLine(Checks checks, NewLine line) {
    checks
        .required("name", line.name())
        .text("name", line.name(), 200)
        .longText("description", line.description(), 1000)
        .required("unitCode", line.unitCode())
        .rule(
            line.unitCode() == null || UNIT_CODE.matcher(line.unitCode()).matches(),
            "unitCode",
            "must be a code of UN/ECE Recommendation 20, e.g. C62, MON, KWH")
        .required("quantity", line.quantity())
        .digits("quantity", line.quantity(), 12, 6)
        .required("unitPrice", line.unitPrice())
        .digits("unitPrice", line.unitPrice(), 12, 6)
        .rule(
            line.unitPrice() == null || line.unitPrice().signum() >= 0,
            "unitPrice",
            "must not be negative (EN 16931 BR-27): to deduct something, give a negative quantity")
        .digits("baseQuantity", line.baseQuantity(), 12, 6)
        .rule(line.baseQuantity().signum() > 0, "baseQuantity", "must be greater than zero")
        .digits("discountPercent", line.discountPercent(), 3, 2)
        .rule(isPercentage(line.discountPercent()), "discountPercent", "must be from 0 to 100");
    VatRules.check(checks, line.vatCategory(), line.vatRate(), line.exemptionReason());
    checks.rule(
        line.allowances().size() <= MAX_ALLOWANCES,
        "allowances",
        "are more than " + MAX_ALLOWANCES);
    for (int i = 0; i < line.allowances().size(); i++) {
      AllowanceRules.ofLine(checks.of("allowances[" + i + "]"), line.allowances().get(i));
    }
  }

  private static boolean isPercentage(BigDecimal value) {
    return value.signum() >= 0 && value.compareTo(HUNDRED) <= 0;
  }

  /** Of a document whose fields are right. */
  static void checkAmounts(Checks checks, NewDocument document) {
    Amounts.Computed computed = amounts(document, null);
    for (VatBreakdown vat : computed.vatBreakdown()) {
      checks.rule(
          vat.exemptionReason() == null || vat.exemptionReason().length() <= 300,
          "lines",
          "of category "
              + vat.category()
              + " have exemption reasons of more than 300 characters together");
    }
    BigDecimal total = computed.totals().taxInclusive();
    checks
        .rule(
            total.signum() >= 0,
            "lines",
            "have a negative total (" + total + "): make it a credit note")
        .digits("lines", total, MAX_DIGITS, 2);
    computed.lines().forEach(line -> checks.digits("lines", line.netAmount(), MAX_DIGITS, 2));
  }

  /**
   * Everything that is computed.
   *
   * @param payableRounding null: the amount due is not rounded
   */
  static Amounts.Computed amounts(NewDocument document, BigDecimal payableRounding) {
    return Amounts.compute(
        document.lines(), document.allowances(), document.billing().prepaid(), payableRounding);
  }

  static void checkDecimals(Checks checks, Currency currency) {
    checks.rule(
        currency.getDefaultFractionDigits() == 2,
        "currency",
        currency + " cannot be used: only currencies with two decimals can");
  }
}
