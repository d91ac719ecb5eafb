package io.facteur.billing;

import io.facteur.contract.AllowanceCharge;
import io.facteur.contract.BillingPeriod;
import io.facteur.contract.BillingSchedule;
import io.facteur.contract.BillingSchedule.ReleasePolicy;
import io.facteur.contract.BillingSchedule.Timing;
import io.facteur.contract.BillingTerms;
import io.facteur.contract.Contract;
import io.facteur.contract.ContractAllowance;
import io.facteur.contract.ContractId;
import io.facteur.contract.ContractLine;
import io.facteur.contract.InstalmentPlan;
import io.facteur.contract.LineKind;
import io.facteur.contract.LinePrice;
import io.facteur.contract.LineTerms;
import io.facteur.contract.MinimumAmount;
import io.facteur.contract.Pause;
import io.facteur.contract.VatCategory;
import io.facteur.document.DocumentId;
import io.facteur.document.NewLine;
import io.facteur.document.OpenInstalment;
import io.facteur.metering.WaitingQuantity;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads a contract, and what is known when it is billed, as the bookkeeping cases write them. What
 * stands on documents is written alike in other files of cases.
 */
public final class TermsText {

  static final ContractId ID = new ContractId(1);

  private static final String DAY = "(\\d{4}-\\d\\d-\\d\\d)";
  private static final String NUMBER = "(-?\\d+(?:\\.\\d+)?)";
  private static final String VAT = "(S|Z|E|AE|K|G|O) " + NUMBER;
  private static final String ITEM =
      NUMBER + "(?: per " + NUMBER + ")?(?: less " + NUMBER + " %)? " + VAT;
  private static final String OF_LINE =
      "(?: valid " + DAY + "\\.\\." + DAY + ")?(?: minimum " + NUMBER + ")?";
  private static final String EVERY = "(monthly|quarterly|yearly|every (\\d+) months)";

  private final Map<Pattern, Consumer<Matcher>> statements = new LinkedHashMap<>();

  private LocalDate start;
  private LocalDate end;
  private int months;
  private Timing timing;
  private int anchorDay;
  private LocalDate billedThrough;
  private final List<ContractLine> lines = new ArrayList<>();
  private final List<ContractAllowance> allowances = new ArrayList<>();
  private MinimumAmount minimum;
  private final List<Pause> pauses = new ArrayList<>();
  private InstalmentPlan plan;
  private final List<WaitingQuantity> waiting = new ArrayList<>();
  private final List<OpenInstalment> instalments = new ArrayList<>();
  private CatchUp catchUp = CatchUp.none();

