package io.facteur.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.facteur.delivery.Claim;
import io.facteur.delivery.Node;
import io.facteur.delivery.Receipt;
import io.facteur.delivery.Ticket;
import io.facteur.delivery.TransmissionId;
import io.facteur.delivery.Transmissions;
import io.facteur.testing.TextScan;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A contact is erased: what goes, what stays, and what stands in the way (GDPR art. 17). */
class ErasureTest extends ApiTest {

  private static final String REASON = "{\"reason\": \"asked for by letter of 3 May 2026\"}";

  /** Frozen when the documents were issued. */
  private static final Set<String> KEPT =
      Set.of(
          "document.buyer",
          "document.buyer_reference",
          "document.deliver_to",
          "document.mandate",
          "document.note",
          "document_line.description");

  @Autowired Transmissions transmissions;
  @Autowired Node node;
  @Autowired PlatformTransactionManager transactionManager;

  /** Somebody with texts of their own in every place that takes one. */
  private final class Somebody {
    private final String id = unique("zq");
    private final String code = unique("C-");
    private final String person = unique("P-");
    private final String company = company();
    private final String contract = unique("V-");
    private final String general = "general." + id + "@Bramble.example";
    private final String old = "old." + id + "@bramble.example";
    private final String to = "to_" + id + "@bramble.example";
    private final String cc = "cc." + id + "@bramble.example";
    private final String bcc = "bcc." + id + "@bramble.example";
    private final String reminder = "reminder." + id + "@bramble.example";
    private final String home = "home." + id + "@home.example";
    private final String personal = "personal." + id + "@home.example";
    private final String byHand = "hand." + id + "@elsewhere.example";
    private final String once = "once." + id + "@elsewhere.example";
    private final String name = "Brambleworth" + id;
    private final String additional = "c/o Fenwick" + id;
    private final String street = "17 rue de l'Obélisque " + id;
    private final String phone = "+33 6 " + id;
    private final String first = "Ottoline" + id;
    private final String registration = "R" + id;
    private final String endpoint = "E" + id;
    private final String reference = "PO-" + id;
    private final String mandate = "M-" + id;
    private final String vatId = "FR9988" + id.toUpperCase(Locale.ROOT);
    private String invoice;

    /** Everything by which it could be known. */
    private List<String> tellings() {
      return List.of(
          general,
          old,
          to,
          cc,
          bcc,
          reminder,
          home,
          personal,
          byHand,
          once,
          name,
          additional,
          street,
          phone,
          first,
          registration,
          endpoint,
          reference,
          mandate,
          vatId,
          id);
    }

    private void arrives() {
      ok(
          post(
              "/api/contacts",
              """
              {"code": "%s", "company": "%s", "name": "%s SARL", "additionalName": "%s",
               "address": {"street": "%s", "postcode": "69001", "city": "Lyon %s", "country": "FR"},
               "vatId": "%s", "registrationId": "%s", "registrationScheme": "0002",
               "endpoint": {"scheme": "0088", "id": "%s"}, "buyerReference": "%s",
               "mandate": {"reference": "%s", "iban": "FR7630006000011234567890189"},
               "addresses": {"general": "%s"}}
              """
                  .formatted(
                      code,
                      company,
                      name,
                      additional,
                      street,
                      id,
                      vatId,
                      registration,
                      endpoint,
                      reference,
                      mandate,
                      old),
              "Idempotency-Key",
              unique("key-")));
      ok(
          put(
              "/api/contacts/" + code + "/addresses",
              """
              {"general": "%s", "reminder": ["%s"],
               "documents": [{"types": ["INVOICE"], "to": ["%s"], "cc": ["%s"], "bcc": ["%s"]}],
               "places": [{"kind": "EMAIL", "place": "PRIVATE", "value": "%s"},
                 {"kind": "MOBILE", "place": "PRIVATE", "value": "%s"}]}
              """
                  .formatted(general, reminder, to, cc, bcc, home, phone)));
      ok(
          post(
              "/api/contacts",
              """
              {"code": "%s", "company": "%s", "kind": "PERSON", "organisation": "%s",
               "primaryPerson": true, "name": "%s Fenwick",
               "addresses": {"general": "%s",
                 "places": [{"kind": "EMAIL", "place": "PRIVATE", "value": "%s"}]}}
              """
                  .formatted(person, company, code, first, personal, personal)));
      ok(
          put(
              "/api/contacts/" + code + "/consent",
              "{\"refused\": false, \"proof\": \"phone call with %s\"}".formatted(first)));
    }

