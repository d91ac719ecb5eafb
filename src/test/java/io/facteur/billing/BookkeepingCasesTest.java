package io.facteur.billing;

import static io.facteur.billing.TermsText.day;
import static io.facteur.billing.TermsText.number;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.contract.BillingSchedule;
import io.facteur.contract.BillingSchedule.ReleasePolicy;
import io.facteur.contract.BillingSchedule.Timing;
import io.facteur.contract.DuePeriod;
import io.facteur.contract.PeriodCalendar;
import io.facteur.document.AccountingTax;
import io.facteur.document.Amounts;
import io.facteur.document.Document;
import io.facteur.document.DocumentId;
import io.facteur.document.DocumentType;
import io.facteur.document.Documents;
import io.facteur.document.Drafts;
import io.facteur.document.NewDocument;
import io.facteur.document.NewLine;
import io.facteur.party.Company;
import io.facteur.party.Refusal;
import io.facteur.testing.BillingOffice;
import io.facteur.testing.CaseFile;
import io.facteur.testing.CaseTables.Row;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.quartz.CronExpression;

/** Carries out every row of {@code docs/bookkeeping-cases.md}. */
class BookkeepingCasesTest {

  private static final Pattern SCHEDULE =
      Pattern.compile("name: cron\\s+value: (\\S+)\\s+- name: timeZone\\s+value: (\\S+)");
  private static final CaseFile CASES = new CaseFile("docs/bookkeeping-cases.md");

  static {
    CASES.table(
        "Periods",
        "Start, End, Every, When, Day, Billed through, On, Due",
        "Due",
        BookkeepingCasesTest::periods);
    CASES.table(
        "Which day it is",
        "Instant, Time zone, Fixed day, Day, Contract, Due",
        "Day, Due",
        BookkeepingCasesTest::whichDay);
    CASES.table(
        "When a nightly schedule starts",
        "Cron, Time zone, Day, Starts",
        "Starts",
        BookkeepingCasesTest::starts);
    CASES.table(
        "Lines",
        "Quantity, Price, Per, Discount, Allowances and charges, Discounted, Net",
        "Discounted, Net",
        BookkeepingCasesTest::line);
    CASES.table(
        "Documents",
        "Lines, Allowances and charges, Net amounts, Applied, VAT, Net, Total",
        "Net amounts, Applied, VAT, Net, Total",
        BookkeepingCasesTest::document);
    CASES.table(
        "Amounts due",
        "Lines, Deducted, Rounded to, Total, Rounding, Due",
        "Total, Rounding, Due",
        BookkeepingCasesTest::due);
    CASES.table(
        "Foreign currency",
        "Lines, Rates, On, VAT, VAT in EUR",
        "VAT, VAT in EUR",
        BookkeepingCasesTest::foreign);
    String contracts = "Contract, On, Document, Lines, Net, VAT, Due";
    String billed = "Document, Lines, Net, VAT, Due";
    CASES.table("Parts of periods", contracts, billed, BookkeepingCasesTest::contract);
    CASES.table("Contracts", contracts, billed, BookkeepingCasesTest::contract);
  }

  private static BillingOffice office;

  @AfterAll
  static void closeOffice() {
    if (office != null) {
      office.close();
    }
  }

  @TestFactory
  Stream<DynamicContainer> everyCaseIsBilledAsWorkedOutByHand() {
    return CASES.tests();
  }

  @Test
  void noTableAndNoColumnIsLeftOut() {
    CASES.assertWhole();
    assertThat(CASES.rows("Schedules")).isGreaterThanOrEqualTo(60);
    assertThat(CASES.rows("Amounts")).isGreaterThanOrEqualTo(40);
  }

  @Test
  void schedulesOfTheRoutesStartOnceOnEveryDay() throws IOException {
    Matcher schedule = SCHEDULE.matcher(Files.readString(Path.of("routes/billing.camel.yaml")));
    int schedules = 0;
    while (schedule.find()) {
      schedules++;
      ZoneId zone = ZoneId.of(schedule.group(2));
      for (LocalDate day = LocalDate.of(2026, 1, 1); day.getYear() < 2028; day = day.plusDays(1)) {
        assertThat(starts(schedule.group(1).replace('+', ' '), zone, day))
            .as("%s in %s on %s", schedule.group(1), zone, day)
            .hasSize(1);
      }
    }
    assertThat(schedules).isGreaterThanOrEqualTo(3);
  }

  private static List<String> periods(Row row) {
    BillingSchedule schedule =
        new BillingSchedule(
            Integer.parseInt(row.get("Every").replaceAll(" months?", "")),
            Timing.valueOf(row.get("When").toUpperCase(Locale.ROOT)),
            Integer.parseInt(row.get("Day")),
            day(row.orNull("Billed through")),
            ReleasePolicy.ISSUE);
    PeriodCalendar calendar =
        new PeriodCalendar(day(row.get("Start")), day(row.orNull("End")), schedule);
    return List.of(text(calendar.due(day(row.get("On")))));
  }

