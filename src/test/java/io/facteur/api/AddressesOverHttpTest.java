package io.facteur.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses of contacts and documents over HTTP: where a change is kept, and what it answers. */
class AddressesOverHttpTest extends ApiTest {

  private String company;
  private String customer;
  private String ofContact;

  @BeforeEach
  void newCustomer() {
    company = company();
    customer = customer(company);
    ofContact = customer + "@dupont.example";
  }

  @Test
  void aDocumentShowsTheAddressesOfItsContactAndWhy() {
    String draft = draftOf(customer);

    Answer shown = addresses(draft);

    assertThat(shown.status()).as(shown.http().body()).isEqualTo(200);
    assertThat(to(shown)).containsExactly(ofContact);
    assertThat(shown.text("/origin")).isEqualTo("CONTACT");
    assertThat(shown.text("/rule")).isEqualTo("ADDR-2d general address");
    assertThat(shown.text("/reminder/to/0")).isEqualTo(ofContact);
    assertThat(shown.json().at("/candidates/0/whyNot").asText()).isEqualTo("no address there");
    assertThat(shown.header("ETag")).matches("\"[0-9a-f]{16}\"");
  }

  @Test
  void aChangeOnADocumentIsKeptOnTheDocumentAloneIfAskedFor() {
    String draft = draftOf(customer);
    String other = draftOf(customer);

    Answer changed =
        put(
            path(draft),
            "{\"to\": \"a@new.example; b@new.example\", \"saveAddress\": \"DOCUMENT\"}");

    assertThat(changed.status()).as(changed.http().body()).isEqualTo(200);
    assertThat(to(changed)).containsExactly("a@new.example", "b@new.example");
    assertThat(changed.text("/origin")).isEqualTo("HAND");
    assertThat(changed.text("/by")).isEqualTo("admin");
    assertThat(changed.text("/reminder/to/0")).isEqualTo("a@new.example");
    assertThat(changed.text("/reminder/origin")).isEqualTo("HAND");
    assertThat(changed.text("/changes/0/kept")).isEqualTo("DOCUMENT");
    assertThat(to(addresses(other))).containsExactly(ofContact);
    assertThat(general()).isEqualTo(ofContact);
  }

  @Test
  void aChangeOnADocumentIsKeptOnTheContactAsWellAndLeavesItsOtherDocumentsAsTheyAre() {
    String draft = draftOf(customer);
    String other = draftOf(customer);

    Answer changed = put(path(draft), "{\"to\": [\"new@dupont.example\"]}");

    assertThat(changed.status()).as(changed.http().body()).isEqualTo(200);
    assertThat(changed.text("/changes/0/kept")).isEqualTo("DOCUMENT_AND_CONTACT");
    assertThat(changed.text("/changes/0/contact")).isEqualTo(customer);
    assertThat(names(changed, "/changes/0/left/documents")).containsExactly(other);
    assertThat(changed.text("/origin")).isEqualTo("CONTACT");
    assertThat(general()).isEqualTo("new@dupont.example");
    assertThat(to(addresses(other))).containsExactly(ofContact);
    assertThat(to(addresses(draftOf(customer)))).containsExactly("new@dupont.example");
  }

  @Test
  void aContactsNewAddressReachesItsDocumentsButThoseSetByHandAreNamed() {
    String follows = draftOf(customer);
    String byHand = draftOf(customer);
    put(path(byHand), "{\"to\": [\"hand@new.example\"], \"saveAddress\": \"DOCUMENT\"}");

    Answer changed = putContact("{\"general\": \"new@dupont.example\"}");

    assertThat(changed.status()).as(changed.http().body()).isEqualTo(200);
    assertThat(names(changed, "/changes/0/updated/documents")).containsExactly(follows);
    assertThat(names(changed, "/changes/0/keptByHand/documents")).containsExactly(byHand);
    assertThat(to(addresses(follows))).containsExactly("new@dupont.example");
    assertThat(to(addresses(byHand))).containsExactly("hand@new.example");
  }