    private void isBilled() {
      String json =
          contractJson(contract, company, code)
              .replace(
                  "\"name\": \"Abonnement\"",
                  "\"name\": \"Abonnement\", \"description\": \"Jardin de " + name + "\"")
              .replaceFirst("\\{", "{\"buyerReference\": \"" + reference + "\", ");
      ok(post("/api/contracts", json));
      String definitions = "/api/contracts/" + contract + "/dispatch-definitions";
      define(definitions, "EMAIL", "CONTRACTING_PARTY", "");
      define(definitions, "POST", "CONTRACTING_PARTY", "");
      define(definitions, "EMAIL", "INDIVIDUAL", ", \"address\": \"" + home + "\"");
      Answer removed =
          define(definitions, "EMAIL", "INDIVIDUAL", ", \"address\": \"" + personal + "\"");
      assertThat(call("DELETE", removed.header("Location"), null).status()).isEqualTo(204);
      String draft =
          draftJson(contract)
              .replace(
                  "\"name\": \"Abonnement\"",
                  "\"name\": \"Abonnement\", \"description\": \"Jardin de " + name + "\"")
              .replaceFirst("\\{", "{\"note\": \"for " + name + "\", ");
      Answer made = post("/api/documents", draft, "Idempotency-Key", unique("key-"));
      ok(made);
      invoice =
          post(
                  "/api/documents/" + made.text("/id") + "/issue",
                  "{}",
                  "Idempotency-Key",
                  unique("k"))
              .text("/number");
      ok(
          put(
              "/api/documents/" + invoice + "/addresses",
              "{\"to\": [\"%s\", \"%s\"], \"saveAddress\": \"DOCUMENT\"}".formatted(to, byHand)));
    }

    private Answer define(String path, String channel, String role, String address) {
      Answer answer =
          post(
              path,
              "{\"domain\": \"INVOICE\", \"channel\": \"%s\", \"role\": \"%s\"%s}"
                  .formatted(channel, role, address));
      ok(answer);
      return answer;
    }

    private void isReached() {
      for (JsonNode delivery : get("/api/documents/" + invoice + "/deliveries").json()) {
        String channel = delivery.get("channel").asText();
        came(
            delivery.get("id").asText(),
            channel.equals("POST")
                ? Receipt.failedForGood(
                    "returned: " + first + " has moved", Map.of("file", "p.pdf"))
                : Receipt.sent(
                    Map.of(
                        "smtpReply", "250 2.1.5 <" + to + "> and general." + id + " accepted",
                        "refused", cc.toUpperCase(Locale.ROOT) + ": 550 5.1.1 no " + cc,
                        "messageId", "<kept-" + delivery.get("id") + "@edl.example>")));
      }
      Answer sent =
          post(
              "/api/documents/" + invoice + "/send",
              "{\"to\": [\"%s\"], \"saveAddress\": \"NO\"}".formatted(once),
              "Idempotency-Key",
              unique("key-"));
      ok(sent);
      came(sent.text("/delivery/id"), Receipt.uncertain("connection lost", Map.of()));
      ok(
          post(
              "/api/deliveries/" + sent.text("/delivery/id") + "/resolve",
              "{\"outcome\": \"SENT\", \"evidence\": \"%s says that %s has it\"}"
                  .formatted(first, once)));
      ok(
          post(
              "/api/suspended-addresses",
              "{\"company\": \"%s\", \"address\": \"%s\", \"reason\": \"mailbox full\"}"
                  .formatted(company, cc)));
      jdbc.sql(
              """
              INSERT INTO run (kind, company_id, as_of, state, started_by, finished_at)
              SELECT 'BILLING', id, '2026-01-01', 'COMPLETED', 'x', UTC_TIMESTAMP(6) FROM company
              WHERE code = ?
              """)
          .param(company)
          .update();
      jdbc.sql(
              """
              INSERT INTO run_problem (run_id, contract_id, kind, reason)
              SELECT MAX(r.id), k.id, 'CONTRACT', ? FROM run r, contract k WHERE k.number = ?
              GROUP BY k.id
              """)
          .params("no rate for " + name, contract)
          .update();
    }

    private void leaves() {
      String path = "/api/contracts/" + contract;
      String ended =
          get(path)
              .http()
              .body()
              .replaceFirst(
                  "\"start\":\"[^\"]*\"", "\"start\":\"2020-01-01\",\"end\":\"2020-03-31\"")
              .replaceFirst(
                  "\"timing\":\"ADVANCE\"",
                  "\"timing\":\"ADVANCE\",\"billedThrough\":\"2020-03-31\"");
      ok(put(path, ended));
    }
  }

  private Somebody gone() {
    Somebody somebody = new Somebody();
    somebody.arrives();
    somebody.isBilled();
    somebody.isReached();
    somebody.leaves();
    return somebody;
  }

