package io.facteur.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.contract.VatCategory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {

  @ParameterizedTest(name = "{0} x {1} per {2} less {3} % is {5} after a discount of {4}")
  @CsvSource({
    // quantity, price, base quantity, discount %, discount, net
    "1,          100,       1,    0,     0.00,  100.00",
    "3,          0.335,     1,    0,     0.00,    1.01", // 1.005: half a cent goes up
    "1,          1.005,     1,    0,     0.00,    1.01", // 1.00 if it went through a double
    "1,          2.675,     1,    0,     0.00,    2.68", // 2.67 as a double
    "1,          0.004999,  1,    0,     0.00,    0.00",
    "-1,         1.005,     1,    0,     0.00,   -1.01", // away from zero on both sides
    "1234.567,   0.2145,    1,    0,     0.00,  264.81", // 264.8146215
    "1234.567,   21.45,     100,  0,     0.00,  264.81",
    "1,          10,        3,    0,     0.00,    3.33",
    "2,          10,        3,    0,     0.00,    6.67", // 6.666...: rounded once, not 2 x 3.33
    "0.548387,   31,        1,    0,     0.00,   17.00", // 17 days of 31
    "1,          99.99,     1,    10,   10.00,   89.99", // discount 9.999
    "1,          0.05,      1,    10,    0.01,    0.04", // discount 0.005 goes up
    "1,          33.33,     1,    33.33, 11.11,  22.22", // 11.108889
    "3,          0.335,     1,    50,    0.51,    0.50", // of the rounded 1.01, so 0.505 goes up
    "5,          19.90,     1,    100,  99.50,    0.00",
    "0,          19.90,     1,    0,     0.00,    0.00",
    "999999999,  999999.99, 1,    0,     0.00,  999999989000000.01"
  })
  void lineIsRoundedToTheCentBeforeAndAfterItsDiscount(
      String quantity, String price, String base, String percent, String discount, String net) {
    NewLine line = line(quantity, price, base, percent, VatCategory.S, "20");

    DocumentLine computed = Amounts.compute(List.of(line)).lines().get(0);

    assertThat(computed.discountAmount()).isEqualTo(new BigDecimal(discount));
    assertThat(computed.netAmount()).isEqualTo(new BigDecimal(net));
  }

  @Test
  void vatIsRoundedOnTheSumOfACategoryAndNotLineByLine() {
    // Line by line 3 x round(0.10 x 8.1 %) = 3 x 0.01 = 0.03; on the sum 0.0243 = 0.02.
    List<NewLine> lines =
        List.of(
            line("1", "0.10", "1", "0", VatCategory.S, "8.1"),
            line("1", "0.10", "1", "0", VatCategory.S, "8.1"),
            line("1", "0.10", "1", "0", VatCategory.S, "8.10"));

    Amounts.Computed computed = Amounts.compute(lines);

    assertThat(computed.vatBreakdown())
        .containsExactly(
            new VatBreakdown(
                VatCategory.S,
                new BigDecimal("8.10"),
                new BigDecimal("0.30"),
                new BigDecimal("0.02"),
                null));
    assertThat(computed.totals().taxInclusive()).isEqualTo(new BigDecimal("0.32"));
  }

  @Test
  void eachCategoryAndRateHasItsOwnVat() {
    List<NewLine> lines =
        List.of(
            line("10", "49.90", "1", "0", VatCategory.S, "20"), // 499.00
            line("2", "12.345", "1", "0", VatCategory.S, "5.5"), // 24.69
            line("1", "80", "1", "25", VatCategory.S, "20"), // 60.00
            new NewLine(
                "Training",
                null,
                new BigDecimal(1),
                "C62",
                new BigDecimal("300"),
                null,
                null,
                VatCategory.E,
                null,
                "Article 261-4 du CGI"));

    Amounts.Computed computed = Amounts.compute(lines);

    assertThat(computed.vatBreakdown())
        .extracting(
            part ->
                "%s %s: %s of %s, %s"
                    .formatted(
                        part.category(),
                        part.rate(),
                        part.taxAmount(),
                        part.taxableAmount(),
                        part.exemptionReason()))
        .containsExactly(
            "S 20.00: 111.80 of 559.00, null",
            "S 5.50: 1.36 of 24.69, null", // 1.35795
            "E 0.00: 0.00 of 300.00, Article 261-4 du CGI");
    assertThat(computed.totals())
        .isEqualTo(
            new Totals(
                new BigDecimal("883.69"),
                new BigDecimal("0.00"),
                new BigDecimal("0.00"),
                new BigDecimal("883.69"),
                new BigDecimal("113.16"),
                new BigDecimal("996.85"),
                new BigDecimal("0.00"),
                new BigDecimal("0.00"),
                new BigDecimal("996.85")));
  }

  @Test
  void amountsAgreeWithEachOtherWhateverTheLines() {
    Random random = new Random(16931);
    for (int round = 0; round < 2_000; round++) {
      List<NewLine> lines = new ArrayList<>();
      for (int i = 0; i <= random.nextInt(12); i++) {
        lines.add(
            new NewLine(
                "x",
                null,
                BigDecimal.valueOf(random.nextInt(2_000_000) - 200_000, random.nextInt(7)),
                "C62",
                BigDecimal.valueOf(random.nextInt(10_000_000), random.nextInt(7)),
                BigDecimal.valueOf(1 + random.nextInt(1000), random.nextInt(3)),
                BigDecimal.valueOf(random.nextInt(10_001), 2),
                VatCategory.S,
                BigDecimal.valueOf(1 + random.nextInt(3), 1),
                null));
      }

      Amounts.Computed computed = Amounts.compute(lines);

      BigDecimal net = sum(computed.lines().stream().map(DocumentLine::netAmount).toList());
      Totals totals = computed.totals();
      assertThat(totals.lineNet()).as("BR-CO-10").isEqualTo(net);
      assertThat(sum(computed.vatBreakdown().stream().map(VatBreakdown::taxableAmount).toList()))
          .isEqualTo(totals.taxExclusive());
      assertThat(sum(computed.vatBreakdown().stream().map(VatBreakdown::taxAmount).toList()))
          .as("BR-CO-14")
          .isEqualTo(totals.tax());
      assertThat(totals.taxInclusive())
          .as("BR-CO-15")
          .isEqualTo(totals.taxExclusive().add(totals.tax()));
      for (VatBreakdown part : computed.vatBreakdown()) {
        BigDecimal exact = part.taxableAmount().multiply(part.rate()).movePointLeft(2);
        assertThat(part.taxAmount().subtract(exact).abs())
            .as("BR-CO-17")
            .isLessThanOrEqualTo(new BigDecimal("0.005"));
      }
    }
  }

  private static BigDecimal sum(List<BigDecimal> amounts) {
    return amounts.stream().reduce(new BigDecimal("0.00"), BigDecimal::add);
  }

  private static NewLine line(
      String quantity,
      String price,
      String base,
      String percent,
      VatCategory category,
      String rate) {
    return new NewLine(
        "x",
        null,
        new BigDecimal(quantity),
        "C62",
        new BigDecimal(price),
        new BigDecimal(base),
        new BigDecimal(percent),
        category,
        new BigDecimal(rate),
        null);
  }
}
