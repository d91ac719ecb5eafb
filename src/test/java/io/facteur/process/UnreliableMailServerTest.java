package io.facteur.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.document.DocumentId;
import io.facteur.testing.RunningFacteur;
import io.facteur.testing.ScriptedSmtpServer;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a bad mail server does to one delivery, and that it does nothing to the others. */
class UnreliableMailServerTest {

  private static final String EMAIL = "EMAIL CONTRACTING_PARTY";

  private static RunningFacteur facteur;

  private String contract;

  @BeforeAll
  static void start() {
    facteur = RunningFacteur.start();
  }

  @AfterAll
  static void stop() {
    facteur.close();
  }

  @BeforeEach
  void newCustomerAndNewConnections() throws IOException {
    contract = facteur.contract(EMAIL);
    facteur.smtp().closeConnections(null);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "GREETING, 421 4.3.2 shutting down",
    "MAIL, 451 4.3.0 busy",
    "RCPT, 450 4.2.1 mailbox busy",
    "DATA, " + ScriptedSmtpServer.HANG_UP_IN_CONTENT,
    "DOT, 451 4.3.0 try later",
    "DOT, 421 4.3.2 shutting down",
  })
  void whatFailsForAMomentArrivesOnceAtTheNextAttemptWhileOthersArriveAtOnce(
      String command, String answer) {
    facteur.smtp().answers(command, answer);

    DocumentId invoice = facteur.issue(contract);
    facteur.awaitDeliveries(invoice, EMAIL + " FAILED will retry");
    DocumentId other = facteur.issue(facteur.contract(EMAIL));
    facteur.awaitDeliveries(other, EMAIL + " SENT");
    assertThat(mails()).isZero();
    assertThat(facteur.deliveries(invoice)).containsExactly(EMAIL + " FAILED will retry");
    facteur.makeRetriesDue();

    facteur.awaitDeliveries(invoice, EMAIL + " SENT");
    assertThat(mails()).isEqualTo(1);
    assertThat(attempts(invoice)).isEqualTo(2);
    assertThat(attempts(other)).isEqualTo(1);
  }

  @Test
  void whatIsRefusedForGoodIsTriedOnceAndGoesByPost() {
    facteur.smtp().answersTo(address(), "550 5.1.1 no such mailbox");

    DocumentId invoice = facteur.issue(contract);

    facteur.awaitDeliveries(invoice, EMAIL + " FAILED", "POST CONTRACTING_PARTY SPOOLED");
    assertThat(facteur.reason(invoice, "EMAIL")).isEqualTo("mailbox unknown (550 5.1.1)");
    assertNeverTriedAgain(invoice);
    assertThat(mails()).isZero();
  }

  @Test
  void whatWasPerhapsTakenIsUncertainAndNeitherSentAgainNorSentByPost() {
    facteur.smtp().answers("DOT", ScriptedSmtpServer.ACCEPT_AND_HANG_UP);

    DocumentId invoice = facteur.issue(contract);

    facteur.awaitDeliveries(invoice, EMAIL + " UNCERTAIN");
    assertNeverTriedAgain(invoice);
    assertThat(facteur.deliveries(invoice)).containsExactly(EMAIL + " UNCERTAIN");
    assertThat(mails()).isEqualTo(1);
  }

  private void assertNeverTriedAgain(DocumentId invoice) {
    facteur.makeRetriesDue();
    DocumentId later = facteur.issue(facteur.contract(EMAIL));
    facteur.awaitDeliveries(later, EMAIL + " SENT");
    assertThat(attempts(invoice)).isEqualTo(1);
    assertThat(facteur.smtp().commands().stream().filter(c -> c.contains('<' + address() + '>')))
        .hasSize(1);
  }

  private String address() {
    return "customer" + contract.substring("K-".length()) + "@client.example";
  }

  private long mails() {
    return facteur.smtp().accepted().stream()
        .filter(mail -> mail.recipients().contains(address()))
        .count();
  }

  private static int attempts(DocumentId invoice) {
    return facteur
        .jdbc()
        .sql(
            """
            SELECT t.attempts FROM transmission t JOIN delivery d ON d.transmission_id = t.id
            WHERE d.document_id = ? AND d.channel = 'EMAIL'
            """)
        .param(invoice.value())
        .query(Integer.class)
        .single();
  }
}