  @Test
  void nothingThatTellsOfTheContactIsLeftInAnyColumnButInIssuedDocuments() {
    Somebody somebody = gone();
    Set<String> before = columns(TextScan.find(jdbc, somebody.tellings()));

    Answer erased =
        post("/api/contacts/" + somebody.code + "/erase", REASON, "Idempotency-Key", unique("k"));

    assertThat(erased.status()).as(erased.http().body()).isEqualTo(200);
    assertThat(before)
        .as("the scan finds what is there")
        .contains(
            "audit_event.new_values",
            "audit_event.old_values",
            "communication_place.value",
            "contact.additional_name",
            "contact.buyer_reference",
            "contact.city",
            "contact.endpoint_id",
            "contact.general_email",
            "contact.mandate_reference",
            "contact.name",
            "contact.registration_id",
            "contact.street",
            "contact.vat_id",
            "contact_document_mailbox.address",
            "contact_reminder_address.address",
            "contract.buyer_reference",
            "contract_line.description",
            "delivery.evidence",
            "delivery.given_mailboxes",
            "delivery.individual_address",
            "delivery.reason",
            "delivery.recipient",
            "delivery_event.evidence",
            "delivery_event.reason",
            "dispatch_definition.individual_address",
            "dispatch_definition.recipient",
            "document_mailbox.address",
            "idempotent_request.response",
            "run_problem.reason",
            "suspended_address.address",
            "suspended_address.address_key",
            "used_mailbox.mailbox")
        .containsAll(
            KEPT.stream().filter(column -> !column.equals("document.deliver_to")).toList());
    assertThat(TextScan.find(jdbc, somebody.tellings()))
        .as("left after the erasure")
        .allMatch(found -> KEPT.contains(column(found)), "stands in a kept document");
  }

  @Test
  void theHistoryCanStillBeFollowedUnderPseudonyms() {
    Somebody somebody = gone();
    JsonNode before = get("/api/documents/" + somebody.invoice + "/deliveries").json();
    String email = before.at("/0/id").asText();
    JsonNode sent = get("/api/deliveries/" + email).json();

    JsonNode answer = erase(somebody).json();

    JsonNode after = get("/api/deliveries/" + email).json();
    String to = after.at("/recipient/to/0").asText();
    String other = after.at("/recipient/to/1").asText();
    assertThat(to).matches("erased-\\d+-\\d+@erased\\.invalid");
    assertThat(other).matches("erased-\\d+-\\d+@erased\\.invalid").isNotEqualTo(to);
    assertThat(after.at("/evidence/smtpReply").asText())
        .isEqualTo("250 2.1.5 <" + to + "> and erased accepted");
    assertThat(after.at("/evidence/refused").asText())
        .matches("(erased-\\d+-\\d+@erased\\.invalid): 550 5\\.1\\.1 no \\1");
    assertThat(after.at("/evidence/messageId")).isEqualTo(sent.at("/evidence/messageId"));
    assertThat(after.at("/recipient/name").asText()).isEqualTo("erased");
    assertThat(after.at("/recipient/rule")).isEqualTo(sent.at("/recipient/rule"));
    assertThat(after.get("history")).hasSameSizeAs(sent.get("history"));
    for (String field : new String[] {"at", "state", "actor"}) {
      assertThat(after.get("history").findValuesAsText(field))
          .isEqualTo(sent.get("history").findValuesAsText(field));
    }
    assertThat(after.at("/history/2/evidence/smtpReply"))
        .isEqualTo(after.at("/evidence/smtpReply"));
    JsonNode letter = get("/api/documents/" + somebody.invoice + "/deliveries").json().get(1);
    assertThat(letter.get("reason").asText()).isEqualTo("returned: erased has moved");
    assertThat(letter.at("/evidence/file").asText()).isEqualTo("p.pdf");
    assertThat(get("/api/documents/" + somebody.invoice + "/deliveries").json())
        .hasSameSizeAs(before);
    assertThat(answer.at("/erased/deliveries").asInt()).isEqualTo(before.size());
  }

