package io.facteur.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.document.DocumentId;
import io.facteur.testing.EmbeddedBroker;
import io.facteur.testing.RunningFacteur;
import io.facteur.testing.ScriptedSmtpServer.Accepted;
import jakarta.jms.JMSContext;
import jakarta.jms.Session;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.health.HealthEndpoint;
import org.springframework.boot.actuate.health.Status;

/**
 * The hand-out over a broker, by one setting; over TLS, with a user. The broker may be away, lose
 * what it has, or deliver it again: each mail goes out once.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HandOutOverABrokerTest {

  private static final String QUEUE = "facteur.email";
  private static final int CHUNKS = 2;
  private static final int MAILS = 3;

  private static EmbeddedBroker broker;
  private static RunningFacteur facteur;
  private static String contract;

  /** Facteur starts while its broker is away. */
  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    broker = EmbeddedBroker.prepared(folder);
    facteur =
        RunningFacteur.start(
            "--facteur.hand-out=jms",
            "--facteur.broker.url=" + broker.url(),
            "--facteur.broker.username=" + EmbeddedBroker.USER,
            "--facteur.broker.password=" + EmbeddedBroker.PASSWORD,
            "--facteur.broker.chunks=" + CHUNKS,
            "--facteur.ledger.hand-out-again=PT1S");
    contract = facteur.contract("EMAIL CONTRACTING_PARTY");
  }

  @AfterAll
  static void stop() {
    facteur.close();
    broker.close();
  }

  @Test
  @Order(1)
  void whatIsToBeSentWaitsForABrokerThatIsAwayAndGoesOutWhenItComes() {
    List<DocumentId> documents = issue();
    Awaitility.await("notice of the broker").until(() -> health("broker").equals(Status.DOWN));
    assertThat(health("routes")).isEqualTo(Status.UP);
    assertThat(facteur.smtp().accepted()).isEmpty();

    broker.start();

    assertOneMailEach(documents);
    assertThat(health("broker")).isEqualTo(Status.UP);
  }

  @Test
  @Order(2)
  void whatTheBrokerLosesIsHandedOutAgain() {
    broker.hold(QUEUE);
    List<DocumentId> documents = issue();
    Awaitility.await("hand-out").until(() -> broker.lying(QUEUE) > 0);

    broker.lose(QUEUE);
    broker.release(QUEUE);

    assertOneMailEach(documents);
  }

  @Test
  @Order(3)
  void aChannelThatIsStuckLeavesItsWorkInTheDatabase() {
    broker.hold(QUEUE);
    List<DocumentId> documents =
        IntStream.range(0, CHUNKS + 1).boxed().flatMap(n -> chunkOfItsOwn().stream()).toList();

    assertThat(broker.lying(QUEUE)).isEqualTo(CHUNKS);

    broker.release(QUEUE);
    assertOneMailEach(documents);
  }

  @Test
  @Order(4)
  void aBrokerThatComesBackEmptyIsFilledAgain() {
    broker.stop();
    List<DocumentId> documents = issue();

    broker.start();

    assertOneMailEach(documents);
  }

  @Test
  @Order(5)
  void aMessageThatIsRepeatedOrComesLateSendsNothingASecondTime() {
    List<DocumentId> documents = issue();
    List<Long> named = transmissions(documents);
    IntStream.range(0, 4).forEach(n -> send(named.toString()));
    assertOneMailEach(documents);

    IntStream.range(0, 4).forEach(n -> send(named.toString()));

    List<DocumentId> later = issue();
    assertOneMailEach(later);
    assertOneMailEach(documents);
  }

  @Test
  @Order(6)
  void whatIsNoTextThatNamesTransmissionsIsLeftOut() {
    send("[]");
    send("[0]");
    send("{\"ids\": 1}");
    send("not JSON");
    try (JMSContext context = context()) {
      var queue = context.createQueue(QUEUE);
      context.createProducer().send(queue, Map.<String, Object>of("id", 1L));
      context.createProducer().send(queue, (Serializable) new HashMap<>(Map.of("id", 1L)));
      context.createProducer().send(queue, new byte[] {1});
      context.createProducer().setJMSReplyTo(queue).send(queue, "an answer, please");
    }

    assertOneMailEach(issue());
  }

  private static List<DocumentId> issue() {
    return IntStream.range(0, MAILS).mapToObj(n -> facteur.issue(contract)).toList();
  }

  /** Issues and waits until the broker has a message more, or as many as it gets. */
  private static List<DocumentId> chunkOfItsOwn() {
    long before = broker.lying(QUEUE);
    List<DocumentId> documents = issue();
    Awaitility.await("hand-out")
        .during(before < CHUNKS ? Duration.ZERO : Duration.ofSeconds(1))
        .until(() -> broker.lying(QUEUE) > before || before == CHUNKS);
    return documents;
  }

  private static List<Long> transmissions(List<DocumentId> documents) {
    return facteur
        .jdbc()
        .sql("SELECT transmission_id FROM delivery WHERE document_id IN (:documents) ORDER BY 1")
        .param("documents", documents.stream().map(DocumentId::value).toList())
        .query(Long.class)
        .list();
  }

  private static void assertOneMailEach(List<DocumentId> documents) {
    documents.forEach(
        document -> facteur.awaitDeliveries(document, "EMAIL CONTRACTING_PARTY SENT"));
    documents.forEach(document -> assertThat(mails(document)).hasSize(1));
  }

  private static List<Accepted> mails(DocumentId document) {
    String messageId =
        facteur
            .jdbc()
            .sql(
                """
                SELECT t.message_id FROM transmission t JOIN delivery d ON d.transmission_id = t.id
                WHERE d.document_id = ?
                """)
            .param(document.value())
            .query(String.class)
            .single();
    return facteur.smtp().accepted().stream()
        .filter(mail -> mail.content().contains(messageId))
        .toList();
  }

  private static Status health(String part) {
    return facteur.get(HealthEndpoint.class).healthForPath(part).getStatus();
  }

  private static void send(String text) {
    try (JMSContext context = context()) {
      context.createProducer().send(context.createQueue(QUEUE), text);
    }
  }

  private static JMSContext context() {
    return new ActiveMQConnectionFactory(broker.url())
        .createContext(EmbeddedBroker.USER, EmbeddedBroker.PASSWORD, Session.AUTO_ACKNOWLEDGE);
  }
}
