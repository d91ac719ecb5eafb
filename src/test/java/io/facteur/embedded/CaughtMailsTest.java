package io.facteur.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaughtMailsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<d12.r1@facteur.example> | d12.r1@facteur.example",
        "<../../etc/passwd>       | ..%2F..%2Fetc%2Fpasswd",
        "<a%b c*é@x>              | a%25b%20c%2A%C3%A9@x",
        "<a\\b:c>                 | a%5Cb%3Ac",
      })
  void aMessageIdBecomesAFileNameThatTellsIt(String messageId, String name) {
    assertThat(CaughtMails.safe(messageId)).isEqualTo(name);
  }

  @Test
  void aNameStaysShortAndNeverEndsWithinAnEscape() {
    assertThat(CaughtMails.safe("<" + "x/".repeat(500) + ">"))
        .hasSizeLessThanOrEqualTo(150)
        .matches("([a-z]|%2F)+");
    assertThat(CaughtMails.safe(null)).isEqualTo("without-message-id");
    assertThat(CaughtMails.safe("<>")).isEqualTo("without-message-id");
  }
}
