package io.facteur.party;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MailboxesTest {

  @Test
  void bccAloneIsRefused() {
    List<EmailAddress> hidden = Parties.mailboxes("dora@x.example");

    assertThatThrownBy(() -> new Mailboxes(List.of(), List.of(), hidden))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("To or Cc must not be empty");
  }
}