  private TermsText() {
    on(
        "from " + DAY + "(?: to " + DAY + ")?",
        of -> {
          start = day(of.group(1));
          end = day(of.group(2));
        });
    on(
        EVERY + " in (advance|arrears) on day (\\d+)",
        of -> {
          months = months(of.group(1), of.group(2));
          timing = of.group(3).equals("advance") ? Timing.ADVANCE : Timing.ARREARS;
          anchorDay = Integer.parseInt(of.group(4));
        });
    on("billed through " + DAY, of -> billedThrough = day(of.group(1)));
    on(
        "(instalment )?line " + NUMBER + " × " + ITEM + OF_LINE,
        of ->
            line(
                of.group(1) == null ? LineKind.FIXED : LineKind.INSTALMENT,
                null,
                number(of.group(2)),
                groups(of, 3)));
    on(
        "metered line (\\w+) × " + ITEM + OF_LINE,
        of -> line(LineKind.METERED, of.group(1), null, groups(of, 2)));
    on(
        "price " + NUMBER + "(?: VAT " + NUMBER + ")? from " + DAY + "(?: to " + DAY + ")?",
        this::price);
    on("line (allowance|charge) " + NUMBER + "( %)?", this::allowanceOfLine);
    on(
        "(allowance|charge) " + NUMBER + "(?: %| " + VAT + ")(?: from " + DAY + ")?",
        of ->
            allowances.add(
                new ContractAllowance(
                    allowance(of.group(1), of.group(2), of.group(3), of.group(4)),
                    day(of.group(5)),
                    null)));
    on(
        "minimum " + NUMBER + " " + VAT,
        of ->
            minimum =
                new MinimumAmount(
                    number(of.group(1)),
                    VatCategory.valueOf(of.group(2)),
                    number(of.group(3)),
                    reason(of.group(2))));
    on(
        "pause " + DAY + "\\.\\." + DAY + "?",
        of -> pauses.add(new Pause(day(of.group(1)), day(of.group(2)))));
    on(
        "instalments " + EVERY + "(?: billed through " + DAY + ")?",
        of -> plan = new InstalmentPlan(months(of.group(1), of.group(2)), day(of.group(3))));
    on(
        "read (\\w+) " + DAY + "\\.\\." + DAY + " " + NUMBER + "(?: instead of " + NUMBER + ")?",
        of ->
            waiting.add(
                new WaitingQuantity(
                    waiting.size() + 1L,
                    of.group(1),
                    new BillingPeriod(day(of.group(2)), day(of.group(3))),
                    number(of.group(4)),
                    number(of.group(5)))));
    on("instalment " + DAY + "\\.\\." + DAY + " of " + NUMBER + "( as a draft)?", this::instalment);
    on(
        "confirmed (\\d+) periods",
        of -> catchUp = new CatchUp(Map.of(ID, Integer.valueOf(of.group(1)))));
  }

  /** A contract, and what is waiting when it is billed. */
  record Known(
      Contract contract,
      List<WaitingQuantity> waiting,
      List<OpenInstalment> instalments,
      CatchUp catchUp) {}

  static Known read(String text) {
    TermsText terms = new TermsText();
    Stream.of(text.split(";")).map(String::strip).forEach(terms::statement);
    return terms.known();
  }

  /** Lines of a document. */
  static List<NewLine> lines(String text) {
    Pattern pattern = Pattern.compile(NUMBER + " × " + ITEM);
    return Stream.of(text.split(";"))
        .map(String::strip)
        .map(pattern::matcher)
        .peek(line -> require(line.matches(), text))
        .map(line -> newLine(number(line.group(1)), groups(line, 2), List.of()))
        .toList();
  }

  static NewLine newLine(BigDecimal quantity, List<String> item, List<AllowanceCharge> allowances) {
    return new NewLine(
        "x",
        null,
        quantity,
        "C62",
        number(item.get(0)),
        number(item.get(1)),
        number(item.get(2)),
        VatCategory.valueOf(item.get(3)),
        number(item.get(4)),
        reason(item.get(3)),
        null,
        allowances);
  }

