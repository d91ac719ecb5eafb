package io.facteur.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.delivery.Claim;
import io.facteur.delivery.Node;
import io.facteur.delivery.Receipt;
import io.facteur.delivery.Ticket;
import io.facteur.delivery.TransmissionId;
import io.facteur.delivery.Transmissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Deliveries over HTTP: who got what, and what people decide about it. */
class DeliveriesTest extends ApiTest {

  @Autowired Transmissions transmissions;
  @Autowired Node node;

  @Test
  void aDeliveryIsShownWithItsHistoryAndEvidence() {
    String invoice = invoice(contractByEmailAndPost());
    String id = email(invoice);
    came(id, Receipt.sent(Map.of("smtpReply", "250 2.0.0 ok")));

    Answer answer = get("/api/deliveries/" + id);

    assertThat(answer.text("/document")).isEqualTo(invoice);
    assertThat(answer.text("/state")).isEqualTo("SENT");
    assertThat(answer.text("/origin")).startsWith("definition:");
    assertThat(answer.text("/recipient/to/0")).endsWith("@dupont.example");
    assertThat(answer.text("/recipient/rule")).isEqualTo("ADDR-2d general address");
    assertThat(answer.text("/transmission/messageId")).isEqualTo("<" + id + "@edl.example>");
    assertThat(answer.text("/transmission/attempts")).isEqualTo("1");
    assertThat(answer.json().at("/history").findValuesAsText("state"))
        .containsExactly("QUEUED", "SENDING", "SENT");
    assertThat(answer.text("/history/0/actor")).isEqualTo("admin");
    assertThat(answer.text("/history/2/evidence/smtpReply")).isEqualTo("250 2.0.0 ok");
  }

  @Test
  void deliveriesAreFilteredAndSorted() {
    String invoice = invoice(contractByEmailAndPost());
    String company = get("/api/documents/" + invoice).text("/company");
    came(email(invoice), Receipt.failedForGood("mailbox unknown (550 5.1.1)", Map.of()));

    Answer failed = get("/api/deliveries?company=" + company + "&state=FAILED");

    assertThat(failed.json().get("total").asInt()).isEqualTo(1);
    assertThat(failed.text("/items/0/reason")).isEqualTo("mailbox unknown (550 5.1.1)");
    assertThat(failed.json().at("/items/0").has("history")).isFalse();
    assertThat(
            get("/api/deliveries?document=" + invoice + "&sort=-channel")
                .json()
                .findValuesAsText("channel"))
        .containsExactly("POST", "EMAIL");
    assertThat(get("/api/deliveries?document=" + invoice + "&channel=POST").text("/total"))
        .isEqualTo("1");
    assertThat(get("/api/deliveries?document=" + invoice + "&role=INDIVIDUAL").text("/total"))
        .isEqualTo("0");
    assertThat(get("/api/deliveries?document=" + invoice + "&run=1").text("/total")).isEqualTo("0");
  }