  private static String text(List<DuePeriod> due) {
    return due.stream().map(BookkeepingCasesTest::text).collect(joining("\n"));
  }

  private static String text(DuePeriod due) {
    return "%s..%s %d/%d"
        .formatted(due.period().from(), due.period().to(), due.days(), due.daysOfWhole());
  }

  private static List<String> whichDay(Row row) {
    Clock clock = Clock.fixed(Instant.parse(row.get("Instant")), ZoneId.of("UTC"));
    Company company = company(row.get("Time zone"), day(row.orNull("Fixed day")));
    LocalDate today = new BillingDay(null, clock).today(company);
    return List.of(
        today.toString(),
        text(TermsText.read(row.get("Contract")).contract().calendar().due(today)));
  }

  private static Company company(String timeZone, LocalDate fixedDay) {
    return new Company(
        null,
        1,
        "ACME",
        null,
        null,
        null,
        "en",
        ZoneId.of(timeZone),
        null,
        null,
        "AC",
        30,
        List.of(),
        null,
        fixedDay,
        null);
  }

  private static List<String> starts(Row row) {
    return List.of(
        String.join(
            "\n", starts(row.get("Cron"), ZoneId.of(row.get("Time zone")), day(row.get("Day")))));
  }

  private static List<String> starts(String expression, ZoneId zone, LocalDate day) {
    Instant end = day.plusDays(1).atStartOfDay(zone).toInstant();
    CronExpression cron = cron(expression);
    cron.setTimeZone(TimeZone.getTimeZone(zone));
    List<String> starts = new ArrayList<>();
    Date before = Date.from(day.atStartOfDay(zone).toInstant().minusMillis(1));
    Date next = cron.getNextValidTimeAfter(before);
    while (next.toInstant().isBefore(end)) {
      starts.add(next.toInstant().toString());
      next = cron.getNextValidTimeAfter(next);
    }
    return starts;
  }

  private static CronExpression cron(String text) {
    try {
      return new CronExpression(text);
    } catch (ParseException e) {
      throw new AssertionError(text, e);
    }
  }

  private static List<String> line(Row row) {
    List<String> item = List.of(row.get("Price"), row.get("Per"), row.get("Discount"), "S", "20");
    NewLine line =
        TermsText.newLine(
            number(row.get("Quantity")),
            item,
            TermsText.allowances(row.get("Allowances and charges")));
    var computed = Amounts.compute(List.of(line)).lines().get(0);
    return List.of(cents(computed.discountAmount()), cents(computed.netAmount()));
  }

  private static List<String> document(Row row) {
    Amounts.Computed computed =
        Amounts.compute(
            TermsText.lines(row.get("Lines")),
            TermsText.allowances(row.get("Allowances and charges")),
            BigDecimal.ZERO,
            null);
    return List.of(
        computed.lines().stream().map(line -> cents(line.netAmount())).collect(joining("\n")),
        String.join("\n", applied(computed)),
        vat(computed),
        cents(computed.totals().taxExclusive()),
        cents(computed.totals().taxInclusive()));
  }

  private static List<String> applied(Amounts.Computed computed) {
    return computed.allowances().stream()
        .map(
            one ->
                "%s %s %s: %s%s"
                    .formatted(
                        one.charge() ? "charge" : "allowance",
                        one.vatCategory(),
                        plain(one.vatRate()),
                        one.charge() ? "+" : "-",
                        cents(one.amount())))
        .toList();
  }

  private static String vat(Amounts.Computed computed) {
    return computed.vatBreakdown().stream()
        .map(
            vat ->
                "%s %s: %s of %s"
                    .formatted(
                        vat.category(),
                        plain(vat.rate()),
                        cents(vat.taxAmount()),
                        cents(vat.taxableAmount())))
        .collect(joining("\n"));
  }

  private static List<String> due(Row row) {
    BigDecimal deducted =
        row.get("Deducted").isEmpty()
            ? BigDecimal.ZERO
            : Stream.of(row.get("Deducted").split("; "))
                .map(one -> one.split(" × "))
                .map(one -> number(one[0]).multiply(number(one[1])))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    var totals =
        Amounts.compute(
                TermsText.lines(row.get("Lines")),
                List.of(),
                deducted,
                number(row.orNull("Rounded to")))
            .totals();
    return List.of(cents(totals.taxInclusive()), cents(totals.rounding()), cents(totals.payable()));
  }

