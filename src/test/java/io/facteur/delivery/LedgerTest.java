package io.facteur.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.facteur.contract.Role;
import io.facteur.delivery.journal.Installation;
import io.facteur.document.DocumentId;
import io.facteur.party.Companies;
import io.facteur.party.CompanyId;
import io.facteur.party.EmailAddress;
import io.facteur.party.Refusal;
import io.facteur.party.SuspendedAddress;
import io.facteur.party.SuspendedAddresses;
import io.facteur.testing.AwayDatabase;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The ledger on a real database: what a claim, a mark, a retry and a lost node leave behind. */
class LedgerTest {

  private static final RetryTerms ONCE = new RetryTerms(1, Duration.ofMinutes(1));
  private static final RetryTerms TWICE = new RetryTerms(2, Duration.ofMinutes(1));
  private static final Map<String, String> REPLY = Map.of("smtpReply", "250 2.0.0 ok");

  private static LedgerOffice office;
  private static Transmissions transmissions;

  @BeforeAll
  static void open() {
    office = new LedgerOffice("node-a");
    transmissions = office.get(Transmissions.class);
  }

  @AfterAll
  static void close() {
    office.close();
  }

  @BeforeEach
  void nothingWaitsFromEarlierTests() {
    office
        .jdbc()
        .sql("UPDATE transmission SET state = 'ENDED', node = NULL, lease_until = NULL")
        .update();
  }

  @Test
  void issuingWritesEveryDefinitionsDeliveryAtOnce() {
    String contract =
        office.contract(
            "EMAIL CONTRACTING_PARTY", "POST CONTRACTING_PARTY", "EINVOICE CONTRACTING_PARTY");

    DocumentId invoice = office.issued(contract);

    assertThat(office.deliveries(invoice))
        .containsExactly(
            "EMAIL CONTRACTING_PARTY QUEUED",
            "POST CONTRACTING_PARTY QUEUED",
            "EINVOICE CONTRACTING_PARTY QUEUED");
  }

