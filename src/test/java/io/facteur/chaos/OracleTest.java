package io.facteur.chaos;

import static io.facteur.chaos.Verdict.Kind.DOUBLED;
import static io.facteur.chaos.Verdict.Kind.FILE;
import static io.facteur.chaos.Verdict.Kind.LOST;
import static io.facteur.chaos.Verdict.Kind.UNCERTAIN_MISSING;
import static io.facteur.chaos.Verdict.Kind.UNCERTAIN_UNEXPLAINED;
import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.chaos.Ledger.Contract;
import io.facteur.chaos.Ledger.Delivery;
import io.facteur.chaos.Ledger.Document;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The oracle of the chaos profile finds each kind of wrong there is, in made-up records. */
class OracleTest {

  private static final Instant START = Instant.parse("2026-03-02T10:00:00Z");

  private final List<Contract> contracts = new ArrayList<>();
  private final List<Document> documents = new ArrayList<>();
  private final List<Delivery> deliveries = new ArrayList<>();
  private final List<MailSeen> mails = new ArrayList<>();
  private final List<FileTaken> files = new ArrayList<>();
  private final List<Disturbance> disturbances = new ArrayList<>();

  @Test
  void findsNothingWhereEverythingArrivedOnce() {
    mail(1, "SENT");
    attempt(1).answered().is();
    file(2, "PRINTED");
    taken(2, true);
    mail(3, "FAILED");
    fallback(3, 4, "PRINTED");
    taken(4, true);

    assertThat(judge().findings()).isEmpty();
  }

  @Test
  void findsALostMail() {
    mail(1, "SENT");

    assertThat(kinds()).containsExactly(LOST);
  }

  @Test
  void findsADeliveryThatHasNotEnded() {
    mail(1, "QUEUED");

    assertThat(kinds()).isNotEmpty().containsOnly(LOST);
  }

  @Test
  void findsAContractThatWasNotBilledOneBilledTwiceAndAGapInTheNumbers() {
    contracts.add(new Contract(100, Set.of()));
    mail(1, "SENT");
    attempt(1).answered().is();
    documents.add(new Document(20, 1, "ISSUED", "1/R/2026", 3L));

    assertThat(kinds()).containsExactlyInAnyOrder(LOST, DOUBLED, LOST, LOST);
  }

  @Test
  void findsAMailThatWasAcceptedTwice() {
    mail(1, "SENT");
    attempt(1).answered().is();
    attempt(1).later(20).answered().is();

    assertThat(kinds()).contains(DOUBLED).containsOnly(DOUBLED);
  }

  @Test
  void findsASecondMailToAMailboxUnderAnotherMessageId() {
    mail(1, "SENT");
    attempt(1).answered().is();
    attempt(2).to("customer1").answered().is();

    assertThat(kinds()).containsExactlyInAnyOrder(DOUBLED, DOUBLED);
  }

  @Test
  void findsALetterBesideTheMailThatItWasToReplace() {
    mail(1, "FAILED");
    attempt(1).answered().is();
    fallback(1, 2, "PRINTED");
    taken(2, true);

    assertThat(kinds()).containsExactlyInAnyOrder(DOUBLED, DOUBLED);
  }

  @Test
  void findsARoleThatNothingReachedAndNoLetter() {
    mail(1, "FAILED");

    assertThat(kinds()).containsExactly(LOST);
  }

  @Test
  void findsAnUncertainOneThatNothingExplains() {
    mail(1, "UNCERTAIN");
    attempt(1).answered().is();
    killed("node-b", 1);
    killed("node-a", 60);

    assertThat(kinds()).containsExactly(UNCERTAIN_UNEXPLAINED);
  }

  @Test
  void findsTheMissingUncertainOneWhoseAnswerWasLost() {
    mail(1, "SENT");
    attempt(1).accepted().is();

    assertThat(kinds()).containsExactly(UNCERTAIN_MISSING);
  }

  @Test
  void findsTheMissingUncertainOneWhoseNodeWasKilledBeforeItCouldHearTheAnswer() {
    mail(1, "SENT");
    killed("node-a", 2);
    attempt(1).dotAt(1).answeredAt(3).is();

    assertThat(kinds()).containsExactly(UNCERTAIN_MISSING);
  }

  @Test
  void findsAnOpenOneThatWasSentAgainThoughTheFirstWasNotAccepted() {
    mail(1, "SENT");
    attempt(1).dotAt(1).is();
    attempt(1).later(30).answered().is();

    assertThat(kinds()).containsExactly(UNCERTAIN_MISSING);
  }