  private static List<String> contract(Row row) {
    TermsText.Known known = TermsText.read(row.get("Contract"));
    LocalDate on = day(row.get("On"));
    ContractInvoices billed =
        ContractInvoices.of(
            known.contract(),
            new BillingInputs(
                company("UTC", null),
                on,
                known.catchUp(),
                Map.of(TermsText.ID, known.waiting()),
                Map.of(TermsText.ID, known.instalments()),
                contract -> BillingWords.of("en", "GB")));
    List<NewDocument> documents =
        billed.documents().stream().map(ContractInvoices.Prepared::document).toList();
    List<Amounts.Computed> computed =
        documents.stream().map(BookkeepingCasesTest::computed).toList();
    return List.of(
        String.join("\n", outcome(known, on, billed, documents)),
        computed.stream().map(BookkeepingCasesTest::linesOf).collect(joining("\n")),
        computed.stream().map(one -> cents(one.totals().taxExclusive())).collect(joining("\n")),
        computed.stream().map(BookkeepingCasesTest::vat).collect(joining("\n")),
        computed.stream().map(one -> cents(one.totals().payable())).collect(joining("\n")));
  }

  private static Amounts.Computed computed(NewDocument document) {
    BigDecimal deducted =
        document.billing().settles().stream()
            .map(one -> one.amount())
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return Amounts.compute(document.lines(), document.allowances(), deducted, null);
  }

  private static List<String> outcome(
      TermsText.Known known, LocalDate on, ContractInvoices billed, List<NewDocument> documents) {
    List<String> outcome = new ArrayList<>();
    for (NewDocument document : documents) {
      PeriodCalendar calendar =
          document.type() == DocumentType.INSTALMENT
              ? known.contract().instalmentCalendar()
              : known.contract().calendar();
      calendar.due(on).stream()
          .filter(due -> due.period().equals(document.period()))
          .map(due -> document.type().name().toLowerCase(Locale.ROOT) + " " + text(due))
          .forEach(outcome::add);
    }
    if (billed.billedThrough() != null
        && documents.stream()
            .noneMatch(document -> document.period().to().equals(billed.billedThrough()))) {
      outcome.add("nothing to " + billed.billedThrough());
    }
    if (billed.held() != null) {
      outcome.add("held " + billed.held().kind());
    }
    return outcome;
  }

  private static String linesOf(Amounts.Computed computed) {
    Stream<String> lines =
        computed.lines().stream()
            .map(
                line ->
                    "%s%s × %s = %s"
                        .formatted(
                            line.period() == null
                                ? ""
                                : line.period().from() + ".." + line.period().to() + ": ",
                            plain(line.quantity()),
                            plain(line.unitPrice()),
                            cents(line.netAmount())));
    return Stream.concat(lines, applied(computed).stream()).collect(joining("\n"));
  }

  private static List<String> foreign(Row row) {
    if (office == null) {
      office = BillingOffice.open(Clock.systemUTC());
    }
    long company = office.newCompany();
    String contact = "C-" + company;
    office.contact(contact);
    for (String rate : row.get("Rates").split("; ")) {
      String[] from = rate.split(" from ");
      office
          .jdbc()
          .sql(
              "INSERT INTO exchange_rate (company_id, currency, valid_from, rate) VALUES (?, 'CHF', ?, ?)")
          .params(company, day(from[1]), number(from[0]))
          .update();
    }
    NewDocument document =
        new NewDocument(
            DocumentType.INVOICE,
            code(company),
            contact,
            null,
            null,
            null,
            null,
            null,
            "CHF",
            null,
            null,
            null,
            null,
            null,
            null,
            TermsText.lines(row.get("Lines")),
            List.of(),
            null,
            new NewDocument.Billing(day(row.get("On")), List.of(), 0, false));
    try {
      DocumentId draft = office.get(Drafts.class).add(document, "clerk");
      Document made = office.get(Documents.class).load(List.of(draft)).get(0);
      AccountingTax inOwn = made.accountingTax();
      assertThat(inOwn.currency().getCurrencyCode()).isEqualTo("EUR");
      return List.of(cents(made.totals().tax()), cents(inOwn.tax()));
    } catch (Refusal refusal) {
      assertThat(refusal).hasMessageContaining("exchange rate");
      return List.of("refused", "refused");
    }
  }

  private static String code(long company) {
    return office
        .jdbc()
        .sql("SELECT code FROM company WHERE id = ?")
        .param(company)
        .query(String.class)
        .single();
  }

  /** An amount, which has two decimals and not more or less. */
  private static String cents(BigDecimal amount) {
    assertThat(amount.scale()).as("decimals of %s", amount).isEqualTo(2);
    return amount.toPlainString();
  }

  private static String plain(BigDecimal number) {
    assertThat(number.scale()).as("decimals of %s", number).isLessThanOrEqualTo(6);
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