  @Test
  void existingInvoicesCanBeLeftAndBroughtAlongLater() {
    String draft = draftOf(customer);

    Answer left =
        putContact("{\"general\": \"new@dupont.example\", \"existingInvoices\": \"LEAVE\"}");

    assertThat(left.status()).as(left.http().body()).isEqualTo(200);
    assertThat(names(left, "/changes/0/left/documents")).containsExactly(draft);
    assertThat(to(addresses(draft))).containsExactly(ofContact);
    assertThat(addresses(draft).text("/rule")).startsWith("ADDR-6 kept");
    assertThat(addresses(draft).text("/reminder/to/0")).isEqualTo("new@dupont.example");
    assertThat(to(addresses(draftOf(customer)))).containsExactly("new@dupont.example");

    Answer brought =
        putContact("{\"general\": \"new@dupont.example\", \"existingInvoices\": \"UPDATE\"}");

    assertThat(names(brought, "/changes/0/updated/documents")).containsExactly(draft);
    assertThat(to(addresses(draft))).containsExactly("new@dupont.example");
  }

  @Test
  void aDocumentFollowsItsContactAgain() {
    String draft = draftOf(customer);
    put(path(draft), "{\"to\": [\"hand@new.example\"], \"saveAddress\": \"DOCUMENT\"}");

    Answer follows = call("DELETE", path(draft), null);

    assertThat(to(follows)).containsExactly(ofContact);
    assertThat(follows.text("/origin")).isEqualTo("CONTACT");
  }

  @Test
  void aDraftIsMadeWithAnAddressOfItsOwn() {
    Answer made =
        post(
            "/api/documents",
            draftJson(
                customer,
                ", \"addresses\": {\"to\": \"own@x.example\", \"saveAddress\": \"DOCUMENT\"}"));

    assertThat(made.status()).as(made.http().body()).isEqualTo(201);
    assertThat(to(addresses(made.text("/id")))).containsExactly("own@x.example");
  }

