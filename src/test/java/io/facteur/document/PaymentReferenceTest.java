package io.facteur.document;

import static org.assertj.core.api.Assertions.assertThat;

import net.codecrete.qrbill.generator.Payments;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against published examples, and against the checks of another implementation. */
class PaymentReferenceTest {

  @Test
  void theQrReferenceOfTheOfficialExampleHasItsCheckDigit() {
    assertThat(PaymentReference.qr("2100000000031394714300", new DocumentId(901)))
        .isEqualTo(new PaymentReference(PaymentReference.Type.QRR, "210000000003139471430009017"));
  }

  @ParameterizedTest
  @CsvSource({
    "539007547034, 539007547034",
    "LAC-2026-00042, LAC202600042",
    "lac/2026/42, LAC202642",
    "2026-00042-0000000000000000000042, 4711"
  })
  void theCreditorReferenceIsTheNumbersLettersAndDigitsOrTheId(String number, String quoted) {
    PaymentReference made = PaymentReference.creditor(number, new DocumentId(4711));

    assertThat(made.type()).isEqualTo(PaymentReference.Type.SCOR);
    assertThat(made.value()).matches("RF\\d{2}" + quoted);
    assertThat(Payments.isValidISO11649Reference(made.value())).isTrue();
  }

  @Test
  void theCreditorReferenceOfThePublishedExampleHasItsCheckDigits() {
    assertThat(PaymentReference.creditor("539007547034", new DocumentId(1)).value())
        .isEqualTo("RF18539007547034");
  }

  @Property(tries = 200)
  void everyQrReferenceIsValidAndNamesItsBill(
      @ForAll @NumericChars @StringLength(max = 8) String prefix,
      @ForAll @LongRange(min = 1, max = 999_999_999_999L) long id) {
    String reference = PaymentReference.qr(prefix, new DocumentId(id)).value();

    assertThat(reference).hasSize(27).startsWith(prefix).contains(String.valueOf(id));
    assertThat(Payments.isValidQRReference(reference)).isTrue();
  }
}
