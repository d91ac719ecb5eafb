package io.facteur.contract;

import java.time.LocalDate;

/**
 * When a contract is billed (BILL-1).
 *
 * @param intervalMonths 1 monthly, 3 quarterly, 12 yearly
 * @param anchorDay day of the month on which periods begin; 31 means the last day
 * @param billedThrough last day that is billed, here or elsewhere (BILL-2); null if none is
 */
public record BillingSchedule(
    int intervalMonths,
    Timing timing,
    int anchorDay,
    LocalDate billedThrough,
    ReleasePolicy releasePolicy) {

  /** When a period falls due. */
  public enum Timing {
    /** On its first day. */
    ADVANCE,
    /** On the day after its last. */
    ARREARS;

    /** The day on which a period falls due. */
    public LocalDate dueDay(BillingPeriod period) {
      return this == ADVANCE ? period.from() : period.to().plusDays(1);
    }
  }

  /** What becomes of a draft that a run has made (BILL-6). */
  public enum ReleasePolicy {
    ISSUE,
    DRAFT
  }
}
