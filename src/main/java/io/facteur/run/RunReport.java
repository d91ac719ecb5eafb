package io.facteur.run;

import io.facteur.billing.ProblemKind;
import io.facteur.contract.Role;
import io.facteur.document.DocumentState;
import io.facteur.document.DocumentType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/**
 * What came of a run (MAIL-5): counts of everything, and the first of what did not go out. The
 * complete list is the CSV file.
 *
 * @param notDeliveredCount all deliveries that did not go out, also those beyond the first
 * @param problemCount all problems that nobody has confirmed, also those beyond the first
 * @param problems the first of those, and after them of those confirmed
 */
public record RunReport(
    Header header,
    List<DocumentCount> documents,
    List<DeliveryCount> deliveries,
    long notDeliveredCount,
    List<NotDelivered> notDelivered,
    long problemCount,
    List<Problem> problems) {

  /**
   * Which run it is.
   *
   * @param company code
   * @param timeZone of the company
   * @param finishedAt null while it goes on
   * @param reportedAt when these numbers were taken
   */
  public record Header(
      long run,
      RunKind kind,
      String company,
      String companyName,
      ZoneId timeZone,
      LocalDate asOf,
      RunState state,
      String startedBy,
      Instant startedAt,
      Instant finishedAt,
      Instant reportedAt) {}

  /** Documents of one kind, with what is to be paid for them all together. */
  public record DocumentCount(
      DocumentType type, DocumentState state, String currency, long count, BigDecimal payable) {}

  /**
   * Deliveries through one channel to one role in one state.
   *
   * @param retrying whether they will be tried again by themselves
   */
  public record DeliveryCount(
      String channel, Role role, String state, boolean retrying, long count) {}

  /**
   * A delivery that did not go out, or of which nobody can tell.
   *
   * @param retryAt null if it will not be tried again by itself
   */
  public record NotDelivered(
      String document, String channel, Role role, String state, Instant retryAt, String reason) {}

  /**
   * What the run could not do.
   *
   * @param contract null if it concerns the run as a whole
   * @param periods missed, which a confirmation bills; null unless that is the kind
   * @param confirmedAt null while nobody has confirmed it
   * @param confirmedBy null while nobody has
   */
  public record Problem(
      String contract,
      ProblemKind kind,
      Integer periods,
      String reason,
      Instant confirmedAt,
      String confirmedBy) {

    boolean isOpen() {
      return confirmedAt == null;
    }
  }

  public RunReport {
    documents = List.copyOf(documents);
    deliveries = List.copyOf(deliveries);
    notDelivered = List.copyOf(notDelivered);
    problems = List.copyOf(problems);
  }

  /** For a terminal: plain text, at most 110 columns wide, without recipients' addresses. */
  public String toText() {
    return new RunReportText(this).toString();
  }
}
