package io.facteur.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** Everything that is held of a contact (GDPR art. 15 and 20). */
class ContactExportTest extends ApiTest {

  @Test
  void anExportHoldsWhatIsKnownOfTheContactAndItsPeople() {
    String contract = contractByEmailAndPost();
    String customer = get("/api/contracts/" + contract).text("/contractingParty");
    String company = get("/api/contracts/" + contract).text("/company");
    String person = unique("P-");
    post(
        "/api/contacts",
        """
        {"code": "%s", "company": "%s", "kind": "PERSON", "organisation": "%s", "name": "Zoé",
         "addresses": {"documents": [{"types": ["QUOTE", "INVOICE"], "to": ["z@x.example"]}],
           "reminder": ["r@x.example", "q@x.example"]}}
        """
            .formatted(person, company, customer));
    put(
        "/api/contacts/" + customer + "/consent",
        "{\"refused\": true, \"proof\": \"letter of 3 May\"}");
    post(
        "/api/suspended-addresses",
        "{\"company\": \"%s\", \"address\": \"%s@dupont.example\", \"reason\": \"full\"}"
            .formatted(company, customer));
    String invoice = invoice(contract);
    put(
        "/api/documents/" + invoice + "/addresses",
        "{\"to\": [\"hand@x.example\"], \"saveAddress\": \"DOCUMENT\"}");

    Answer answer = get("/api/contacts/" + customer + "/export");

    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    assertThat(answer.header("Content-Disposition")).contains("contact-" + customer + ".json");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    JsonNode export = answer.json();
    assertThat(export.get("contact").asText()).isEqualTo(customer);
    assertThat(export.at("/contacts").findValuesAsText("code")).containsExactly(customer, person);
    assertThat(export.at("/contacts/0/generalAddress").asText())
        .isEqualTo(customer + "@dupont.example");
    assertThat(export.at("/contacts/0/paperlessRefused").isBoolean()).isTrue();
    assertThat(export.at("/contacts/1/reminderAddresses").toString())
        .isEqualTo("[\"r@x.example\",\"q@x.example\"]");
    assertThat(export.at("/documentAddresses/0/types").toString())
        .isEqualTo("[\"INVOICE\",\"QUOTE\"]");
    assertThat(export.at("/documentAddresses/0/to/0").asText()).isEqualTo("z@x.example");
    assertThat(export.at("/communicationPlaces/0/value").asText())
        .isEqualTo(customer + "@home.example");
    assertThat(export.at("/consent/0/refused").asBoolean()).isTrue();
    assertThat(export.at("/consent/0/proof").asText()).isEqualTo("letter of 3 May");
    assertThat(export.at("/suspendedAddresses/0/reason").asText()).isEqualTo("full");
    assertThat(export.at("/contracts/0/number").asText()).isEqualTo(contract);
    assertThat(export.at("/contracts/0/start").asText()).isEqualTo("2026-01-01");
    assertThat(export.at("/dispatchDefinitions").findValuesAsText("channel"))
        .containsExactly("EMAIL", "POST");
    assertThat(export.at("/documents/0/number").asText()).isEqualTo(invoice);
    assertThat(export.at("/documents/0/buyer/name").asText()).isEqualTo("Dupont");
    assertThat(export.at("/documents/0/taxInclusive").decimalValue()).isEqualByComparingTo("71.76");
    assertThat(export.at("/addressesOnDocuments/0/to/0").asText()).isEqualTo("hand@x.example");
    assertThat(export.at("/deliveries").findValuesAsText("channel"))
        .containsExactly("EMAIL", "POST");
    assertThat(export.at("/deliveries/0/history/0/state").asText()).isEqualTo("SKIPPED");
    assertThat(export.at("/deliveries/0/history/0/at").asText()).endsWith("Z");
    assertThat(export.at("/changes").findValuesAsText("action"))
        .contains(
            "contact.create",
            "contact.consent",
            "contract.create",
            "definition.create",
            "document.addresses",
            "contact.export");
  }

  @Test
  void whoExportedIsRecorded() {
    String customer = customer(company());

    get("/api/contacts/" + customer + "/export");

    assertThat(
            jdbc.sql(
                    """
                    SELECT CONCAT(actor, ' ', new_values) FROM audit_event
                    WHERE subject = ? AND action = 'contact.export'
                    """)
                .param("contact:" + customer)
                .query(String.class)
                .list())
        .containsExactly("admin {}");
  }

  @Test
  void othersDataIsNotInTheExportOfADeliveryAddress() {
    String company = company();
    String customer = customer(company);
    String neighbour = customer(company);
    String contract = unique("V-");
    post(
        "/api/contracts",
        contractJson(contract, company, customer)
            .replaceFirst("\\{", "{\"deliveryAddress\": \"" + neighbour + "\", "));
    for (String role : new String[] {"CONTRACTING_PARTY", "DELIVERY_ADDRESS"}) {
      post(
          "/api/contracts/" + contract + "/dispatch-definitions",
          "{\"domain\": \"INVOICE\", \"channel\": \"EMAIL\", \"role\": \"%s\"}".formatted(role));
    }
    String invoice = invoice(contract);

    JsonNode export = get("/api/contacts/" + neighbour + "/export").json();

    assertThat(export.at("/documents/0/number").asText()).isEqualTo(invoice);
    assertThat(export.at("/documents/0/deliverTo/name").asText()).isEqualTo("Dupont");
    assertThat(export.at("/documents/0").has("buyer")).isFalse();
    assertThat(export.at("/documents/0").has("payable")).isFalse();
    assertThat(export.at("/deliveries").findValuesAsText("role"))
        .containsExactly("DELIVERY_ADDRESS");
    assertThat(export.toString()).doesNotContain(customer + "@dupont.example");
  }

  @Test
  void manyDeliveriesComeChunkByChunkAllOfThemOnce() {
    String contract = contractByEmailAndPost();
    String customer = get("/api/contracts/" + contract).text("/contractingParty");
    String invoice = get("/api/documents/" + invoice(contract)).text("/id");
    jdbc.sql(
            """
            INSERT INTO delivery (document_id, origin, transmission_id, domain, channel, role, reaches,
              state, actor)
            SELECT :invoice, CONCAT('manual:', s.seq), d.transmission_id, 'INVOICE', 'EMAIL',
              'CONTRACTING_PARTY', TRUE, 'SENT', 'x'
            FROM seq_1_to_1300 s JOIN delivery d ON d.document_id = :invoice AND d.channel = 'EMAIL'
            """)
        .param("invoice", invoice)
        .update();

    JsonNode deliveries = get("/api/contacts/" + customer + "/export").json().get("deliveries");

    assertThat(deliveries).hasSize(1302);
    assertThat(deliveries.findValuesAsText("origin")).doesNotHaveDuplicates();
    assertThat(deliveries).allSatisfy(one -> assertThat(one.get("history")).hasSize(1));
  }

  @Test
  void anUnknownContactIsNotFoundAndNothingIsRecorded() {
    long entries = count("audit_event");

    Answer answer = get("/api/contacts/NOBODY/export");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(count("audit_event")).isEqualTo(entries);
  }
}
