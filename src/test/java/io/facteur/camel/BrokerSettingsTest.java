package io.facteur.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.facteur.camel.BrokerConfiguration.BrokerConnections;
import java.time.Clock;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** Whoever prints it prints the whole chain of causes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "tcp://me:s3cret pass@broker:61616",
        "nothing://me:s3cret@broker:61616",
        "s3cret",
        "tcp://broker:61616?password=%s3cret"
      })
  void aUrlThatIsNoneIsRefusedWithoutRepeatingIt(String url) {
    Throwable refused = catchThrowable(() -> new BrokerSettings(url, "facteur", "tops3cret", 8));

    assertThat(refused).hasMessageStartingWith("facteur.broker.url is none");
    assertThat(Throwables.getStackTrace(refused)).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tcp://me:s3cret@broker:port",
        "tcp://broker:61616?trustStorePassword=s3cret&minLargeMessageSize=much",
        "(tcp://me:s3cret@one,tcp://two"
      })
  void aUrlThatLeadsNowhereIsNotRepeatedByWhatCannotConnect(String url) {
    BrokerSettings settings = new BrokerSettings(url, "facteur", "tops3cret", 8);
    BrokerConnections connections = new BrokerConfiguration().brokerConnections(settings);
    SharedQueues queues = new SharedQueues(connections, settings, Clock.systemUTC());

    assertThat(queues.room("jms:facteur.email", 25)).isZero();

    assertThat(queues.reason()).doesNotContain("s3cret");
  }
}