  @Test
  void theAnswerSaysWhatWasErasedAndWhatIsKeptUntilWhen() {
    Somebody somebody = gone();
    int year =
        Integer.parseInt(
            get("/api/documents/" + somebody.invoice).text("/issueDate").substring(0, 4));

    Answer answer = erase(somebody);

    assertThat(answer.text("/code")).isEqualTo(somebody.code);
    assertThat(answer.text("/erased/people")).isEqualTo("1");
    assertThat(answer.text("/erased/addresses")).isEqualTo("10");
    assertThat(answer.text("/erased/documentAddresses")).isEqualTo("1");
    assertThat(answer.text("/erased/definitions")).isEqualTo("1");
    assertThat(answer.text("/erased/suspendedAddresses")).isEqualTo("1");
    assertThat(answer.text("/erased/deliveries")).isEqualTo("4");
    assertThat(answer.json().at("/erased/answers").asInt()).isGreaterThanOrEqualTo(3);
    assertThat(answer.json().at("/kept")).hasSize(1);
    assertThat(answer.text("/kept/0/until")).isEqualTo((year + 10) + "-12-31");
    assertThat(answer.text("/kept/0/numbers/0")).isEqualTo(somebody.invoice);
    assertThat(answer.json().at("/sharedWith")).isEmpty();
    Answer contact = get("/api/contacts/" + somebody.code);
    assertThat(contact.text("/erasedAt")).isEqualTo(answer.text("/erasedAt"));
    assertThat(contact.text("/name")).isEqualTo("erased");
    assertThat(get("/api/contacts/" + somebody.person).text("/erasedAt")).isNotEmpty();
    assertThat(get("/api/documents/" + somebody.invoice).text("/buyer/name"))
        .isEqualTo(somebody.name + " SARL");
  }

  @Test
  void theAuditKeepsWhoErasedWhyAndHowMuch() {
    Somebody somebody = gone();

    erase(somebody);

    List<String> entries =
        jdbc.sql(
                """
                SELECT CONCAT(action, ' by ', actor, ': ', new_values) FROM audit_event
                WHERE subject = ? ORDER BY id
                """)
            .param("contact:" + somebody.code)
            .query(String.class)
            .list();
    assertThat(entries.get(0)).startsWith("contact.create by admin: ").contains("\"CUSTOMER\"");
    assertThat(entries.get(entries.size() - 1))
        .startsWith("contact.erase by admin: ")
        .contains("\"reason\":\"asked for by letter of 3 May 2026\"")
        .contains("\"deliveries\":4");
  }

  @Test
  void ofAnAuditThatIsErasedWhichAddressWasChangedStaysToBeSeen() {
    Somebody somebody = gone();

    erase(somebody);

    String change =
        jdbc.sql(
                """
                SELECT CONCAT(JSON_VALUE(c.new_values, '$.addresses.general'), ' ',
                  JSON_VALUE(a.old_values, '$.general'), ' ', JSON_VALUE(a.new_values, '$.general'))
                FROM audit_event c JOIN audit_event a ON a.subject = c.subject
                WHERE c.subject = ? AND c.action = 'contact.create' AND a.action = 'contact.addresses'
                """)
            .param("contact:" + somebody.code)
            .query(String.class)
            .single();
    assertThat(change)
        .matches("(erased-\\d+-\\d+@erased\\.invalid) \\1 erased-\\d+-\\d+@erased\\.invalid");
  }

  @Test
  void historyIsStillOnlyAddedToByAnybodyElse() {
    Somebody somebody = gone();

    erase(somebody);

    // Whichever connection of the pool has erased is among these.
    for (int i = 0; i < 12; i++) {
      assertThatThrownBy(() -> jdbc.sql("UPDATE delivery_event SET reason = 'x'").update())
          .hasMessageContaining("history is only added to");
    }
    assertThatThrownBy(() -> jdbc.sql("DELETE FROM delivery_event LIMIT 1").update())
        .hasMessageContaining("history is only added to");
    assertThat(count("erasure_permit")).isZero();
  }

