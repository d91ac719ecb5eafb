package io.facteur.party;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused is told so that nobody has to read it twice. */
class ChecksTest {

  @Test
  void aBlankThatIsRequiredIsNotAskedToBeLeftOut() {
    Checks checks = new Checks().required("name", " ").text("name", " ", 10).text("note", " ", 10);

    assertThat(catchThrowableOfType(Refusal.class, checks::refuse).problems())
        .containsExactly(
            new Refusal.Problem("name", "is required"),
            new Refusal.Problem("note", "must not be blank: leave it out instead"));
  }

  @ParameterizedTest
  @CsvSource({"0, 0 contracts", "1, 1 contract", "2, 2 contracts"})
  void oneOfAKindIsNotSaidAsMany(int number, String said) {
    assertThat(Counted.of(number, "contract")).isEqualTo(said);
  }
}
