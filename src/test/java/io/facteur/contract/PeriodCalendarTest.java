package io.facteur.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.contract.BillingSchedule.ReleasePolicy;
import io.facteur.contract.BillingSchedule.Timing;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeriodCalendarTest {

  @ParameterizedTest(name = "{0}..{1} every {2} on day {3} {4}, billed to {5}, as of {6}: {7}")
  @CsvSource({
    // start, end, months, anchor, timing, billed through, as of, due periods (days/whole if
    // partial)
    // in advance: due on the first day
    "2026-01-01, , 1, 1, ADVANCE, , 2025-12-31, ",
    "2026-01-01, , 1, 1, ADVANCE, , 2026-01-01, 2026-01-01..2026-01-31",
    "2026-01-01, , 1, 1, ADVANCE, 2026-01-31, 2026-01-31, ",
    "2026-01-01, , 1, 1, ADVANCE, 2026-01-31, 2026-02-01, 2026-02-01..2026-02-28",
    "2026-01-01, , 1, 1, ADVANCE, 2026-01-31, 2026-03-15, 2026-02-01..2026-02-28 2026-03-01..2026-03-31",
    // in arrears: due on the day after the last
    "2026-01-01, , 1, 1, ARREARS, , 2026-01-31, ",
    "2026-01-01, , 1, 1, ARREARS, , 2026-02-01, 2026-01-01..2026-01-31",
    "2026-01-01, 2026-01-20, 1, 1, ARREARS, , 2026-01-20, ",
    "2026-01-01, 2026-01-20, 1, 1, ARREARS, , 2026-01-21, 2026-01-01..2026-01-20(20/31)",
    // day 31 is the last day, and stays it after February
    "2025-12-31, , 1, 31, ADVANCE, 2026-01-30, 2026-01-31, 2026-01-31..2026-02-27",
    "2025-12-31, , 1, 31, ADVANCE, 2026-02-27, 2026-02-28, 2026-02-28..2026-03-30",
    "2025-12-31, , 1, 31, ADVANCE, 2026-03-30, 2026-03-31, 2026-03-31..2026-04-29",
    "2027-12-31, , 1, 31, ADVANCE, 2028-01-30, 2028-02-01, 2028-01-31..2028-02-28", // leap year
    "2028-01-30, , 1, 30, ADVANCE, 2028-02-28, 2028-02-29, 2028-02-29..2028-03-29",
    "2026-02-28, , 1, 31, ADVANCE, , 2026-02-28, 2026-02-28..2026-03-30",
    // longer intervals count from the first anchor
    "2026-02-01, , 3, 1, ADVANCE, , 2026-02-01, 2026-02-01..2026-04-30",
    "2026-02-01, , 3, 1, ADVANCE, 2026-04-30, 2026-05-01, 2026-05-01..2026-07-31",
    "2024-02-29, , 12, 29, ADVANCE, 2025-02-27, 2025-02-28, 2025-02-28..2026-02-27",
    "2024-02-29, , 12, 29, ADVANCE, 2027-02-27, 2028-02-28, 2027-02-28..2028-02-28",
    "2026-01-15, , 24, 15, ARREARS, , 2028-01-15, 2026-01-15..2028-01-14",
    // start inside a period
    "2026-01-15, , 1, 1, ADVANCE, , 2026-01-20, 2026-01-15..2026-01-31(17/31)",
    "2026-02-10, , 3, 1, ADVANCE, , 2026-02-10, 2026-02-10..2026-02-28(19/90)", // of 1 Dec to 28
    // Feb
    "2026-02-10, , 3, 1, ADVANCE, 2026-02-28, 2026-03-01, 2026-03-01..2026-05-31",
    "2026-03-31, , 1, 30, ADVANCE, , 2026-04-01, 2026-03-31..2026-04-29(30/31)",
    // end inside a period, and nothing after it
    "2026-01-01, 2026-03-10, 1, 1, ADVANCE, 2026-02-28, 2026-12-31, 2026-03-01..2026-03-10(10/31)",
    "2026-01-01, 2026-03-10, 1, 1, ADVANCE, 2026-03-10, 2026-12-31, ",
    "2026-01-10, 2026-01-12, 1, 1, ADVANCE, , 2026-12-31, 2026-01-10..2026-01-12(3/31)",
    "2026-01-01, 2026-01-31, 1, 1, ADVANCE, , 2026-12-31, 2026-01-01..2026-01-31",
    // taken over from elsewhere, billed to a day inside a period
    "2020-05-01, , 12, 1, ADVANCE, 2025-12-31, 2026-01-01, 2026-01-01..2026-04-30(120/365)",
    "2020-05-01, , 12, 1, ADVANCE, 2019-12-31, 2020-05-01, 2020-05-01..2021-04-30"
  })
  void duePeriods(
      LocalDate start,
      LocalDate end,
      int months,
      int anchor,
      Timing timing,
      LocalDate billedThrough,
      LocalDate asOf,
      String expected) {
    List<DuePeriod> due = calendar(start, end, months, timing, anchor, billedThrough).due(asOf);

    assertThat(due.stream().map(PeriodCalendarTest::text).collect(Collectors.joining(" ")))
        .isEqualTo(expected == null ? "" : expected);
  }

  @Test
  void periodsCoverEveryDayOfAContractOnceWhateverItsSchedule() {
    Random random = new Random(31);
    for (int round = 0; round < 3_000; round++) {
      LocalDate start = LocalDate.of(2023, 1, 1).plusDays(random.nextInt(1_200));
      LocalDate end = random.nextBoolean() ? null : start.plusDays(random.nextInt(1_500));
      int months = 1 + random.nextInt(15);
      int anchor = 1 + random.nextInt(31);
      LocalDate asOf = LocalDate.of(2032, 1, 1);

      List<DuePeriod> due = calendar(start, end, months, Timing.ADVANCE, anchor, null).due(asOf);

      LocalDate expected = start;
      for (int i = 0; i < due.size(); i++) {
        BillingPeriod period = due.get(i).period();
        assertThat(period.from()).isEqualTo(expected);
        assertThat(due.get(i).days()).isLessThanOrEqualTo(due.get(i).daysOfWhole());
        if (i > 0) {
          assertThat(period.from().getDayOfMonth())
              .isEqualTo(Math.min(anchor, period.from().lengthOfMonth()));
        }
        if (i > 0 && i < due.size() - 1) {
          assertThat(due.get(i).isWhole()).isTrue();
        }
        expected = period.to().plusDays(1);
      }
      if (end != null) {
        assertThat(expected).isEqualTo(end.plusDays(1));
      }
    }
  }

  private static PeriodCalendar calendar(
      LocalDate start,
      LocalDate end,
      int months,
      Timing timing,
      int anchor,
      LocalDate billedThrough) {
    return new PeriodCalendar(
        start,
        end,
        new BillingSchedule(months, timing, anchor, billedThrough, ReleasePolicy.ISSUE));
  }

  private static String text(DuePeriod due) {
    String days = due.isWhole() ? "" : "(%d/%d)".formatted(due.days(), due.daysOfWhole());
    return due.period().from() + ".." + due.period().to() + days;
  }
}