  @Test
  void aDraftWithABadAddressIsNotMade() {
    long before = count("document");

    Answer refused =
        post("/api/documents", draftJson(customer, ", \"addresses\": {\"to\": \"a@b@c\"}"));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fields()).containsExactly("addresses.to[0]");
    assertThat(count("document")).isEqualTo(before);
  }

  @Test
  void whoHasSeenAnOlderStateOfDocumentOrContactIsRefused() {
    String draft = draftOf(customer);
    String seen = addresses(draft).header("ETag");
    putContact("{\"general\": \"new@dupont.example\"}");

    Answer stale = put(path(draft), "{\"to\": [\"x@new.example\"]}", "If-Match", seen);

    assertThat(stale.status()).isEqualTo(412);
    assertThat(to(addresses(draft))).containsExactly("new@dupont.example");
    assertThat(
            put(
                    path(draft),
                    "{\"to\": [\"x@new.example\"]}",
                    "If-Match",
                    addresses(draft).header("ETag"))
                .status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"to\": \"a@b@c\"}                                                   | to[0]",
        "{\"to\": \"a@b.example, c@d.example\"}                                | to[0]",
        "{\"to\": \"a@b.example\\r\\nBcc: c@d.example\"}                       | to[0]",
        "{\"to\": \"a\\u0000@b.example\"}                                      | to[0]",
        "{\"to\": [], \"cc\": []}                                              | to",
        "{\"bcc\": \"a@b.example\"}                                            | bcc",
        "{\"cc\": \"a23456789012345678901234567890123456789012345678901234567890123456@b.example\"} | cc[0]",
        "{\"to\": \"ok@b.example\", \"reminder\": {\"to\": \"x\"}}             | reminder.to[0]",
        "{\"to\": \"ok@b.example\", \"delivery\": {\"to\": \"ok@b.example\"}}  | delivery",
        "{\"to\": \"ok@b.example\", \"saveAddress\": \"NO\"}                   | saveAddress",
        "{\"to\": \"ok@b.example\", \"saveAddress\": \"EVERYWHERE\"}           | saveAddress"
      })
  void aBadAddressIsRefusedByFieldAndNothingIsSaved(String body, String field) {
    String draft = draftOf(customer);

    Answer refused = put(path(draft), body);

    assertThat(refused.status()).as(refused.http().body()).isEqualTo(400);
    assertThat(refused.fields()).contains(field);
    assertThat(to(addresses(draft))).containsExactly(ofContact);
    assertThat(general()).isEqualTo(ofContact);
  }

  @Test
  void aMailFromAContactGoesToItsPrimaryPersonFirst() {
    String person = unique("P-");
    created(
        post(
            "/api/contacts",
            """
            {"code": "%s", "company": "%s", "kind": "PERSON", "organisation": "%s", "primaryPerson": true,
             "name": "Anne Dupont", "addresses": {"general": "anne@dupont.example"}}
            """
                .formatted(person, company, customer)));

    Answer recipients = get("/api/contacts/" + customer + "/recipients");

    assertThat(to(recipients)).containsExactly("anne@dupont.example");
    assertThat(recipients.text("/rule")).isEqualTo("ADDR-2 primary person's address");
    assertThat(to(get("/api/contacts/" + customer + "/recipients?type=INVOICE")))
        .containsExactly(ofContact);
  }

  @Test
  void aDocumentIsSentToWhomTheRulesName() {
    String number = issued(draftOf(customer));

    Answer sent = post(action(number, "send"), "{}", "Idempotency-Key", unique("k"));

    assertThat(sent.status()).as(sent.http().body()).isEqualTo(201);
    assertThat(sent.text("/delivery/origin")).startsWith("manual:k");
    assertThat(sent.text("/delivery/channel")).isEqualTo("EMAIL");
    assertThat(sent.text("/delivery/state")).isEqualTo("QUEUED");
    assertThat(sent.json().has("address")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "NO,                   NOTHING,              false, false",
    "DOCUMENT,             DOCUMENT,             true,  false",
    "DOCUMENT_AND_CONTACT, DOCUMENT_AND_CONTACT, true,  true",
    ",                     DOCUMENT_AND_CONTACT, true,  true"
  })
  void anAddressGivenWhileSendingIsKeptAsChosen(
      String choice, String kept, boolean onDocument, boolean onContact) {
    String number = issued(draftOf(customer));
    String save = choice == null ? "" : ", \"saveAddress\": \"" + choice + "\"";

    Answer sent = post(action(number, "send"), "{\"to\": \"given@x.example\"" + save + "}");

    assertThat(sent.status()).as(sent.http().body()).isEqualTo(201);
    assertThat(sent.text("/address/kept")).isEqualTo(kept);
    assertThat(to(addresses(number))).containsExactly(onDocument ? "given@x.example" : ofContact);
    assertThat(general()).isEqualTo(onContact ? "given@x.example" : ofContact);
  }

  @Test
  void whatCannotBeSentSoKeepsNoAddressEither() {
    String number = issued(draftOf(customer));
    put("/api/contacts/" + customer + "/consent", "{\"refused\": true, \"proof\": \"letter\"}");
    long before = count("delivery");

    Answer refused = post(action(number, "send"), "{\"to\": \"given@x.example\"}");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("/detail")).contains("paperless refused");
    assertThat(general()).isEqualTo(ofContact);
    assertThat(count("delivery")).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"saveAddress\": \"DOCUMENT\"}",
        "{\"channel\": \"FAX\"}",
        "{\"channel\": \"POST\", \"to\": \"a@b.example\"}",
        "{\"role\": \"INDIVIDUAL\"}",
        "{\"role\": \"DELIVERY_ADDRESS\"}"
      })
  void aSendingThatIsNotPossibleIsRefused(String body) {
    String number = issued(draftOf(customer));
    long before = count("delivery");

    Answer refused = post(action(number, "send"), body);

    assertThat(refused.status()).as(refused.http().body()).isIn(400, 409);
    assertThat(refused.fields()).isNotEmpty();
    assertThat(count("delivery")).isEqualTo(before);
  }

  @Test
  void aDraftIsNotSent() {
    Answer refused = post(action(draftOf(customer), "send"), "{}");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("/detail")).contains("issue it first");
  }

  private String draftOf(String contact) {
    Answer made = post("/api/documents", draftJson(contact, ""));
    created(made);
    return made.text("/id");
  }

  private String draftJson(String contact, String more) {
    return """
        {"type": "INVOICE", "company": "%s", "contact": "%s",
         "lines": [{"name": "Abonnement", "quantity": 1, "unitCode": "MON", "unitPrice": 10,
                    "vatCategory": "S", "vatRate": 20}]%s}
        """
        .formatted(company, contact, more);
  }

  private String issued(String draft) {
    return post("/api/documents/" + draft + "/issue", "{}").text("/number");
  }

  private Answer putContact(String addresses) {
    return put("/api/contacts/" + customer + "/addresses", addresses);
  }

  private String general() {
    return get("/api/contacts/" + customer + "/addresses").text("/general");
  }

  private Answer addresses(String document) {
    return get(path(document));
  }

  private static String path(String document) {
    return action(document, "addresses");
  }

  private static String action(String document, String action) {
    return "/api/documents/" + document + "/" + action;
  }

  private static List<String> to(Answer answer) {
    return names(answer, "/to");
  }

  private static List<String> names(Answer answer, String pointer) {
    return StreamSupport.stream(answer.json().at(pointer).spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }
}