  /** Allowances and charges, of a line without VAT or of a document. */
  public static List<AllowanceCharge> allowances(String text) {
    Pattern pattern = Pattern.compile("(allowance|charge) " + NUMBER + "( %)?(?: " + VAT + ")?");
    return Stream.of(text.split(";"))
        .map(String::strip)
        .filter(one -> !one.isEmpty())
        .map(pattern::matcher)
        .peek(one -> require(one.matches(), text))
        .map(
            one ->
                one.group(3) == null && one.group(4) == null
                    ? AllowanceCharge.onLine(
                        one.group(1).equals("charge"), number(one.group(2)), "x")
                    : allowance(one.group(1), one.group(2), one.group(4), one.group(5)))
        .toList();
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

  private void line(LineKind kind, String meter, BigDecimal quantity, List<String> item) {
    lines.add(
        new ContractLine(
            lines.size() + 1,
            "x",
            null,
            quantity,
            "C62",
            number(item.get(0)),
            item.get(1) == null ? BigDecimal.ONE : number(item.get(1)),
            item.get(2) == null ? BigDecimal.ZERO : number(item.get(2)),
            VatCategory.valueOf(item.get(3)),
            number(item.get(4)),
            reason(item.get(3)),
            new LineTerms(
                kind,
                meter,
                List.of(),
                List.of(),
                number(item.get(7)),
                day(item.get(5)),
                day(item.get(6)))));
  }

  private void price(Matcher of) {
    LineTerms terms = last().terms();
    List<LinePrice> prices = new ArrayList<>(terms.prices());
    prices.add(
        new LinePrice(
            day(of.group(3)), day(of.group(4)), number(of.group(1)), number(of.group(2))));
    changeLast(prices, terms.allowances());
  }

  private void allowanceOfLine(Matcher of) {
    LineTerms terms = last().terms();
    List<AllowanceCharge> further = new ArrayList<>(terms.allowances());
    further.add(
        of.group(3) == null
            ? AllowanceCharge.onLine(of.group(1).equals("charge"), number(of.group(2)), "x")
            : allowance(of.group(1), of.group(2), null, null));
    changeLast(terms.prices(), further);
  }

  private ContractLine last() {
    return lines.get(lines.size() - 1);
  }

  private void changeLast(List<LinePrice> prices, List<AllowanceCharge> ofLine) {
    ContractLine line = last();
    LineTerms terms = line.terms();
    lines.set(
        lines.size() - 1,
        new ContractLine(
            line.position(),
            line.name(),
            line.description(),
            line.quantity(),
            line.unitCode(),
            line.unitPrice(),
            line.baseQuantity(),
            line.discountPercent(),
            line.vatCategory(),
            line.vatRate(),
            line.exemptionReason(),
            new LineTerms(
                terms.kind(),
                terms.meter(),
                prices,
                ofLine,
                terms.minimumAmount(),
                terms.validFrom(),
                terms.validTo())));
  }

  private void instalment(Matcher of) {
    long id = 100L + instalments.size();
    boolean issued = of.group(4) == null;
    BillingPeriod period = new BillingPeriod(day(of.group(1)), day(of.group(2)));
    instalments.add(
        new OpenInstalment(
            new DocumentId(id),
            issued ? "AC-2026-000" + id : null,
            issued ? period.from() : null,
            period,
            number(of.group(3)),
            null));
  }

  private Known known() {
    BillingSchedule schedule =
        new BillingSchedule(months, timing, anchorDay, billedThrough, ReleasePolicy.ISSUE);
    BillingTerms terms = new BillingTerms(null, allowances, minimum, pauses, plan);
    Contract contract =
        new Contract(
            ID, 1, null, "K-1", null, null, start, end, "en", null, null, null, null, schedule,
            lines, terms);
    return new Known(contract, waiting, instalments, catchUp);
  }

  private static AllowanceCharge allowance(
      String kind, String value, String category, String rate) {
    return new AllowanceCharge(
        kind.equals("charge"),
        category == null ? number(value) : null,
        category == null ? null : number(value),
        "x",
        null,
        category == null ? null : VatCategory.valueOf(category),
        number(rate),
        category == null ? null : reason(category));
  }

  private static List<String> groups(Matcher of, int first) {
    List<String> groups = new ArrayList<>();
    for (int i = first; i <= of.groupCount(); i++) {
      groups.add(of.group(i));
    }
    return groups;
  }

  private static String reason(String category) {
    return category.equals("S") || category.equals("Z") ? null : "because";
  }

  private static int months(String every, String number) {
    return switch (every) {
      case "monthly" -> 1;
      case "quarterly" -> 3;
      case "yearly" -> 12;
      default -> Integer.parseInt(number);
    };
  }

  private static void require(boolean readable, String text) {
    if (!readable) {
      throw new AssertionError("cannot be read: " + text);
    }
  }

  public static BigDecimal number(String text) {
    return text == null ? null : new BigDecimal(text);
  }

  public static LocalDate day(String text) {
    return text == null ? null : LocalDate.parse(text);
  }
}
