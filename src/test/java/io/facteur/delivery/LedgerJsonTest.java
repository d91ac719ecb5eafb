package io.facteur.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.facteur.dispatch.Recipient;
import io.facteur.party.EmailAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerJsonTest {

  private final LedgerJson json = new LedgerJson(JsonMapper.builder().findAndAddModules().build());

  @Test
  void aRecipientThatWasFrozenByEarlierRulesIsReadAsItIs() {
    String early = "an\u202Ena@BUYER.example";
    var recipient =
        new Recipient(
            "Anna",
            List.of(EmailAddress.kept(early)),
            List.of(),
            List.of(),
            null,
            null,
            "ADDR-2d",
            "contact C-1",
            List.of());

    Recipient read = json.read(json.write(recipient), Recipient.class);

    assertThat(read).isEqualTo(recipient);
    assertThat(read.to().get(0).value()).isEqualTo(early);
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