  @Test
  void anIssuedDocumentIsNotIssuedAgain() {
    DocumentId invoice = office.issued(office.contract("EMAIL CONTRACTING_PARTY"));

    IssueResult again =
        office
            .get(DocumentIssuing.class)
            .issue(new IssueOrder(List.of(invoice), LedgerOffice.TODAY, "test"));

    assertThat(again.issued()).isEmpty();
    assertThat(again.problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.reason()).contains("issued already"));
    assertThat(office.deliveries(invoice)).hasSize(1);
  }

  @Test
  void oneDraftThatCannotBeIssuedHoldsUpNoOther() {
    DocumentId broken = new DocumentId(987_654_321);
    DocumentId good = office.draft(office.contract("EMAIL CONTRACTING_PARTY"));

    IssueResult result =
        office
            .get(DocumentIssuing.class)
            .issue(new IssueOrder(List.of(broken, good), LedgerOffice.TODAY, "test"));

    assertThat(result.issued()).extracting(issued -> issued.id()).containsExactly(good);
    assertThat(result.problems()).extracting(p -> p.draft()).containsExactly(broken);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, DELIVERY_ADDRESS, true",
    "POST, CONTRACTING_PARTY, false",
    "EMAIL, DELIVERY_ADDRESS, false",
    "EINVOICE, DELIVERY_ADDRESS, false"
  })
  void onlyPaperIsPostedToTheDeliveryAddress(String channel, String role, boolean posted) {
    String contract = office.contract(channel + " " + role);
    office
        .jdbc()
        .sql("UPDATE contract SET delivery_address_id = contracting_party_id WHERE number = ?")
        .param(contract)
        .update();
    office.issued(contract);

    Shipment shipment = transmissions.begin(office.claim(channel, 1).get(0), "");

    assertThat(shipment.items())
        .extracting(Shipment.Item::postedToDeliveryAddress)
        .containsExactly(posted);
  }

  @Test
  void aSentDeliveryKeepsTheReplyAsEvidence() {
    DocumentId invoice = office.issued(office.contract("EMAIL CONTRACTING_PARTY"));
    Ticket ticket = office.claim("EMAIL", 10).get(0);

    Shipment shipment = transmissions.begin(ticket, "");
    boolean marked = transmissions.mark(ticket.claim(), "<t1.r1@acme.example>");
    transmissions.record(ticket, Receipt.sent(REPLY), TWICE);

    assertThat(shipment.recipient().to())
        .containsExactly(new EmailAddress("post@customer.example"));
    assertThat(shipment.recipient().rule()).startsWith("ADDR-2d");
    assertThat(marked).isTrue();
    assertThat(office.deliveries(invoice)).containsExactly("EMAIL CONTRACTING_PARTY SENT");
    assertThat(history(invoice)).containsExactly("QUEUED", "SENDING", "SENT");
    assertThat(office.evidence(invoice).get(0)).contains("250 2.0.0 ok");
  }

  @Test
  void aChangedAddressReachesADeliveryThatStillWaits() {
    String contract = office.contract("EMAIL CONTRACTING_PARTY");
    office.issued(contract);
    office.contact(contract, "general_email = 'moved@customer.example'");

    Shipment shipment = transmissions.begin(office.claim("EMAIL", 10).get(0), "");

    assertThat(shipment.recipient().to())
        .containsExactly(new EmailAddress("moved@customer.example"));
  }

  @Test
  void anAddressThatIsGoneWhenSendingBeginsIsSkippedAndFallsBack() {
    String contract = office.contract("EMAIL CONTRACTING_PARTY");
    DocumentId invoice = office.issued(contract);
    office.contact(contract, "general_email = NULL");

    Shipment shipment = transmissions.begin(office.claim("EMAIL", 10).get(0), "");

    assertThat(shipment).isNull();
    assertThat(office.deliveries(invoice))
        .containsExactly(
            "EMAIL CONTRACTING_PARTY SKIPPED", "fallback: POST CONTRACTING_PARTY QUEUED");
  }

  /** DISP-2 holds at the moment of sending as well. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM communication_place WHERE contact_id = :contact",
        "UPDATE communication_place SET place = 'BUSINESS' WHERE contact_id = :contact",
        "UPDATE contract SET contracting_party_id = (SELECT MIN(id) FROM contact) WHERE contracting_party_id = :contact",
        "DELETE FROM dispatch_definition WHERE contract_id = (SELECT id FROM contract WHERE contracting_party_id = :contact); DELETE FROM communication_place WHERE contact_id = :contact"
      })
  void anIndividualAddressThatIsNoLongerPrivateIsSkippedAndFallsBack(String change) {
    office.contract("EMAIL CONTRACTING_PARTY");
    String contract = office.contract("EMAIL INDIVIDUAL");
    DocumentId invoice = office.issued(contract);
    long contact =
        office
            .jdbc()
            .sql("SELECT contracting_party_id FROM contract WHERE number = ?")
            .param(contract)
            .query(Long.class)
            .single();
    for (String statement : change.split(";")) {
      office.jdbc().sql(statement).param("contact", contact).update();
    }

    Shipment shipment = transmissions.begin(office.claim("EMAIL", 10).get(0), "");

    assertThat(shipment).isNull();
    assertThat(office.deliveries(invoice))
        .containsExactly("EMAIL INDIVIDUAL SKIPPED", "fallback: POST CONTRACTING_PARTY QUEUED");
    assertThat(office.reason(invoice, "EMAIL"))
        .contains("no private e-mail place", "mark it PRIVATE")
        .doesNotContain("@");
  }

  @Test
  void anIndividualGetsWhatWaitsAlthoughItsDefinitionIsGone() {
    String contract = office.contract("EMAIL INDIVIDUAL");
    office.issued(contract);
    office
        .jdbc()
        .sql(
            "DELETE FROM dispatch_definition WHERE contract_id = (SELECT id FROM contract WHERE"
                + " number = ?)")
        .param(contract)
        .update();

    Shipment shipment = transmissions.begin(office.claim("EMAIL", 10).get(0), "");

    assertThat(shipment.recipient().to()).containsExactly(new EmailAddress("me@home.example"));
  }

  @ParameterizedTest
  @CsvSource({"CONTRACTING_PARTY, POST@customer.example", "INDIVIDUAL, me@home.example"})
  void anAddressThatIsSuspendedBeforeSendingBeginsIsSkippedAndFallsBack(
      String role, String address) {
    DocumentId invoice = office.issued(office.contract("EMAIL " + role));
    CompanyId company = office.get(Companies.class).get("ACME").id();
    SuspendedAddresses suspended = office.get(SuspendedAddresses.class);
    SuspendedAddress one = suspended.suspend(company, new EmailAddress(address), "mailbox unknown");

    Shipment shipment = transmissions.begin(office.claim("EMAIL", 10).get(0), "");
    suspended.lift(one.id());

    assertThat(shipment).isNull();
    assertThat(office.deliveries(invoice))
        .containsExactly("EMAIL " + role + " SKIPPED", "fallback: POST CONTRACTING_PARTY QUEUED");
    assertThat(office.reason(invoice, "EMAIL"))
        .startsWith("address suspended: mailbox unknown, since 20")
        .doesNotContain("@");
  }

  @ParameterizedTest
  @CsvSource({"SENT", "UNCERTAIN", "FAILED"})
  void allThatATransmissionCarriesEndsWithIt(DeliveryState state) {
    DocumentId one = office.issued(office.contract("EMAIL CONTRACTING_PARTY"));
    DocumentId other = office.issued(office.contract("EMAIL CONTRACTING_PARTY"));
    DocumentId alone = office.issued(office.contract("EMAIL CONTRACTING_PARTY"));
    carryTogether(one, other);
    List<Ticket> chunk = office.claim("EMAIL", 10);
    Ticket both = chunk.get(0);
    Outlook outlook = transmissions.lookAhead(chunk);
    Shipment shipment = transmissions.begin(both, "", outlook);
    transmissions.mark(both.claim(), "<both-%s@acme.example>".formatted(state));

    transmissions.record(
        both,
        switch (state) {
          case SENT -> Receipt.sent(REPLY);
          case FAILED -> Receipt.failedForGood("mailbox unknown (550 5.1.1)", Map.of());
          default -> Receipt.uncertain("connection reset", Map.of());
        },
        TWICE);

    assertThat(shipment.items()).extracting(Shipment.Item::document).containsExactly(one, other);
    for (DocumentId document : List.of(one, other)) {
      assertThat(office.deliveries(document).get(0)).isEqualTo("EMAIL CONTRACTING_PARTY " + state);
      assertThat(history(document)).startsWith("QUEUED", "SENDING", state.name());
      assertThat(office.deliveries(document)).hasSize(state == DeliveryState.FAILED ? 2 : 1);
    }
    assertThat(office.deliveries(alone)).containsExactly("EMAIL CONTRACTING_PARTY QUEUED");
  }

  private static void carryTogether(DocumentId one, DocumentId other) {
    office
        .jdbc()
        .sql("UPDATE transmission SET state = 'ENDED' WHERE id = :id")
        .param("id", transmissionOf(other))
        .update();
    office
        .jdbc()
        .sql("UPDATE delivery SET transmission_id = :id WHERE document_id = :document")
        .param("id", transmissionOf(one))
        .param("document", other.value())
        .update();
  }

  private static long transmissionOf(DocumentId document) {
    return office
        .jdbc()
        .sql("SELECT transmission_id FROM delivery WHERE document_id = ?")
        .param(document.value())
        .query(Long.class)
        .single();
  }

  @Test
  void aTemporaryFailureIsTriedAgainUntilItIsGivenUpAndFallsBack() {
    DocumentId invoice = office.issued(office.contract("EMAIL CONTRACTING_PARTY"));

    attempt(Receipt.failedTemporarily("mailbox busy (450 4.2.1)", Map.of()));
    assertThat(office.deliveries(invoice))
        .containsExactly("EMAIL CONTRACTING_PARTY FAILED will retry");
    assertThat(office.claim("EMAIL", 10)).as("not before its time").isEmpty();

    office.makeRetriesDue();
    attempt(Receipt.failedTemporarily("mailbox busy (450 4.2.1)", Map.of()));

    assertThat(office.deliveries(invoice))
        .containsExactly(
            "EMAIL CONTRACTING_PARTY FAILED", "fallback: POST CONTRACTING_PARTY QUEUED");
    assertThat(office.reason(invoice, "EMAIL"))
        .isEqualTo("given up after 2 attempts: mailbox busy (450 4.2.1)");
  }

  @Test
  void whatCannotEvenBeginIsGivenUpAfterAsManyAttempts() {
    String contract = office.contract("EMAIL CONTRACTING_PARTY");
    DocumentId invoice = office.issued(contract);
    office.contact(contract, "general_email = 'no address at all'");

    for (int attempt = 1; attempt <= 2; attempt++) {
      Ticket ticket = office.claim("EMAIL", 1).get(0);
      assertThatThrownBy(() -> transmissions.begin(ticket, ""))
          .isInstanceOf(IllegalArgumentException.class);
      transmissions.record(ticket, Receipt.brokenOff("the address cannot be read"), TWICE);
      office.makeRetriesDue();
    }

    assertThat(office.claim("EMAIL", 1)).isEmpty();
    assertThat(office.reason(invoice, "EMAIL"))
        .isEqualTo("given up after 2 attempts: the address cannot be read");
  }

  @Test
  void aPermanentFailureIsNotTriedAgain() {
    DocumentId invoice =
        office.issued(office.contract("EMAIL CONTRACTING_PARTY", "POST CONTRACTING_PARTY"));

    attempt(Receipt.failedForGood("mailbox unknown (550 5.1.1)", Map.of()));
    office.makeRetriesDue();

    assertThat(office.deliveries(invoice))
        .as("reached by post anyway, so without a fallback")
        .containsExactly("EMAIL CONTRACTING_PARTY FAILED", "POST CONTRACTING_PARTY QUEUED");
    assertThat(office.claim("EMAIL", 10)).isEmpty();
  }

  @Test
  void anErrorBeforeTheMarkIsTriedAgainAndOneAfterItIsUncertain() {
    DocumentId before = office.issued(office.contract("EMAIL CONTRACTING_PARTY"));
    attempt(Receipt.brokenOff("connection reset"));
    DocumentId after = office.issued(office.contract("EMAIL CONTRACTING_PARTY"));
    Ticket ticket = office.claim("EMAIL", 10).get(0);
    transmissions.begin(ticket, "");
    transmissions.mark(ticket.claim(), "<x@acme.example>");
    transmissions.record(ticket, Receipt.brokenOff("connection reset"), TWICE);

    assertThat(office.deliveries(before))
        .containsExactly("EMAIL CONTRACTING_PARTY FAILED will retry");
    assertThat(office.deliveries(after)).containsExactly("EMAIL CONTRACTING_PARTY UNCERTAIN");
  }

  @Test
  void whoeverHasLostTheClaimChangesNothing() {
    DocumentId invoice = office.issued(office.contract("EMAIL CONTRACTING_PARTY"));
    Ticket lost = office.claim("EMAIL", 10).get(0);
    office.letLeasesRunOut();
    office.get(ClaimRecovery.class).recoverExpired();
    Ticket held = office.claim("EMAIL", 10).get(0);

    assertThat(transmissions.begin(lost, "")).isNull();
    assertThat(transmissions.mark(lost.claim(), "<lost@acme.example>")).isFalse();
    assertThat(transmissions.markFile(lost.claim(), "lost.pdf", "0".repeat(64))).isFalse();
    transmissions.record(lost, Receipt.sent(REPLY), TWICE);
    assertThat(office.deliveries(invoice)).containsExactly("EMAIL CONTRACTING_PARTY QUEUED");

    assertThat(transmissions.begin(held, "")).isNotNull();
  }

  @Test
  void anExpiredClaimWithoutMarkWaitsAgain() {
    DocumentId invoice = office.issued(office.contract("EMAIL CONTRACTING_PARTY"));
    transmissions.begin(office.claim("EMAIL", 10).get(0), "");
    office.letLeasesRunOut();

    office.get(ClaimRecovery.class).recoverExpired();

    assertThat(office.deliveries(invoice)).containsExactly("EMAIL CONTRACTING_PARTY QUEUED");
    assertThat(office.claim("EMAIL", 10)).hasSize(1);
  }

  @Test
  void anExpiredClaimWithAMailsMarkIsUncertainAndNeverSentAgainByItself() {
    DocumentId invoice = office.issued(office.contract("EMAIL CONTRACTING_PARTY"));
    Ticket ticket = office.claim("EMAIL", 10).get(0);
    transmissions.begin(ticket, "");
    transmissions.mark(ticket.claim(), "<u@acme.example>");
    office.letLeasesRunOut();

    office.get(ClaimRecovery.class).recoverExpired();

    assertThat(office.deliveries(invoice)).containsExactly("EMAIL CONTRACTING_PARTY UNCERTAIN");
    assertThat(office.evidence(invoice)).containsExactly("{\"messageId\":\"<u@acme.example>\"}");
    assertThat(office.claim("EMAIL", 10)).isEmpty();
  }

  @Test
  void anAnswerThatComesAfterTheLeaseSettlesTheUncertainty() {
    DocumentId invoice = office.issued(office.contract("EMAIL CONTRACTING_PARTY"));
    Ticket ticket = office.claim("EMAIL", 10).get(0);
    transmissions.begin(ticket, "");
    transmissions.mark(ticket.claim(), "<late@acme.example>");
    office.letLeasesRunOut();
    office.get(ClaimRecovery.class).recoverExpired();

    transmissions.record(ticket, Receipt.sent(REPLY), TWICE);

    assertThat(office.deliveries(invoice)).containsExactly("EMAIL CONTRACTING_PARTY SENT");
  }

  @Test
  void anOutcomeThatCannotBeRecordedStaysKnownUntilTheDatabaseIsBack() {
    DocumentId invoice = office.issued(office.contract("EMAIL CONTRACTING_PARTY"));
    Ticket ticket = office.claim("EMAIL", 10).get(0);
    transmissions.begin(ticket, "");
    transmissions.mark(ticket.claim(), "<accepted@acme.example>");

    TransmissionFailure failure;
    try (HikariDataSource away = AwayDatabase.pool()) {
      Transmissions cutOff = cutOff(away);
      failure =
          catchThrowableOfType(
              TransmissionFailure.class, () -> cutOff.record(ticket, Receipt.sent(REPLY), TWICE));
    }
    transmissions.record(ticket, failure.receipt(), TWICE);

    assertThat(office.deliveries(invoice)).containsExactly("EMAIL CONTRACTING_PARTY SENT");
    assertThat(office.evidence(invoice).get(0)).contains("250 2.0.0 ok");
  }

  @Test
  void anErrorThatComesAfterTheLeaseLeavesTheDoubt() {
    DocumentId invoice = office.issued(office.contract("EMAIL CONTRACTING_PARTY"));
    Ticket ticket = office.claim("EMAIL", 10).get(0);
    transmissions.begin(ticket, "");
    transmissions.mark(ticket.claim(), "<late-error@acme.example>");
    office.letLeasesRunOut();
    office.get(ClaimRecovery.class).recoverExpired();

    transmissions.record(ticket, Receipt.brokenOff("read timed out"), ONCE);

    assertThat(office.deliveries(invoice)).containsExactly("EMAIL CONTRACTING_PARTY UNCERTAIN");
  }

  @Test
  void anExpiredClaimOfAFileIsLookedForBeforeItIsWrittenAgain() {
    office.issued(office.contract("POST CONTRACTING_PARTY"));
    Ticket ticket = office.claim("POST", 10).get(0);
    transmissions.begin(ticket, "");
    transmissions.markFile(ticket.claim(), "post-looked-for.pdf", "a".repeat(64));
    office.letLeasesRunOut();
    office.get(ClaimRecovery.class).recoverExpired();

    Shipment again = transmissions.begin(office.claim("POST", 10).get(0), "");

    assertThat(again.knownFile()).isEqualTo("post-looked-for.pdf");
    assertThat(again.attempt()).isEqualTo(2);
  }

  @Test
  void aFileThatItsConsumerMayHaveIsLookedForAndUncertainWhenGivenUp() {
    DocumentId invoice = office.issued(office.contract("POST CONTRACTING_PARTY"));
    Shipment first = attemptFile("post-in-doubt.pdf", Receipt.brokenOff("stale file handle"));
    office.makeRetriesDue();
    Shipment second = attemptFile("post-in-doubt.pdf", Receipt.brokenOff("stale file handle"));

    assertThat(first.knownFile()).isNull();
    assertThat(second.knownFile()).isEqualTo("post-in-doubt.pdf");
    assertThat(office.deliveries(invoice))
        .as("without a fallback")
        .containsExactly("POST CONTRACTING_PARTY UNCERTAIN");
    assertThat(office.reason(invoice, "POST"))
        .isEqualTo(
            "given up after 2 attempts: stale file handle; its consumer may have"
                + " post-in-doubt.pdf: look for it, then resolve");
  }

  @Test
  void aFileThatCertainlyLiesNowhereIsFailedWhenGivenUp() {
    DocumentId invoice =
        office.issued(office.contract("EMAIL CONTRACTING_PARTY", "POST CONTRACTING_PARTY"));
    attemptFile("post-nowhere.pdf", Receipt.brokenOff("stale file handle"));
    office.makeRetriesDue();

    attemptFile(
        "post-nowhere.pdf",
        Receipt.failedTemporarily("ready is read-only", Map.of("file", "post-nowhere.pdf")));

    assertThat(office.deliveries(invoice))
        .containsExactly("EMAIL CONTRACTING_PARTY QUEUED", "POST CONTRACTING_PARTY FAILED");
  }

  @Test
  void whatFailsBeforeTheFileWasLookedForKeepsTheDoubt() {
    DocumentId invoice =
        office.issued(office.contract("EMAIL CONTRACTING_PARTY", "POST CONTRACTING_PARTY"));
    RetryTerms thrice = new RetryTerms(3, Duration.ofMinutes(1));
    Receipt early = Receipt.failedTemporarily("Connection refused", Map.of());
    attemptFile("post-lies.pdf", Receipt.brokenOff("stale file handle"));
    for (int attempt = 2; attempt <= 3; attempt++) {
      office.makeRetriesDue();
      Ticket again = office.claim("POST", 1).get(0);
      assertThat(transmissions.begin(again, "").knownFile()).isEqualTo("post-lies.pdf");
      transmissions.record(again, early, thrice);
    }

    assertThat(office.deliveries(invoice)).contains("POST CONTRACTING_PARTY UNCERTAIN");
  }

  @Test
  void whatCanNoLongerBeginIsUncertainIfItsConsumerMayHaveTheFile() {
    String contract = office.contract("EMAIL CONTRACTING_PARTY");
    DocumentId invoice = office.issued(contract);
    Ticket ticket = office.claim("EMAIL", 1).get(0);
    transmissions.begin(ticket, "");
    transmissions.markFile(ticket.claim(), "email-may-lie.xml", "c".repeat(64));
    office.letLeasesRunOut();
    office.get(ClaimRecovery.class).recoverExpired();
    office.contact(contract, "general_email = NULL");

    Shipment again = transmissions.begin(office.claim("EMAIL", 1).get(0), "");

    assertThat(again).isNull();
    assertThat(office.deliveries(invoice)).containsExactly("EMAIL CONTRACTING_PARTY UNCERTAIN");
    assertThat(office.reason(invoice, "EMAIL")).contains("may have email-may-lie.xml");
  }

  @Test
  void aRestartedNodeFreesItsOwnClaimsAtOnceAndNoOthers() {
    office.issued(office.contract("EMAIL CONTRACTING_PARTY"));
    office.issued(office.contract("EMAIL CONTRACTING_PARTY"));
    List<Ticket> claimed = office.claim("EMAIL", 10);
    office
        .jdbc()
        .sql("UPDATE transmission SET node = 'node-b' WHERE id = ?")
        .param(claimed.get(1).claim().transmission().value())
        .update();

    int freed = office.get(ClaimRecovery.class).recoverOwn();

    assertThat(freed).isEqualTo(1);
    assertThat(office.claim("EMAIL", 10))
        .extracting(t -> t.claim().transmission())
        .containsExactly(claimed.get(0).claim().transmission());
  }

  @Test
  void aConsumersReportEndsTheDeliveryEvenIfItOvertakesOurOwnRecord() {
    DocumentId invoice = office.issued(office.contract("POST CONTRACTING_PARTY"));
    Ticket ticket = office.claim("POST", 10).get(0);
    transmissions.begin(ticket, "");
    transmissions.markFile(ticket.claim(), "post-overtaken.pdf", "b".repeat(64));

    String kept = office.get(Acknowledgements.class).record("post-overtaken.pdf", "PRINTED", null);
    transmissions.record(ticket, Receipt.spooled(Map.of()), TWICE);

    assertThat(kept).isEqualTo("acknowledged");
    assertThat(office.deliveries(invoice)).containsExactly("POST CONTRACTING_PARTY PRINTED");
  }

  @Test
  void aReportForAnUnknownFileIsNotTaken() {
    assertThat(office.get(Acknowledgements.class).record("stray.pdf", "PRINTED", null))
        .isEqualTo("unknown");
  }

  @Test
  void manyClaimersShareTheWorkWithoutOverlap() throws Exception {
    for (int i = 0; i < 12; i++) {
      office.issued(office.contract("EMAIL CONTRACTING_PARTY"));
    }
    var pool = Executors.newFixedThreadPool(4);
    Callable<List<Ticket>> claimer = () -> office.claim("EMAIL", 3);

    List<Future<List<Ticket>>> claims = pool.invokeAll(List.of(claimer, claimer, claimer, claimer));
    pool.shutdown();

    Set<TransmissionId> seen = new HashSet<>();
    for (Future<List<Ticket>> claim : claims) {
      for (Ticket ticket : claim.get()) {
        assertThat(seen.add(ticket.claim().transmission())).as("claimed once").isTrue();
      }
    }
    office
        .claim("EMAIL", 20)
        .forEach(ticket -> assertThat(seen.add(ticket.claim().transmission())).isTrue());
    assertThat(seen).hasSize(12);
  }

  @Test
  void twoDeliveriesThatEndTogetherPlanOneFallback() throws Exception {
    for (int round = 0; round < 8; round++) {
      DocumentId invoice =
          office.issued(office.contract("EMAIL CONTRACTING_PARTY", "EINVOICE CONTRACTING_PARTY"));
      Ticket mail = office.claim("EMAIL", 1).get(0);
      Ticket network = office.claim("EINVOICE", 1).get(0);
      transmissions.begin(mail, "");
      transmissions.begin(network, "");
      var pool = Executors.newFixedThreadPool(2);
      Callable<Object> first = failing(mail);
      Callable<Object> second = failing(network);
      for (Future<Object> done : pool.invokeAll(List.of(first, second))) {
        done.get();
      }
      pool.shutdown();

      assertThat(office.deliveries(invoice))
          .filteredOn(delivery -> delivery.startsWith("fallback"))
          .containsExactly("fallback: POST CONTRACTING_PARTY QUEUED");
    }
  }

  @Test
  void aRoutesOwnFallbackGoesBeforeTheCompanys() {
    office.routes().fallingBack("EINVOICE", Role.CONTRACTING_PARTY, "EMAIL");
    DocumentId invoice = office.issued(office.contract("EINVOICE CONTRACTING_PARTY"));
    Ticket ticket = office.claim("EINVOICE", 1).get(0);
    transmissions.begin(ticket, "");

    transmissions.record(ticket, Receipt.failedForGood("invalid", Map.of()), TWICE);

    assertThat(office.deliveries(invoice))
        .containsExactly(
            "EINVOICE CONTRACTING_PARTY FAILED", "fallback: EMAIL CONTRACTING_PARTY QUEUED");
    office.routes().fallingBack("EINVOICE", Role.CONTRACTING_PARTY, null);
  }

  @Test
  void resendingMakesTheNextRevisionOfAFinishedDeliveryOnly() {
    DocumentId invoice = office.issued(office.contract("EMAIL CONTRACTING_PARTY"));
    Corrections corrections = office.get(Corrections.class);
    DeliveryId first = delivery(invoice);
    assertThatThrownBy(() -> corrections.resend(first, "clerk"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("still under way");

    attempt(Receipt.sent(REPLY));
    corrections.resend(first, "clerk");

    assertThat(office.deliveries(invoice))
        .containsExactly("EMAIL CONTRACTING_PARTY SENT", "EMAIL CONTRACTING_PARTY QUEUED");
    assertThat(transmissions.begin(office.claim("EMAIL", 1).get(0), "").items().get(0).revision())
        .isEqualTo(2);
    assertThatThrownBy(() -> corrections.resend(first, "clerk"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("later revision");
  }

  @Test
  void aPersonSettlesAnUncertainDelivery() {
    DocumentId invoice = office.issued(office.contract("EMAIL CONTRACTING_PARTY"));
    attempt(Receipt.uncertain("connection lost after the final dot", Map.of()));

    office
        .get(Corrections.class)
        .resolve(delivery(invoice), false, "relay log: never arrived", "clerk");

    assertThat(office.deliveries(invoice))
        .containsExactly(
            "EMAIL CONTRACTING_PARTY FAILED", "fallback: POST CONTRACTING_PARTY QUEUED");
    assertThat(history(invoice)).startsWith("QUEUED", "SENDING", "UNCERTAIN", "FAILED");
  }

  /** What it records goes to another database. */
  private static Transmissions cutOff(DataSource database) {
    LedgerSettings usual = LedgerOffice.SETTINGS;
    return new Transmissions(
        new LedgerRows(
            JdbcClient.create(database),
            new RoundTrip(new JdbcTemplate(database)),
            office.get(LedgerJson.class),
            usual,
            office.get(Installation.class)),
        office.get(Boarding.class),
        office.get(Fallbacks.class),
        new DatabasePatience(
            new LedgerSettings(
                usual.claimLease(), usual.sendLease(), usual.handOutAgain(), Duration.ZERO)),
        office.get(StoppedTransaction.class),
        office.get(HandOvers.class));
  }

  private void attempt(Receipt receipt) {
    Ticket ticket = office.claim("EMAIL", 1).get(0);
    transmissions.begin(ticket, "");
    transmissions.record(ticket, receipt, TWICE);
  }

  private static Shipment attemptFile(String name, Receipt receipt) {
    Ticket ticket = office.claim("POST", 1).get(0);
    Shipment shipment = transmissions.begin(ticket, "");
    transmissions.markFile(ticket.claim(), name, "d".repeat(64));
    transmissions.record(ticket, receipt, TWICE);
    return shipment;
  }

  private static Callable<Object> failing(Ticket ticket) {
    return () -> {
      transmissions.record(ticket, Receipt.failedForGood("refused", Map.of()), TWICE);
      return null;
    };
  }

  private static DeliveryId delivery(DocumentId document) {
    return office
        .jdbc()
        .sql("SELECT MIN(id) FROM delivery WHERE document_id = ?")
        .param(document.value())
        .query((rs, n) -> new DeliveryId(rs.getLong(1)))
        .single();
  }

  private static List<String> history(DocumentId document) {
    return office
        .jdbc()
        .sql(
            """
            SELECT e.state FROM delivery_event e JOIN delivery d ON d.id = e.delivery_id
            WHERE d.document_id = ? ORDER BY e.id
            """)
        .param(document.value())
        .query(String.class)
        .list();
  }
}
