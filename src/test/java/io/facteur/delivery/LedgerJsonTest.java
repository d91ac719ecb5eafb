package io.facteur.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.facteur.dispatch.Recipient;
import io.facteur.party.EmailAddress;
import org.junit.jupiter.api.Test;

class LedgerJsonTest {

  private final LedgerJson json = new LedgerJson(JsonMapper.builder().findAndAddModules().build());

  @Test
  void aRecipientThatWasFrozenByEarlierRulesIsReadAsItIs() {
    String frozen =
        """
        {"name": "Anna", "to": ["an\u202Ena@BUYER.example"], "cc": [], "bcc": [], "lost": []}
        """;

    Recipient read = json.read(frozen, Recipient.class);

    assertThat(read.to())
        .extracting(EmailAddress::value)
        .containsExactly("an\u202Ena@BUYER.example");
  }

  @Test
  void theMapperOfRequestsStaysStrict() {
    ObjectMapper requests = JsonMapper.builder().findAndAddModules().build();
    LedgerJson ledger = new LedgerJson(requests);

    assertThat(ledger.read("\"anna@localhost\"", EmailAddress.class).value())
        .isEqualTo("anna@localhost");
    assertThatThrownBy(() -> requests.readValue("\"anna@localhost\"", EmailAddress.class))
        .hasMessageContaining("has a domain without a dot");
  }
}
