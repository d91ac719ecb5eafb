package io.facteur.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.delivery.journal.Journal;
import io.facteur.delivery.journal.JournalLine.HandOver;
import io.facteur.delivery.journal.JournalLine.Numbered;
import io.facteur.delivery.journal.JournalLine.Outcome;
import io.facteur.delivery.journal.JournalLine.Result;
import io.facteur.recovery.RestoreWatch;
import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A restored database over HTTP: what the node's journal knows and the ledger does not. */
class HoldTest extends ApiTest {

  private static final long LOST = 50_000;
  private static final AtomicInteger LOST_NUMBERS = new AtomicInteger(1_000);

  @Autowired Journal journal;
  @Autowired RestoreWatch watch;

  @AfterEach
  void goOn() {
    jdbc.sql("DELETE FROM node_seen WHERE name IN ('node-elsewhere', 'node-younger')").update();
    if (get("/api/hold").json().get("held").asBoolean()) {
      release();
    }
    jdbc.sql("DELETE FROM lost_hand_over").update();
    jdbc.sql("DELETE FROM lost_document").update();
    watch.beat();
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

  @Test
  void periodsOfTheLostTimeNeedADecision() {
    lostInvoice(contract(), "2026-01-01", "2026-01-31");
    watch.atStart();
    int findings = get("/api/hold").json().get("findings").asInt();

    Answer undecided = post("/api/hold/release", "{\"count\": " + findings + "}");

    assertThat(undecided.status()).isEqualTo(400);
    assertThat(undecided.fields()).containsExactly("lostPeriods");
    assertThat(get("/api/hold").text("/held")).isEqualTo("true");
    release("\"lostPeriods\": \"BILL_AGAIN\"");
  }

  @Test
  void keptPeriodsAreNotBilledAgainAndThoseLeftOutAre() {
    String kept = contract();
    String again = contract();
    lostInvoice(kept, "2026-01-01", "2026-01-31");
    lostInvoice(kept, "2026-02-01", "2026-02-28");
    lostInvoice(again, "2026-01-01", "2026-01-31");
    watch.atStart();

    release("\"lostPeriods\": \"KEEP_BILLED\", \"billAgain\": [\"" + again + "\"]");

    assertThat(billedThrough(kept)).isEqualTo("2026-02-28");
    assertThat(billedThrough(again)).isEqualTo("null");
    assertThat(preview(kept)).contains("2026-03-01").doesNotContain("2026-01-01", "2026-02-01");
    assertThat(preview(again)).contains("2026-01-01");
    assertThat(history("contract.keep-billed")).contains("2026-02-28", "restored");
    assertThat(history("installation.release")).contains("KEEP_BILLED", "\"periodsKept\":2");
  }

  @Test
  void aPeriodAfterOneThatWasNotBilledIsNotKeptSilently() {
    String contract = contract();
    lostInvoice(contract, "2026-02-01", "2026-02-28");
    watch.atStart();
    int findings = get("/api/hold").json().get("findings").asInt();

    Answer refused =
        post(
            "/api/hold/release",
            "{\"count\": %d, \"lostPeriods\": \"KEEP_BILLED\"}".formatted(findings));

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("/detail"))
        .contains(contract, "is not billed from 2026-01-01", "billAgain");
    assertThat(get("/api/hold").text("/held")).isEqualTo("true");
    release("\"lostPeriods\": \"BILL_AGAIN\"");
  }

  @Test
  void aNodeThatHasWorkedOnTheDatabaseIsWaitedFor() {
    jdbc.sql("INSERT INTO node_seen (name) VALUES ('node-elsewhere')").update();
    handOver(transmission(invoice(contractByEmailAndPost()), "EMAIL"), null);
    watch.atStart();
    Answer hold = get("/api/hold");

    Answer refused = post("/api/hold/release", "{\"count\": " + hold.text("/findings") + "}");

    assertThat(hold.json().get("notHeard"))
        .extracting(one -> one.asText())
        .containsExactly("node-elsewhere");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.fields()).containsExactly("withoutNodes");
    release("\"withoutNodes\": [\"node-elsewhere\"]");
  }

  @Test
  void aNodeThatBeganAfterTheBackupIsWaitedForBecauseThisOneHasSeenIt() {
    jdbc.sql("INSERT INTO node_seen (name) VALUES ('node-younger')").update();
    watch.beat();
    jdbc.sql("DELETE FROM node_seen WHERE name = 'node-younger'").update(); // as in the backup
    handOver(transmission(invoice(contractByEmailAndPost()), "EMAIL"), null);

    watch.atStart();

    assertThat(get("/api/hold").json().get("notHeard"))
        .extracting(one -> one.asText())
        .containsExactly("node-younger");
    release("\"withoutNodes\": [\"node-younger\"]");
  }

  private void lostInvoice(String contract, String from, String to) {
    long id =
        jdbc.sql("SELECT id FROM contract WHERE number = ?")
            .param(contract)
            .query(Long.class)
            .single();
    long company =
        jdbc.sql("SELECT company_id FROM contract WHERE id = ?")
            .param(id)
            .query(Long.class)
            .single();
    int sequence = LOST_NUMBERS.incrementAndGet();
    journal.add(
        new Numbered(
            LOST + 100 + sequence,
            "LOST-" + sequence,
            company,
            "I",
            2026,
            sequence,
            LocalDate.parse(from),
            id,
            LocalDate.parse(from),
            LocalDate.parse(to)));
  }

  private String billedThrough(String contract) {
    return get("/api/contracts/" + contract).json().at("/schedule/billedThrough").asText("null");
  }

  private String preview(String contract) {
    String company = get("/api/contracts/" + contract).text("/company");
    return post(
            "/api/runs",
            """
            {"kind": "BILLING", "company": "%s", "asOf": "2026-04-15", "preview": true}
            """
                .formatted(company),
            "Accept",
            "application/x-ndjson",
            "Content-Type",
            "application/json")
        .http()
        .body();
  }

  private String history(String action) {
    return jdbc.sql("SELECT new_values FROM audit_event WHERE action = ? ORDER BY id DESC LIMIT 1")
        .param(action)
        .query(String.class)
        .single();
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
    release("\"lostPeriods\": \"BILL_AGAIN\"");
  }

  private void release(String decided) {
    Answer released =
        post(
            "/api/hold/release",
            "{\"count\": %s, %s}".formatted(get("/api/hold").text("/findings"), decided));
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