  @ParameterizedTest
  @CsvSource({
    "document=NO-1,  document",
    "company=NOBODY, company",
    "state=GONE,     state",
    "role=KING,      role",
    "run=first,      run",
    "sort=recipient, sort",
    "size=1000,      size",
  })
  void wrongFiltersAreNamed(String query, String field) {
    Answer answer = get("/api/deliveries?" + query);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.fields()).containsExactly(field);
  }

  @Test
  void aFinishedDeliveryIsSentAgainAsItsNextRevision() {
    String invoice = invoice(contractByEmailAndPost());
    String id = email(invoice);
    String path = "/api/deliveries/" + id + "/resend";
    assertThat(post(path, null).status()).as("it is under way").isEqualTo(409);
    came(id, Receipt.sent(Map.of()));
    String key = unique("resend-");

    Answer again = post(path, null, "Idempotency-Key", key);
    Answer replayed = post(path, null, "Idempotency-Key", key);

    assertThat(again.status()).as(again.http().body()).isEqualTo(201);
    assertThat(again.text("/revision")).isEqualTo("2");
    assertThat(again.text("/state")).isEqualTo("QUEUED");
    assertThat(again.text("/history/0/actor")).isEqualTo("admin");
    assertThat(replayed.header("Location")).isEqualTo(again.header("Location"));
    assertThat(get("/api/documents/" + invoice + "/deliveries").json()).hasSize(3);
    assertThat(post(path, null).text("/detail")).contains("later revision");
  }

  @Test
  void whatWaitsIsGivenUpForTheReasonGiven() {
    String id = email(invoice(contractByEmailAndPost()));
    String path = "/api/deliveries/" + id + "/cancel";

    Answer answer = post(path, "{\"reason\": \"handed over at the counter\"}");

    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    assertThat(answer.text("/state")).isEqualTo("CANCELLED");
    assertThat(answer.text("/reason")).isEqualTo("handed over at the counter");
    assertThat(answer.text("/history/1/actor")).isEqualTo("admin");
    assertThat(post(path, "{\"reason\": \"again\"}").text("/reason"))
        .isEqualTo("handed over at the counter");
    assertThat(post(path, "{}").fields()).containsExactly("reason");
    assertThat(post("/api/deliveries/999999999/cancel", "{\"reason\": \"x\"}").status())
        .isEqualTo(404);
  }

  @Test
  void whatHasComeToAnotherEndIsNotGivenUp() {
    String id = email(invoice(contractByEmailAndPost()));
    came(id, Receipt.sent(Map.of()));

    Answer answer = post("/api/deliveries/" + id + "/cancel", "{\"reason\": \"too late\"}");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.text("/detail")).contains("is SENT");
  }

  @Test
  void anUncertainDeliveryIsSettledByEvidence() {
    String sent = email(invoice(contractByEmailAndPost()));
    came(sent, Receipt.uncertain("connection lost after the final dot", Map.of()));
    String lost = email(invoice(contractByEmailAndPost()));
    came(lost, Receipt.uncertain("connection lost after the final dot", Map.of()));

    Answer yes = resolve(sent, "{\"outcome\": \"SENT\", \"evidence\": \"relay log, 250 Ok\"}");
    Answer no = resolve(lost, "{\"outcome\": \"NOT_SENT\", \"evidence\": \"not in its log\"}");

    assertThat(yes.status()).as(yes.http().body()).isEqualTo(200);
    assertThat(yes.text("/state")).isEqualTo("SENT");
    assertThat(yes.text("/evidence/proof")).isEqualTo("relay log, 250 Ok");
    assertThat(yes.text("/evidence/settledBy")).isEqualTo("admin");
    assertThat(no.text("/state")).isEqualTo("FAILED");
    assertThat(resolve(sent, "{\"outcome\": \"NOT_SENT\", \"evidence\": \"x\"}").status())
        .as("it is settled")
        .isEqualTo(409);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"outcome": "PERHAPS", "evidence": "x"} | outcome
          {"outcome": "SENT"}                     | evidence
          {"outcome": "SENT", "evidence": " "}    | evidence
          {"evidence": "x"}                       | outcome
          """)
  void aSettlementNeedsAnOutcomeAndEvidence(String body, String field) {
    String id = email(invoice(contractByEmailAndPost()));
    came(id, Receipt.uncertain("connection lost after the final dot", Map.of()));

    Answer answer = resolve(id, body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.fields()).containsExactly(field);
    assertThat(get("/api/deliveries/" + id).text("/state")).isEqualTo("UNCERTAIN");
  }

  @Test
  void whatIsNotUncertainIsNotSettled() {
    String id = email(invoice(contractByEmailAndPost()));
    long events = count("delivery_event");

    Answer answer = resolve(id, "{\"outcome\": \"SENT\", \"evidence\": \"x\"}");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.text("/detail")).contains("QUEUED");
    assertThat(count("delivery_event")).isEqualTo(events);
  }

  @Test
  void aRelaysLogSettlesWhatItProvesAndLeavesTheRest() {
    String proved = email(invoice(contractByEmailAndPost()));
    came(proved, Receipt.uncertain("connection lost after the final dot", Map.of()));
    String other = email(invoice(contractByEmailAndPost()));
    came(other, Receipt.uncertain("connection lost after the final dot", Map.of()));
    String log =
        """
        Mar  2 10:00:01 mx postfix/cleanup[71]: 4F3A12: message-id=<%s@edl.example>
        Mar  2 10:00:02 mx postfix/smtp[72]: 4F3A12: to=<a@b.example>, dsn=5.1.1, status=bounced (unknown)
        """
            .formatted(proved);

    Answer answer = post("/api/deliveries/resolve", log, "Content-Type", "text/plain");

    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    assertThat(answer.text("/settled/0/delivery")).isEqualTo(proved);
    assertThat(answer.text("/settled/0/outcome")).isEqualTo("NOT_SENT");
    assertThat(answer.json().get("left").asInt()).isPositive();
    Answer delivery = get("/api/deliveries/" + proved);
    assertThat(delivery.text("/state")).isEqualTo("FAILED");
    assertThat(delivery.text("/evidence/proof")).contains("status=bounced").contains("message-id=");
    assertThat(get("/api/deliveries/" + other).text("/state")).isEqualTo("UNCERTAIN");
  }

  @Test
  void whatIsNoLogOfAMailServerIsRefused() {
    Answer answer =
        post("/api/deliveries/resolve", "Dear sirs, it came.", "Content-Type", "text/plain");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.http().body()).contains("has no line of Postfix that names a mail");
  }

  @Test
  void unknownDeliveriesAreNotFound() {
    assertThat(get("/api/deliveries/999999999").status()).isEqualTo(404);
    assertThat(post("/api/deliveries/999999999/resend", null).status()).isEqualTo(404);
    assertThat(resolve("999999999", "{\"outcome\": \"SENT\", \"evidence\": \"x\"}").status())
        .isEqualTo(404);
    assertThat(get("/api/deliveries/first").text("/detail")).contains("a whole number");
  }

  private Answer resolve(String id, String body) {
    return post("/api/deliveries/" + id + "/resolve", body);
  }

  private String email(String invoice) {
    return get("/api/deliveries?channel=EMAIL&document=" + invoice).text("/items/0/id");
  }

  /** Lets a delivery be claimed, sent and come out so. */
  private void came(String delivery, Receipt receipt) {
    long transmission =
        jdbc.sql("SELECT transmission_id FROM delivery WHERE id = ?")
            .param(delivery)
            .query(Long.class)
            .single();
    jdbc.sql(
            """
            UPDATE transmission SET state = 'CLAIMED', node = ?, fence = 1,
              lease_until = UTC_TIMESTAMP(6) + INTERVAL 5 MINUTE
            WHERE id = ?
            """)
        .params(node.name(), transmission)
        .update();
    Claim claim = new Claim(new TransmissionId(transmission), node.name(), 1);
    Ticket ticket = new Ticket(claim, "INVOICE-EMAIL-CONTRACTING_PARTY");
    transmissions.begin(ticket, "");
    transmissions.mark(claim, "<" + delivery + "@edl.example>");
    transmissions.record(ticket, receipt, null);
  }
}