  @Test
  void explainsUncertainOnesByTheLostAnswerTheKillTheFreezeAndTheCut() {
    mail(1, "UNCERTAIN");
    attempt(1).accepted().is();
    mail(2, "UNCERTAIN");
    attempt(2).answered().is();
    killed("node-a", 3);
    mail(3, "UNCERTAIN");
    attempt(3).later(100).answered().is();
    disturbances.add(new Disturbance(Disturbance.Kind.FROZEN, "node-a", at(101), at(130)));
    mail(4, "UNCERTAIN");
    attempt(4).later(200).cut().is();

    Verdict verdict = judge();

    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.uncertainFound()).isEqualTo(4);
    assertThat(verdict.uncertainCertain()).isEqualTo(1);
    assertThat(verdict.uncertainPossible()).isEqualTo(3);
  }

  @Test
  void findsALostFileADoubledOneAndOneThatWasNotAnnounced() {
    file(1, "PRINTED");
    file(2, "PRINTED");
    taken(2, true);
    taken(2, true);
    files.add(new FileTaken("POST", "post-0000000099-r1.pdf", START, "h", "h", 99, true));

    assertThat(kinds()).containsExactlyInAnyOrder(LOST, DOUBLED, DOUBLED);
  }

  @Test
  void findsAFileThatWasNotWholeAndOneThatItsConsumerHasRefused() {
    file(1, "PRINTED");
    files.add(new FileTaken("POST", name(1), START, "half", "whole", 1, true));
    file(2, "PRINTED");
    taken(2, false);

    assertThat(kinds()).containsExactlyInAnyOrder(FILE, FILE, FILE);
  }

  private Verdict judge() {
    return Oracle.judge(new Ledger(contracts, documents, deliveries), mails, files, disturbances);
  }

  private List<Verdict.Kind> kinds() {
    return judge().findings().stream().map(Verdict.Finding::kind).toList();
  }

  private void mail(long id, String state) {
    delivery(id, id, "definition:" + id, "EMAIL", state);
  }

  private void file(long id, String state) {
    delivery(id, id, "definition:" + id, "POST", state);
  }

  private void fallback(long document, long id, String state) {
    delivery(document, id, "fallback:CONTRACTING_PARTY", "POST", state);
  }

  private void delivery(long document, long id, String origin, String channel, String state) {
    if (origin.startsWith("definition:")) {
      contracts.add(new Contract(document, Set.of(origin)));
      documents.add(new Document(document, document, "ISSUED", "1/R/2026", documents.size() + 1L));
    }
    boolean mail = channel.equals("EMAIL");
    deliveries.add(
        new Delivery(
            id,
            document,
            origin,
            1,
            channel,
            "CONTRACTING_PARTY",
            state,
            false,
            "why",
            id,
            state.equals("QUEUED") ? "WAITING" : "ENDED",
            mail ? messageId(id) : null,
            mail ? null : name(id),
            mail ? null : "hash" + id));
  }

  private void taken(long delivery, boolean done) {
    files.add(
        new FileTaken(
            "POST", name(delivery), START, "hash" + delivery, "hash" + delivery, delivery, done));
  }

  private void killed(String node, int second) {
    disturbances.add(new Disturbance(Disturbance.Kind.KILLED, node, at(second), at(second)));
  }

  private Attempt attempt(long transmission) {
    return new Attempt(transmission);
  }

  private static String messageId(long transmission) {
    return "<t" + transmission + ".r1.facteur@acme.example>";
  }

  private static String name(long transmission) {
    return "post-%010d-r1.pdf".formatted(transmission);
  }

  private static Instant at(int second) {
    return START.plusSeconds(second);
  }

  /** One attempt: begun at 0 s, its dot at 1 s, answered at 2 s, unless said otherwise. */
  private final class Attempt {
    private final long transmission;
    private String mailbox;
    private int offset;
    private Integer dot;
    private Integer answer;
    private boolean accepted;
    private String fault;

    Attempt(long transmission) {
      this.transmission = transmission;
      mailbox = "customer" + transmission;
    }

    Attempt to(String recipient) {
      mailbox = recipient;
      return this;
    }

    Attempt later(int seconds) {
      offset = seconds;
      return this;
    }

    Attempt dotAt(int second) {
      dot = second;
      return this;
    }

    Attempt answeredAt(int second) {
      answer = second;
      accepted = true;
      return this;
    }

    Attempt accepted() {
      accepted = true;
      return dotAt(1);
    }

    Attempt answered() {
      return dotAt(1).answeredAt(2);
    }

    Attempt cut() {
      fault = "DATA: HANG UP IN CONTENT";
      return this;
    }

    void is() {
      mails.add(
          new MailSeen(
              messageId(transmission),
              "node-a",
              List.of(mailbox),
              at(offset),
              dot == null ? null : at(offset + dot),
              accepted,
              answer == null ? null : at(offset + answer),
              at(offset + 3),
              fault,
              "hash"));
    }
  }
}
