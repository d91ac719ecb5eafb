package io.facteur.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.delivery.journal.Journal;
import io.facteur.delivery.journal.JournalLine.HandOver;
import io.facteur.delivery.journal.JournalLine.Numbered;
import io.facteur.delivery.journal.JournalLine.Outcome;
import io.facteur.delivery.journal.JournalLine.Result;
import io.facteur.recovery.RestoreWatch;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A restored database over HTTP: what the node's journal knows and the ledger does not. */
class HoldTest extends ApiTest {

  private static final long LOST = 50_000;

  @Autowired Journal journal;
  @Autowired RestoreWatch watch;

  @AfterEach
  void goOn() {
    if (get("/api/hold").json().get("held").asBoolean()) {
      release();
    }
    jdbc.sql("DELETE FROM lost_hand_over").update();
    jdbc.sql("DELETE FROM lost_document").update();
  }

  @Test
  void nothingIsHeldWhereLedgerAndJournalAgree() {
    invoice(contractByEmailAndPost());

    watch.atStart();

    assertThat(get("/api/hold").json().get("held").asBoolean()).isFalse();
  }

  @Test
  void whatTheJournalKnowsIsShownAndEndsAsItSaysOnceItIsReleased() {
    String invoice = invoice(contractByEmailAndPost());
    long email = transmission(invoice, "EMAIL");
    long post = transmission(invoice, "POST");
    handOver(email, invoice);
    handOver(post, invoice);
    journal.add(new Outcome(post, Result.SPOOLED));
    handOver(transmission(invoice(contractByEmailAndPost()), "EMAIL"), null);
    journal.add(
        new Outcome(
            jdbc.sql("SELECT MAX(id) - 1 FROM transmission").query(Long.class).single(),
            Result.NOT_HANDED_OVER));

    watch.atStart();

    Answer hold = get("/api/hold");
    assertThat(hold.text("/held")).isEqualTo("true");
    assertThat(hold.text("/reason")).contains("does not know what node");
    assertThat(hold.text("/counts/HANDED_OVER")).isEqualTo("2");
    assertThat(get("/api/hold/findings?kind=HANDED_OVER&sort=-subject").json().at("/items"))
        .extracting(one -> one.get("subject").asText() + " " + one.get("outcome").asText())
        .containsExactly(post + " SPOOLED", email + " UNCERTAIN");
    assertThat(get("/api/hold/findings.csv").http().body())
        .contains("HANDED_OVER," + email + ",EMAIL," + invoice);

    release();

    assertThat(state(invoice, "EMAIL")).isEqualTo("UNCERTAIN");
    assertThat(state(invoice, "POST")).isEqualTo("SPOOLED");
    assertThat(
            get("/api/deliveries?state=UNCERTAIN&document=" + invoice)
                .text("/items/0/evidence/handedOverAs"))
        .isEqualTo("t" + email + ".r1.facteur@edl.example");
  }

  @Test
  void whileItIsHeldNothingIsIssuedAndAWrongCountReleasesNothing() {
    String draft = draft(contract());
    handOver(transmission(invoice(contractByEmailAndPost()), "EMAIL"), null);
    watch.atStart();

    Answer issue = post("/api/documents/" + draft + "/issue", "{}");

    assertThat(issue.status()).isEqualTo(409);
    assertThat(issue.text("/detail")).contains("/api/hold");
    Answer release = post("/api/hold/release", "{\"count\": 7000}");
    assertThat(release.status()).isEqualTo(409);
    assertThat(release.fields()).containsExactly("count");
    assertThat(get("/api/hold").text("/held")).isEqualTo("true");
    release();
    assertThat(post("/api/documents/" + draft + "/issue", "{}").status()).isEqualTo(200);
  }

  @Test
  void numbersOfTheLostTimeAreLeftOutAndTheGapIsInTheHistory() {
    String contract = contract();
    String last = invoice(contract);
    String lost = last.replaceFirst("\\d{6}$", "000009");
    long company =
        jdbc.sql("SELECT company_id FROM document WHERE number = ?")
            .param(last)
            .query(Long.class)
            .single();
    int year = Integer.parseInt(last.replaceFirst(".*-(\\d{4})-\\d+$", "$1"));
    journal.add(
        new Numbered(
            LOST, lost, company, "I", year, 9, LocalDate.of(year, 1, 1), null, null, null));
    watch.atStart();
    assertThat(get("/api/hold/findings?kind=UNKNOWN_DOCUMENT").text("/items/0/document"))
        .isEqualTo(lost);

    release();

    assertThat(invoice(contract)).endsWith("-000010");
    assertThat(
            jdbc.sql(
                    "SELECT new_values FROM audit_event WHERE action = 'numbers.skip' ORDER BY id DESC LIMIT 1")
                .query(String.class)
                .single())
        .contains("\"lastSequence\":9")
        .contains("restored");
  }

  @Test
  void aDocumentThatWentByADeliveryOfTheLostTimeIsNotSentAgainByItself() {
    String invoice = invoice(contractByEmailAndPost());
    handOver(LOST + 1, invoice);
    watch.atStart();

    assertThat(get("/api/hold").text("/counts/UNKNOWN_DELIVERY")).isEqualTo("1");
    assertThat(get("/api/hold").text("/counts/WENT_OTHERWISE")).isEqualTo("2");
    release();

    assertThat(state(invoice, "EMAIL")).isEqualTo("UNCERTAIN");
    assertThat(state(invoice, "POST")).isEqualTo("UNCERTAIN");
    assertThat(transmission(invoice(contractByEmailAndPost()), "EMAIL"))
        .as("its id is not given again")
        .isGreaterThan(LOST + 1);
  }

  @Test
  void aNodeThatComesBackLateHoldsItOnceMore() {
    String invoice = invoice(contractByEmailAndPost());
    handOver(transmission(invoice(contractByEmailAndPost()), "EMAIL"), null);
    watch.atStart();
    release();
    long restoration = jdbc.sql("SELECT MAX(id) FROM restoration").query(Long.class).single();
    jdbc.sql("DELETE FROM restoration_node WHERE restoration_id = ?").param(restoration).update();
    jdbc.sql("UPDATE restoration SET to_beat = 9000000000000 WHERE id = ?")
        .param(restoration)
        .update();
    handOver(transmission(invoice, "EMAIL"), invoice);

    watch.beat();

    assertThat(get("/api/hold").text("/held")).isEqualTo("true");
    assertThat(get("/api/hold").text("/reason")).contains("tells of more");
  }

  private void handOver(long transmission, String document) {
    journal.add(
        new HandOver(
            transmission,
            1,
            "EMAIL",
            document,
            "t" + transmission + ".r1.facteur@edl.example",
            null,
            null));
  }

  private void release() {
    Answer released =
        post("/api/hold/release", "{\"count\": " + get("/api/hold").text("/findings") + "}");
    assertThat(released.status()).as(released.http().body()).isEqualTo(200);
    assertThat(released.text("/held")).isEqualTo("false");
  }

  private String state(String invoice, String channel) {
    return get("/api/deliveries?document=" + invoice + "&channel=" + channel)
        .text("/items/0/state");
  }

  private long transmission(String invoice, String channel) {
    return get("/api/deliveries?document=" + invoice + "&channel=" + channel)
        .json()
        .at("/items/0/transmission/id")
        .asLong();
  }
}
