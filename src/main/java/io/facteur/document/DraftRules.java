package io.facteur.document;

import io.facteur.contract.VatCategory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What can be said of a new document without looking anything up. Names every fault at once. */
final class DraftRules {

  private static final Pattern UNIT_CODE = Pattern.compile("[A-Z0-9]{1,3}");
  private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2}(-[A-Z]{2})?");
  private static final int MAX_LINES = 9_999;
  private static final BigDecimal HUNDRED = new BigDecimal(100);

  /** Types that state amounts and therefore need lines. */
  private static final Set<DocumentType> WITH_LINES =
      EnumSet.of(
          DocumentType.QUOTE,
          DocumentType.ORDER,
          DocumentType.DELIVERY_NOTE,
          DocumentType.INVOICE,
          DocumentType.CREDIT_NOTE,
          DocumentType.PURCHASE_ORDER);

  private final List<FieldError> errors = new ArrayList<>();

  private DraftRules() {}

  /** All faults of the document; empty if there are none. */
  static List<FieldError> faults(NewDocument document) {
    DraftRules rules = new DraftRules();
    rules.checkHead(document);
    rules.checkLines(document);
    if (rules.errors.isEmpty()) {
      rules.checkAmounts(document);
    }
    return rules.errors;
  }

  private void checkHead(NewDocument document) {
    required("type", document.type());
    required("company", document.company());
    if (document.contract() == null) {
      required("contact", document.contact());
    }
    longest("buyerReference", document.buyerReference(), 100);
    longest("orderReference", document.orderReference(), 100);
    longest("note", document.note(), 1000);
    longest("printQueue", document.printQueue(), 40);
    Integer days = document.paymentDays();
    check(days == null || (days >= 0 && days <= 365), "paymentDays", "must be from 0 to 365");
    String language = document.language();
    check(
        language == null || LANGUAGE.matcher(language).matches(),
        "language",
        "must be a language such as fr or de-CH");
    if (document.currency() != null) {
      checkCurrency("currency", document.currency());
    }
  }

  private void checkCurrency(String field, String code) {
    String fault = currencyFault(code);
    check(fault == null, field, fault);
  }

  /** Null if documents can be made in that currency. */
  static String currencyFault(String code) {
    try {
      return Currency.getInstance(code).getDefaultFractionDigits() == 2
          ? null
          : code + " cannot be used: only currencies with two decimals can";
    } catch (IllegalArgumentException e) {
      return "'" + code + "' is no currency of ISO 4217";
    }
  }

  private void checkLines(NewDocument document) {
    List<NewLine> lines = document.lines();
    check(
        !lines.isEmpty() || !WITH_LINES.contains(document.type()),
        "lines",
        "at least one line is needed");
    check(lines.size() <= MAX_LINES, "lines", "at most " + MAX_LINES + " lines are possible");
    for (int i = 0; i < Math.min(lines.size(), MAX_LINES); i++) {
      checkLine("lines[" + i + "].", lines.get(i));
    }
    boolean outside = lines.stream().anyMatch(line -> line.vatCategory() == VatCategory.O);
    check(
        !outside || lines.stream().allMatch(line -> line.vatCategory() == VatCategory.O),
        "lines",
        "lines outside the scope of tax (O) cannot stand beside others (EN 16931 BR-O-11)");
  }

  private void checkLine(String line, NewLine given) {
    required(line + "name", given.name());
    longest(line + "name", given.name(), 200);
    longest(line + "description", given.description(), 1000);
    longest(line + "exemptionReason", given.exemptionReason(), 300);
    check(
        given.unitCode() != null && UNIT_CODE.matcher(given.unitCode()).matches(),
        line + "unitCode",
        "must be a code of UN/ECE Recommendation 20, e.g. C62, MON, KWH");
    required(line + "quantity", given.quantity());
    decimals(line + "quantity", given.quantity(), 6, 12);
    required(line + "unitPrice", given.unitPrice());
    decimals(line + "unitPrice", given.unitPrice(), 6, 12);
    check(
        given.unitPrice() == null || given.unitPrice().signum() >= 0,
        line + "unitPrice",
        "must not be negative (EN 16931 BR-27); give a negative quantity to deduct something");
    decimals(line + "baseQuantity", given.baseQuantity(), 6, 12);
    check(given.baseQuantity().signum() > 0, line + "baseQuantity", "must be above 0");
    decimals(line + "discountPercent", given.discountPercent(), 2, 3);
    check(
        within(given.discountPercent(), HUNDRED),
        line + "discountPercent",
        "must be from 0 to 100");
    decimals(line + "vatRate", given.vatRate(), 2, 3);
    checkVat(line, given);
  }

  private void checkVat(String line, NewLine given) {
    if (given.vatCategory() == null) {
      required(line + "vatCategory", null);
      return;
    }
    String reason = given.exemptionReason();
    if (given.vatCategory() == VatCategory.S) {
      check(
          given.vatRate().signum() > 0 && within(given.vatRate(), HUNDRED),
          line + "vatRate",
          "must be above 0 and at most 100 in category S (EN 16931 BR-S-05)");
    } else {
      check(
          given.vatRate().signum() == 0,
          line + "vatRate",
          "must be 0 in category " + given.vatCategory() + " (EN 16931)");
    }
    if (given.vatCategory() == VatCategory.S || given.vatCategory() == VatCategory.Z) {
      check(
          reason == null,
          line + "exemptionReason",
          "must not be given in category " + given.vatCategory() + " (EN 16931 BR-S-10, BR-Z-10)");
    }
    if (given.vatCategory() == VatCategory.E) {
      check(
          reason != null && !reason.isBlank(),
          line + "exemptionReason",
          "is needed in category E (EN 16931 BR-E-10)");
    }
  }

  private void checkAmounts(NewDocument document) {
    Amounts.Computed computed = Amounts.compute(document.lines());
    for (VatBreakdown vat : computed.vatBreakdown()) {
      check(
          vat.exemptionReason() == null || vat.exemptionReason().length() <= 300,
          "lines",
          "the exemption reasons of category "
              + vat.category()
              + " are longer than 300 characters together");
    }
    BigDecimal payable = computed.totals().payable();
    check(
        payable.signum() >= 0,
        "lines",
        "the document's total is negative (" + payable + "): make a credit note of it");
    check(
        payable.precision() - payable.scale() <= 15
            && computed.lines().stream()
                .allMatch(line -> line.netAmount().precision() - line.netAmount().scale() <= 15),
        "lines",
        "the amounts have more than 15 digits before the point");
  }

  private void required(String field, Object value) {
    check(value != null && !(value instanceof String text && text.isBlank()), field, "is required");
  }

  private void longest(String field, String value, int characters) {
    check(
        value == null || value.length() <= characters,
        field,
        "has more than " + characters + " characters");
  }

  private void decimals(String field, BigDecimal value, int decimals, int integerDigits) {
    if (value != null) {
      check(
          value.stripTrailingZeros().scale() <= decimals,
          field,
          "has more than " + decimals + " decimals");
      check(
          value.precision() - value.scale() <= integerDigits,
          field,
          "has more than " + integerDigits + " digits before the point");
    }
  }

  private static boolean within(BigDecimal value, BigDecimal max) {
    return value.signum() >= 0 && value.compareTo(max) <= 0;
  }

  private void check(boolean holds, String field, String message) {
    if (!holds) {
      errors.add(new FieldError(field, message));
    }
  }
}