  @Test
  void anErasureThatFailsLeavesEverythingAsItWas() {
    Somebody somebody = gone();
    String taken = customer(somebody.company);
    List<String> before = TextScan.find(jdbc, somebody.tellings());
    String events = checksum();

    Answer answer =
        post(
            "/api/contacts/" + somebody.code + "/erase",
            "{\"reason\": \"by letter\", \"newCode\": \"%s\"}".formatted(taken));

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.fields()).containsExactly("newCode");
    assertThat(TextScan.find(jdbc, somebody.tellings())).isEqualTo(before);
    assertThat(checksum()).isEqualTo(events);
    assertThat(get("/api/contacts/" + somebody.code).json().has("erasedAt")).isFalse();
    assertThat(count("erasure_permit")).isZero();
    for (int i = 0; i < 12; i++) {
      assertThatThrownBy(() -> jdbc.sql("UPDATE delivery_event SET reason = 'x'").update())
          .hasMessageContaining("history is only added to");
    }
  }

  @Test
  void aPermitLetsOnlyReasonsAndEvidenceBeChanged() {
    gone();
    for (String change :
        List.of(
            "state = 'SENT'",
            "at = '2020-01-01'",
            "actor = 'x'",
            "delivery_id = 1",
            "retry_at = at")) {
      assertThatThrownBy(
              () ->
                  new TransactionTemplate(transactionManager)
                      .executeWithoutResult(
                          tx -> {
                            jdbc.sql(
                                    "INSERT INTO erasure_permit (connection_id) VALUES (CONNECTION_ID())")
                                .update();
                            jdbc.sql("UPDATE delivery_event SET " + change).update();
                          }))
          .as(change)
          .hasMessageContaining("history is only added to");
    }
  }

  /** {@code @} stands for the contact's code, {@code #} for the contract's number. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # what is under way                   | field    | what to do
          a contract without end                | contract | contract # has no end: end it
          a contract that ends one day          | contract | contract # runs until 2999-12-31: wait, or end it before
          an ended contract that is to be billed| contract | contract # has ended, but not all of it is billed
          a draft                               | document | is a draft: issue or discard it
          a queued delivery                     | delivery | is QUEUED: wait for its outcome
          a paused delivery                     | delivery | is PLANNED: wait for its outcome
          a delivery that is being sent         | delivery | is SENDING: wait for its outcome
          a delivery that will be tried again   | delivery | is FAILED: wait for its outcome
          an uncertain delivery                 | delivery | is UNCERTAIN: find out what became of it and resolve it
          """)
  void whatIsUnderWayStandsInTheWay(String what, String field, String remedy) {
    String company = company();
    String customer = customer(company);
    String contract = unique("V-");
    ok(post("/api/contracts", contractJson(contract, company, customer)));
    String document = draft(contract);
    if (!field.equals("document")) {
      ok(post("/api/documents/" + document + "/issue", "{}"));
    }
    String delivery =
        "UPDATE delivery SET state = '%s', reason = 'x' WHERE document_id = " + document;
    String ended =
        "UPDATE contract SET end_date = '%s', next_due = %s WHERE number = '" + contract + "'";
    jdbc.sql(ended.formatted("2026-01-31", "NULL")).update();
    jdbc.sql(delivery.formatted("SENT")).update();
    jdbc.sql(
            switch (what) {
              case "a contract without end" ->
                  ended.formatted("2026-01-31", "NULL").replace("'2026-01-31'", "NULL");
              case "a contract that ends one day" -> ended.formatted("2999-12-31", "NULL");
              case "an ended contract that is to be billed" ->
                  ended.formatted("2026-01-31", "'2026-02-01'");
              case "a draft" -> "DO 1";
              case "a queued delivery" -> delivery.formatted("QUEUED");
              case "a paused delivery" -> delivery.formatted("PLANNED");
              case "a delivery that is being sent" -> delivery.formatted("SENDING");
              case "a delivery that will be tried again" ->
                  delivery.formatted("FAILED', retry_at = '2999-01-01");
              default -> delivery.formatted("UNCERTAIN");
            })
        .update();

    Answer answer = post("/api/contacts/" + customer + "/erase", REASON);

    assertThat(answer.status()).as(answer.http().body()).isEqualTo(409);
    assertThat(answer.fields()).containsExactly(field);
    assertThat(answer.text("/errors/0/message")).contains(remedy.replace("#", contract));
    assertThat(get("/api/contacts/" + customer).text("/name")).isEqualTo("Dupont");
  }

  @Test
  void anIndividualAddressInARunningContractOfSomebodyElseStandsInTheWay() {
    String company = company();
    String customer = customer(company);
    String person = unique("P-");
    ok(
        post(
            "/api/contacts",
            """
            {"code": "%1$s", "company": "%2$s", "kind": "PERSON", "organisation": "%3$s", "name": "Zoé",
             "addresses": {"places": [
               {"kind": "EMAIL", "place": "PRIVATE", "value": "%1$s@home.example"}]}}
            """
                .formatted(person, company, customer)));
    String contract = unique("V-");
    ok(post("/api/contracts", contractJson(contract, company, customer)));
    ok(
        post(
            "/api/contracts/" + contract + "/dispatch-definitions",
            """
            {"domain": "INVOICE", "channel": "EMAIL", "role": "INDIVIDUAL", "address": "%s@home.example"}
            """
                .formatted(person)));

    Answer refused = post("/api/contacts/" + person + "/erase", REASON);

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.fields()).containsExactly("definition");
    assertThat(refused.text("/errors/0/message"))
        .endsWith(
            "of contract " + contract + " sends to an address of this contact alone: remove it");
  }

  @Test
  void anErasedContactIsNoLongerUsedForAnything() {
    Somebody somebody = gone();
    erase(somebody);
    String other = customer(somebody.company);
    String path = "/api/contacts/" + somebody.code;

    assertThat(put(path, "{\"name\": \"Again\"}").fields()).containsExactly("code");
    assertThat(put(path + "/addresses", "{\"general\": \"a@x.example\"}").fields())
        .containsExactly("code");
    assertThat(put(path + "/consent", "{\"refused\": true, \"proof\": \"x\"}").fields())
        .containsExactly("code");
    assertThat(
            post(
                    "/api/contacts",
                    """
                    {"code": "%s", "company": "%s", "kind": "PERSON", "organisation": "%s", "name": "Zoé"}
                    """
                        .formatted(unique("P-"), somebody.company, somebody.code))
                .fields())
        .containsExactly("organisation");
    assertThat(
            post("/api/contracts", contractJson(unique("V-"), somebody.company, somebody.code))
                .fields())
        .containsExactly("contractingParty");
    assertThat(
            post(
                    "/api/contracts",
                    contractJson(unique("V-"), somebody.company, other)
                        .replaceFirst("\\{", "{\"deliveryAddress\": \"" + somebody.code + "\", "))
                .fields())
        .containsExactly("deliveryAddress");
    assertThat(post("/api/documents", draftJson(somebody.contract)).fields())
        .containsExactly("contract");
    assertThat(
            post(
                    "/api/documents",
                    draftJson(somebody.contract)
                        .replaceFirst(
                            "\"contract\": \"[^\"]*\"", "\"contact\": \"" + somebody.code + "\""))
                .fields())
        .containsExactly("contact");
    assertThat(
            put("/api/documents/" + somebody.invoice + "/addresses", "{\"to\": [\"a@x.example\"]}")
                .status())
        .isEqualTo(409);
    assertThat(
            post("/api/documents/" + somebody.invoice + "/send", "{\"to\": [\"a@x.example\"]}")
                .status())
        .isEqualTo(409);
    String delivery = get("/api/documents/" + somebody.invoice + "/deliveries").text("/0/id");
    assertThat(post("/api/deliveries/" + delivery + "/resend", null).status()).isEqualTo(409);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          INSERT INTO contact_reminder_address (contact_id, position, address) VALUES (:contact, 0, 'a@x.example')
          INSERT INTO contact_document_address (contact_id) VALUES (:contact)
          INSERT INTO communication_place (contact_id, kind, place, value) VALUES (:contact, 'FAX', 'OTHER', '1')
          INSERT INTO document_addressing (document_id, role, kind, source, set_by) SELECT id, 'CONTRACTING_PARTY', 'DOCUMENT', 'HAND', 'x' FROM document WHERE contact_id = :contact
          INSERT INTO contract (company_id, number, contracting_party_id, start_date) SELECT company_id, 'X', id, '2026-01-01' FROM contact WHERE id = :contact
          UPDATE contract SET end_date = NULL WHERE contracting_party_id = :contact
          UPDATE contract SET next_due = '2026-01-01' WHERE contracting_party_id = :contact
          UPDATE contact SET general_email = 'a@x.example' WHERE id = :contact
          UPDATE contact SET name = 'Again' WHERE id = :contact
          INSERT INTO document (company_id, type, state, series, payment_days, contact_id, currency, language, seller, buyer, line_net_total, tax_exclusive_total, tax_total, tax_inclusive_total, payable_amount, created_by) SELECT company_id, 'INVOICE', 'DRAFT', 'I', 30, id, 'EUR', 'fr', '{}', '{}', 0, 0, 0, 0, 0, 'x' FROM contact WHERE id = :contact
          """)
  void theDatabaseAsWellRefusesToUseAnErasedContact(String sql) {
    Somebody somebody = gone();
    erase(somebody);
    long contact =
        jdbc.sql("SELECT id FROM contact WHERE code = ?")
            .param(somebody.code)
            .query(Long.class)
            .single();

    assertThatThrownBy(() -> jdbc.sql(sql).param("contact", contact).update())
        .hasMessageContaining("erased");
  }

  @Test
  void aKeptInvoiceCanStillBeCreditedAndNothingIsSent() {
    Somebody somebody = gone();
    erase(somebody);

    Answer draft =
        post("/api/documents/" + somebody.invoice + "/follow-ups", "{\"type\": \"CREDIT_NOTE\"}");
    ok(draft);
    Answer issued = post("/api/documents/" + draft.text("/id") + "/issue", "{}");

    ok(issued);
    assertThat(get("/api/documents/" + issued.text("/number")).text("/buyer/name"))
        .isEqualTo(somebody.name + " SARL");
    JsonNode deliveries = get("/api/documents/" + issued.text("/number") + "/deliveries").json();
    assertThat(deliveries).isNotEmpty();
    assertThat(deliveries.findValuesAsText("state")).containsOnly("SKIPPED");
    assertThat(deliveries.findValuesAsText("reason"))
        .allMatch(reason -> reason.startsWith("the contact is erased"));
  }

  @Test
  void aCodeThatTellsTheNameIsReplacedEverywhere() {
    String company = company();
    String code = "Brams-" + unique("zw");
    ok(
        post(
            "/api/contacts",
            """
            {"code": "%s", "company": "%s", "name": "Élodie Brams", "addresses": {"general": "%s@x.example"}}
            """
                .formatted(code, company, code),
            "Idempotency-Key",
            unique("key-")));
    String key = unique("key-");
    String to = unique("X-");
    String order = "{\"reason\": \"by letter\", \"newCode\": \"%s\"}".formatted(to);

    Answer refused = post("/api/contacts/" + code + "/erase", REASON);
    Answer erased = post("/api/contacts/" + code + "/erase", order, "Idempotency-Key", key);
    Answer again = post("/api/contacts/" + code + "/erase", order, "Idempotency-Key", key);

    assertThat(refused.fields()).containsExactly("newCode");
    assertThat(erased.status()).as(erased.http().body()).isEqualTo(200);
    assertThat(get("/api/contacts/" + to).text("/erasedAt")).isNotEmpty();
    assertThat(get("/api/contacts/" + code).status()).isEqualTo(404);
    assertThat(TextScan.find(jdbc, List.of(code, "Brams"))).isEmpty();
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(again.json()).isEqualTo(erased.json());
  }

  @ParameterizedTest
  @CsvSource({
    "Madame DUPONT asked for it, reason",
    "asked for by a@x.example, reason",
    "' ', reason",
  })
  void aReasonThatNamesSomebodyIsRefused(String reason, String field) {
    String customer = customer(company());

    Answer answer =
        post("/api/contacts/" + customer + "/erase", "{\"reason\": \"%s\"}".formatted(reason));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.fields()).containsExactly(field);
    assertThat(get("/api/contacts/" + customer).text("/name")).isEqualTo("Dupont");
  }

  @Test
  void addressesThatAnotherContactHasAsWellStayTheirs() {
    String contract = contractByEmailAndPost();
    String other = get("/api/contracts/" + contract).text("/contractingParty");
    String company = get("/api/contracts/" + contract).text("/company");
    String shared = other + "@dupont.example";
    String invoice = invoice(contract);
    String email = get("/api/deliveries?channel=EMAIL&document=" + invoice).text("/items/0/id");
    came(email, Receipt.sent(Map.of("smtpReply", "250 " + shared)));
    String leaving = unique("C-");
    ok(
        post(
            "/api/contacts",
            """
            {"code": "%s", "company": "%s", "name": "Zoé", "addresses": {"general": "%s",
              "reminder": ["%s@alone.example"]}}
            """
                .formatted(leaving, company, shared.toUpperCase(Locale.ROOT), leaving)));
    for (String address : List.of(shared, leaving + "@alone.example")) {
      ok(
          post(
              "/api/suspended-addresses",
              "{\"company\": \"%s\", \"address\": \"%s\", \"reason\": \"full\"}"
                  .formatted(company, address)));
    }

    Answer answer = post("/api/contacts/" + leaving + "/erase", REASON);

    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    assertThat(answer.text("/sharedWith/0")).isEqualTo(other);
    assertThat(answer.text("/erased/suspendedAddresses")).isEqualTo("1");
    assertThat(get("/api/deliveries/" + email).text("/evidence/smtpReply"))
        .isEqualTo("250 " + shared);
    assertThat(get("/api/contacts/" + other).text("/addresses/general")).isEqualTo(shared);
    assertThat(
            get("/api/suspended-addresses?company=" + company).json().findValuesAsText("address"))
        .containsExactly(shared);
    assertThat(TextScan.find(jdbc, List.of(leaving + "@alone.example"))).isEmpty();
  }

  @Test
  void whatOthersHaveSentThereIsFoundAsWell() {
    Somebody somebody = gone();
    String contract = contractByEmailAndPost();
    String invoice = invoice(contract);
    String path = "/api/documents/" + invoice;
    ok(
        put(
            path + "/addresses",
            "{\"to\": [\"%s\", \"stays@x.example\"], \"saveAddress\": \"DOCUMENT\"}"
                .formatted(somebody.general)));
    String email = get("/api/deliveries?channel=EMAIL&document=" + invoice).text("/items/0/id");
    came(
        email,
        Receipt.sent(Map.of("smtpReply", "250 <" + somebody.general + "> <stays@x.example>")));
    String customer = get("/api/contracts/" + contract).text("/contractingParty");

    Answer answer = erase(somebody);

    assertThat(answer.text("/erased/elsewhere")).isEqualTo("1");
    JsonNode delivery = get("/api/deliveries/" + email).json();
    assertThat(delivery.at("/recipient/to/0").asText()).endsWith("@erased.invalid");
    assertThat(delivery.at("/recipient/to/1").asText()).isEqualTo("stays@x.example");
    assertThat(delivery.at("/recipient/name").asText()).isEqualTo("Dupont");
    assertThat(delivery.at("/evidence/smtpReply").asText())
        .isEqualTo("250 <%s> <stays@x.example>".formatted(delivery.at("/recipient/to/0").asText()));
    assertThat(get(path + "/addresses").text("/to/0")).isEqualTo(customer + "@dupont.example");
    assertThat(TextScan.find(jdbc, somebody.tellings()))
        .allMatch(found -> KEPT.contains(column(found)));
  }

  @Test
  void aDeliveryAddressIsErasedWithoutTheContractingParty() {
    String company = company();
    String customer = customer(company);
    String neighbour = customer(company);
    String contract = unique("V-");
    ok(
        post(
            "/api/contracts",
            contractJson(contract, company, customer)
                .replaceFirst("\\{", "{\"deliveryAddress\": \"" + neighbour + "\", ")));
    for (String role :
        List.of(
            "\"CONTRACTING_PARTY\"",
            "\"DELIVERY_ADDRESS\"",
            "\"INDIVIDUAL\", \"address\": \"" + neighbour + "@home.example\"",
            "\"INDIVIDUAL\", \"address\": \"" + customer + "@home.example\"")) {
      ok(
          post(
              "/api/contracts/" + contract + "/dispatch-definitions",
              "{\"domain\": \"INVOICE\", \"channel\": \"EMAIL\", \"role\": %s}".formatted(role)));
    }
    String invoice = invoice(contract);
    for (JsonNode delivery : get("/api/documents/" + invoice + "/deliveries").json()) {
      came(delivery.get("id").asText(), Receipt.sent(Map.of()));
    }
    jdbc.sql("UPDATE contract SET end_date = '2026-01-31', next_due = NULL WHERE number = ?")
        .param(contract)
        .update();

    Answer answer = post("/api/contacts/" + neighbour + "/erase", REASON);

    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    JsonNode deliveries = get("/api/documents/" + invoice + "/deliveries").json();
    assertThat(deliveries.at("/0/recipient/to/0").asText()).isEqualTo(customer + "@dupont.example");
    assertThat(deliveries.at("/1/recipient/to/0").asText()).endsWith("@erased.invalid");
    assertThat(deliveries.at("/2/recipient/to/0").asText()).endsWith("@erased.invalid");
    assertThat(deliveries.at("/3/recipient/to/0").asText()).isEqualTo(customer + "@home.example");
    assertThat(
            get("/api/contracts/" + contract + "/dispatch-definitions")
                .json()
                .findValuesAsText("address"))
        .containsExactly(customer + "@home.example");
    assertThat(
            TextScan.find(
                jdbc, List.of(neighbour + "@dupont.example", neighbour + "@home.example")))
        .allMatch(found -> KEPT.contains(column(found)));
  }

  @Test
  void whatHasComeSinceIsErasedByErasingAgain() {
    Somebody somebody = gone();
    Answer first = erase(somebody);
    String email =
        get("/api/deliveries?channel=EMAIL&document=" + somebody.invoice).text("/items/0/id");
    jdbc.sql("UPDATE delivery SET reason = 'late bounce of late@bramble.example' WHERE id = ?")
        .param(email)
        .update();

    Answer second = erase(somebody);

    assertThat(second.status()).as(second.http().body()).isEqualTo(200);
    assertThat(second.text("/erasedAt")).isEqualTo(first.text("/erasedAt"));
    assertThat(get("/api/deliveries/" + email).text("/reason"))
        .isEqualTo("late bounce of erased@erased.invalid");
    assertThat(TextScan.find(jdbc, List.of("late@bramble.example"))).isEmpty();
  }

  private Answer erase(Somebody somebody) {
    Answer answer = post("/api/contacts/" + somebody.code + "/erase", REASON);
    ok(answer);
    return answer;
  }

  private String checksum() {
    return jdbc.sql("CHECKSUM TABLE delivery, delivery_event, audit_event, contact, contract")
        .query((row, i) -> row.getString(2))
        .list()
        .toString();
  }

  private static Set<String> columns(List<String> found) {
    return found.stream().map(ErasureTest::column).collect(Collectors.toCollection(TreeSet::new));
  }

  private static String column(String found) {
    return found.substring(0, found.indexOf(':'));
  }

  private static void ok(Answer answer) {
    assertThat(answer.status()).as(answer.http().body()).isBetween(200, 204);
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
