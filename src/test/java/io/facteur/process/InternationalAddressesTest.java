package io.facteur.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.document.DocumentId;
import io.facteur.testing.RunningFacteur;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * An invoice to an address with letters beyond ASCII, from issuing to what the mail server sees.
 */
class InternationalAddressesTest {

  private static final String EMAIL = "EMAIL CONTRACTING_PARTY";

  private static RunningFacteur facteur;

  private String contract;
  private String number;

  @BeforeAll
  static void start() {
    facteur = RunningFacteur.start();
  }

  @AfterAll
  static void stop() {
    facteur.close();
  }

  /** Cc is what any mail server carries. */
  @BeforeEach
  void aCustomerWhoseInvoicesGoToZoeAndACopyToAnna() throws IOException {
    contract = facteur.contract(EMAIL);
    number = contract.substring("K-".length());
    long set =
        facteur
            .jdbc()
            .sql(
                """
                INSERT INTO contact_document_address (contact_id)
                SELECT id FROM contact WHERE code = ? RETURNING id
                """)
            .param("C" + number)
            .query(Long.class)
            .single();
    facteur
        .jdbc()
        .sql(
            """
            INSERT INTO contact_document_address_type (document_address_id, document_type)
            VALUES (?, 'INVOICE')
            """)
        .param(set)
        .update();
    for (String mailbox : List.of("TO " + zoe(), "CC " + anna())) {
      facteur
          .jdbc()
          .sql(
              """
              INSERT INTO contact_document_mailbox (document_address_id, field, position, address)
              VALUES (?, ?, 0, ?)
              """)
          .params(set, mailbox.substring(0, 2), mailbox.substring(3))
          .update();
    }
    facteur.smtp().closeConnections(null);
  }

  @AfterEach
  void anOrdinaryMailServer() throws IOException {
    facteur.smtp().offersNoMore("SMTPUTF8");
    facteur.smtp().closeConnections(null);
  }

  @Test
  void goesOutAsItIsThroughAServerThatOffersSmtputf8() {
    facteur.smtp().offers("SMTPUTF8");

    DocumentId invoice = facteur.issue(contract);

    facteur.awaitDeliveries(invoice, EMAIL + " SENT");
    assertThat(facteur.smtp().commands())
        .containsSubsequence(
            "MAIL FROM:<factures@acme.example> SMTPUTF8",
            "RCPT TO:<" + zoe() + ">",
            "RCPT TO:<" + anna() + ">",
            "DATA");
    assertThat(facteur.smtp().accepted())
        .filteredOn(mail -> mail.recipients().contains(zoe()))
        .singleElement()
        .satisfies(
            mail ->
                assertThat(mail.content()).contains("To: " + zoe() + "\r\nCc: " + anna() + "\r\n"));
  }

  @Test
  void isRefusedOnceBeforeAnythingOfItIsSaidToAServerThatDoesNotAndGoesByPost() {
    DocumentId invoice = facteur.issue(contract);

    facteur.awaitDeliveries(invoice, EMAIL + " FAILED", "POST CONTRACTING_PARTY SPOOLED");
    assertThat(facteur.reason(invoice, "EMAIL"))
        .startsWith("the mail server does not support internationalised addresses (SMTPUTF8)");
    facteur.makeRetriesDue();
    DocumentId later = facteur.issue(facteur.contract(EMAIL));
    facteur.awaitDeliveries(later, EMAIL + " SENT");
    assertThat(attempts(invoice)).isEqualTo(1);
    assertThat(facteur.smtp().commands())
        .as("nor does Anna get half of a distribution")
        .noneMatch(command -> command.contains(zoe()) || command.contains(anna()));
  }

  private String zoe() {
    return "zoë" + number + "@client.example";
  }

  private String anna() {
    return "anna" + number + "@client.example";
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
