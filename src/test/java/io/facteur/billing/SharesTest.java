package io.facteur.billing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharesTest {

  @ParameterizedTest
  @CsvSource({
    "1,     17, 31, 0.548387", // 0.54838709...
    "2.5,    1,  3, 0.833333",
    "2,      1,  3, 0.666667", // rounded up
    "1,     31, 31, 1",
    "12.345678, 30, 30, 12.345678",
    "1000, 120, 365, 328.767123"
  })
  void partOfAPeriodHasItsDaysShareOfTheQuantity(
      BigDecimal quantity, int days, int whole, BigDecimal share) {
    assertThat(Shares.of(quantity, days, whole, Shares.QUANTITY_DECIMALS))
        .isEqualByComparingTo(share);
  }

  @Test
  void partsMakeUpTheWholeWhateverRoundingLeaves() {
    assertThat(Shares.split(BigDecimal.ONE, List.of(10, 10, 10), 30, 2))
        .extracting(BigDecimal::toPlainString)
        .containsExactly("0.33", "0.33", "0.34");
    assertThat(Shares.split(BigDecimal.ONE, List.of(10, 10), 30, 2))
        .extracting(BigDecimal::toPlainString)
        .containsExactly("0.33", "0.34"); // two thirds: 0.67
  }
}
