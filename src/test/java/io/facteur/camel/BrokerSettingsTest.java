package io.facteur.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrokerSettingsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tcp://broker:61616 | tcp://broker:61616",
        "tcp://broker:61617?sslEnabled=true&trustStorePassword=se,cr)et | tcp://broker:61617",
        "tcp://me:secret@broker:61616 | tcp://broker:61616",
        "(tcp://one:61616?trustStorePassword=secret,tcp://two:61616)?ha=true&password=secret"
            + " | tcp://one:61616,tcp://two:61616",
      })
  void neverTellsMoreOfTheBrokerThanWhereItIs(String url, String told) {
    BrokerSettings settings = new BrokerSettings(url, "facteur", "topsecret", 8);

    assertThat(settings.server()).isEqualTo(told);
    assertThat(settings.toString()).contains(told).doesNotContain("secret");
  }

  @Test
  void aUserWithoutPasswordIsAMistake() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BrokerSettings("tcp://broker:61616", "facteur", " ", 8))
        .withMessageContaining("belong together");
  }
}
