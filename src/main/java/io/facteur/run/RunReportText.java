package io.facteur.run;

import io.facteur.contract.Role;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A run's report as text for a terminal. */
final class RunReportText {

  private static final int WIDTH = 110;
  private static final int LONGEST_REASON = 300;
  private static final Pattern ADDRESS = Pattern.compile("[^\\s<>\"'(),;:]+@[^\\s<>\"'(),;:]+");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  /** In the order in which a delivery goes through them. */
  private static final List<String> STATES =
      List.of(
          "planned",
          "queued",
          "sending",
          "sent",
          "accepted",
          "spooled",
          "claimed",
          "printed",
          "handed over",
          "retrying",
          "failed",
          "rejected",
          "bounced",
          "uncertain",
          "skipped",
          "cancelled");

  private final RunReport report;
  private final StringBuilder text = new StringBuilder();

  RunReportText(RunReport report) {
    this.report = report;
    printHeader();
    printDocuments();
    printDeliveries();
    printNotDelivered();
    printProblems();
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private void printHeader() {
    RunReport.Header header = report.header();
    String title =
        "%s run %d: %s"
            .formatted(sentence(header.kind().name()), header.run(), words(header.state().name()));
    text.append(title).append('\n').append("=".repeat(title.length())).append('\n');
    fact("Company", header.company() + ", " + header.companyName());
    fact("As of", header.asOf().toString());
    fact("Started", "%s by %s".formatted(time(header.startedAt()), header.startedBy()));
    if (header.finishedAt() == null) {
      fact("So far", duration(header.startedAt(), header.reportedAt()));
    } else {
      fact(
          "Finished",
          "%s, after %s"
              .formatted(
                  time(header.finishedAt()), duration(header.startedAt(), header.finishedAt())));
    }
    fact("Time zone", header.timeZone().getId());
  }

  private void fact(String name, String value) {
    text.append(String.format(Locale.ROOT, "%-10s %s%n", name, value));
  }

  private void printDocuments() {
    heading(
        "Documents", report.documents().stream().mapToLong(RunReport.DocumentCount::count).sum());
    if (report.documents().isEmpty()) {
      return;
    }
    TextTable table =
        new TextTable(WIDTH, List.of("type", "state", ">number", "currency", ">payable"));
    for (RunReport.DocumentCount count : report.documents()) {
      table.row(
          List.of(
              words(count.type().name()),
              words(count.state().name()),
              number(count.count()),
              count.currency(),
              amount(count.payable())));
    }
    table.printTo(text);
  }

  private void printDeliveries() {
    heading(
        "Deliveries", report.deliveries().stream().mapToLong(RunReport.DeliveryCount::count).sum());
    if (report.deliveries().isEmpty()) {
      return;
    }
    Map<List<String>, Map<String, Long>> rows = new LinkedHashMap<>();
    Map<Integer, String> states = new TreeMap<>();
    for (RunReport.DeliveryCount count : report.deliveries()) {
      String state = state(count.state(), count.retrying());
      states.put(STATES.indexOf(state), state);
      rows.computeIfAbsent(List.of(count.channel(), role(count.role())), key -> new TreeMap<>())
          .merge(state, count.count(), Long::sum);
    }
    List<String> columns = new ArrayList<>(List.of("channel", "role"));
    states.values().forEach(state -> columns.add(">" + state));
    columns.add(">all");
    TextTable table = new TextTable(WIDTH, columns);
    rows.forEach(
        (row, counts) -> {
          List<String> cells = new ArrayList<>(row);
          for (String state : states.values()) {
            cells.add(counts.containsKey(state) ? number(counts.get(state)) : "-");
          }
          cells.add(number(counts.values().stream().mapToLong(Long::longValue).sum()));
          table.row(cells);
        });
    table.printTo(text);
  }

  private void printNotDelivered() {
    heading("Not delivered", report.notDeliveredCount());
    if (report.notDelivered().isEmpty()) {
      return;
    }
    TextTable table =
        new TextTable(WIDTH, List.of("document", "channel", "role", "state", "reason"));
    for (RunReport.NotDelivered delivery : report.notDelivered()) {
      String again =
          delivery.retryAt() == null ? "" : " (again at " + time(delivery.retryAt()) + ")";
      table.row(
          List.of(
              delivery.document(),
              delivery.channel(),
              role(delivery.role()),
              state(delivery.state(), delivery.retryAt() != null),
              reason(delivery.reason()) + again));
    }
    table.printTo(text);
    more(report.notDeliveredCount() - report.notDelivered().size());
  }

  private void printProblems() {
    heading("Problems", report.problemCount());
    List<RunReport.Problem> open =
        report.problems().stream().filter(RunReport.Problem::isOpen).toList();
    if (open.isEmpty()) {
      return;
    }
    TextTable table = new TextTable(WIDTH, List.of("contract", "kind", "held because"));
    for (RunReport.Problem problem : open) {
      table.row(
          List.of(
              problem.contract() == null ? "-" : problem.contract(),
              words(problem.kind().name()),
              reason(problem.reason())));
    }
    table.printTo(text);
    more(report.problemCount() - open.size());
  }

  private void heading(String title, long count) {
    text.append('\n').append(title).append(": ").append(number(count)).append('\n');
  }

  private void more(long count) {
    if (count > 0) {
      text.append("  and ").append(number(count)).append(" more: see the CSV report\n");
    }
  }

  /** What a mail server answers may name the recipient: personal data stays out of terminals. */
  private static String reason(String reason) {
    String line =
        ADDRESS
            .matcher(reason == null ? "" : reason.replaceAll("\\s+", " "))
            .replaceAll("[address]");
    return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON - 1) + "…";
  }

  private static String state(String state, boolean retrying) {
    return retrying ? "retrying" : words(state);
  }

  private static String role(Role role) {
    return words(role.name());
  }

  private static String words(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String sentence(String constant) {
    return constant.charAt(0) + words(constant.substring(1));
  }

  private String time(Instant instant) {
    return TIME.withZone(report.header().timeZone()).format(instant);
  }

  private static String duration(Instant from, Instant to) {
    Duration duration = Duration.between(from, to);
    if (duration.isNegative() || duration.toSeconds() < 60) {
      return Math.max(0, duration.toSeconds()) + " s";
    }
    return duration.toHours() == 0
        ? "%d min %d s".formatted(duration.toMinutes(), duration.toSecondsPart())
        : "%d h %d min".formatted(duration.toHours(), duration.toMinutesPart());
  }

  private static String number(long number) {
    return new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(number);
  }

  private static String amount(BigDecimal amount) {
    return new DecimalFormat("#,##0.00", DecimalFormatSymbols.getInstance(Locale.ROOT))
        .format(amount);
  }
}
