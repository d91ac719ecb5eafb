package io.facteur.contract;

import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.MONTHS;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/**
 * The billing periods of one contract (BILL-1).
 *
 * <p>Periods begin on the anchor day of every n-th month, counted from the first anchor day on or
 * after the contract's start; in a shorter month the anchor is that month's last day. A contract
 * that starts or ends inside a period, or was billed elsewhere up to a day inside one, is billed
 * for the days of it that are left.
 *
 * @param end last day of the contract, included; null if open
 */
public record PeriodCalendar(LocalDate start, LocalDate end, BillingSchedule schedule) {

  /**
   * What of the calendar is due on {@code asOf} and not billed yet, the oldest first: in advance a
   * period is due on its first day, in arrears on the day after its last.
   */
  public List<DuePeriod> due(LocalDate asOf) {
    List<DuePeriod> due = new ArrayList<>();
    LocalDate from = firstUnbilled();
    while (end == null || !from.isAfter(end)) {
      DuePeriod period = periodFrom(from);
      if (schedule.timing().dueDay(period.period()).isAfter(asOf)) {
        break;
      }
      due.add(period);
      from = period.period().to().plusDays(1);
    }
    return due;
  }

  /** When the next period that is not billed falls due; null if none is left. */
  public LocalDate nextDue() {
    LocalDate from = firstUnbilled();
    return end != null && from.isAfter(end)
        ? null
        : schedule.timing().dueDay(periodFrom(from).period());
  }

  /** The whole period that holds that day, even where the contract begins or ends inside it. */
  public BillingPeriod wholePeriodAt(LocalDate day) {
    long index = indexOf(day);
    return new BillingPeriod(anchor(index), anchor(index + 1).minusDays(1));
  }

  private LocalDate firstUnbilled() {
    LocalDate billedThrough = schedule.billedThrough();
    return billedThrough == null || billedThrough.isBefore(start)
        ? start
        : billedThrough.plusDays(1);
  }

  private DuePeriod periodFrom(LocalDate from) {
    long index = indexOf(from);
    LocalDate begins = anchor(index);
    LocalDate nextBegins = anchor(index + 1);
    LocalDate last = nextBegins.minusDays(1);
    LocalDate to = end != null && end.isBefore(last) ? end : last;
    return new DuePeriod(
        new BillingPeriod(from, to), Math.toIntExact(DAYS.between(begins, nextBegins)));
  }

  private long indexOf(LocalDate day) {
    long months = MONTHS.between(firstAnchorMonth(), YearMonth.from(day));
    long index = Math.floorDiv(months, (long) schedule.intervalMonths());
    return anchor(index).isAfter(day) ? index - 1 : index;
  }

  private LocalDate anchor(long index) {
    return anchorIn(firstAnchorMonth().plusMonths(index * schedule.intervalMonths()));
  }

  private YearMonth firstAnchorMonth() {
    YearMonth month = YearMonth.from(start);
    return anchorIn(month).isBefore(start) ? month.plusMonths(1) : month;
  }

  private LocalDate anchorIn(YearMonth month) {
    return month.atDay(Math.min(schedule.anchorDay(), month.lengthOfMonth()));
  }
}
