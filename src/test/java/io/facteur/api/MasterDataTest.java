package io.facteur.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Companies, contacts, contracts and definitions, as a client uses them. */
class MasterDataTest extends ApiTest {

  @Test
  void whatIsReadCanBeWrittenBackAsItIs() {
    String contract = contract();
    for (String path :
        new String[] {
          "/api/companies/" + company(),
          "/api/contacts/" + customer(company()),
          "/api/contracts/" + contract
        }) {
      Answer read = get(path);

      Answer written = put(path, read.http().body(), "If-Match", read.header("ETag"));

      assertThat(written.status()).as(written.http().body()).isEqualTo(200);
      assertThat(written.header("ETag")).isNotEqualTo(read.header("ETag"));
      var withoutVersion = (com.fasterxml.jackson.databind.node.ObjectNode) written.json();
      withoutVersion.set("version", read.json().get("version"));
      assertThat(withoutVersion).isEqualTo(read.json());
    }
  }

  @Test
  void aChangeOnAnOldVersionIsRefused() {
    String path = "/api/contacts/" + customer(company());
    Answer read = get(path);
    put(path, read.http().body().replace("Dupont", "Durand"), "If-Match", read.header("ETag"));

    Answer byHeader = put(path, "{\"name\": \"Martin\"}", "If-Match", read.header("ETag"));
    Answer byBody = put(path, read.http().body());

    assertThat(byHeader.status()).isEqualTo(412);
    assertThat(byBody.status()).isEqualTo(412);
    assertThat(get(path).text("/name")).isEqualTo("Durand");
    assertThat(put(path, "{\"name\": \"Martin\"}", "If-Match", "*").status()).isEqualTo(200);
  }

  @Test
  void addressListsMayBeWrittenWithSemicolons() {
    String path = "/api/contacts/" + customer(company());

    Answer answer =
        put(
            path + "/addresses",
            """
            {"general": "info@bücher.example", "reminder": "r1@x.example; r2@x.example",
             "documents": [{"types": ["INVOICE"], "to": ["a@x.example;b@x.example", "c@x.example"],
                            "cc": "d@x.example"}]}
            """);

    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    assertThat(answer.text("/general")).isEqualTo("info@xn--bcher-kva.example");
    assertThat(answer.json().at("/reminder")).hasToString("[\"r1@x.example\",\"r2@x.example\"]");
    assertThat(answer.json().at("/documents/0/to")).hasSize(3);
    assertThat(get(path).header("ETag")).isEqualTo(answer.header("ETag"));
  }

  @Test
  void recipientsAreExplained() {
    String code = customer(company());

    Answer answer = get("/api/contacts/" + code + "/recipients?type=CREDIT_NOTE");

    assertThat(answer.text("/rule")).isEqualTo("ADDR-2d general address");
    assertThat(answer.text("/to/0")).isEqualTo(code + "@dupont.example");
    assertThat(answer.text("/candidates/1/whyNot")).isEqualTo("no address there");
    assertThat(answer.json().at("/candidates/2/won").asBoolean()).isTrue();
  }

  @Test
  void consentIsChangedWithProof() {
    String path = "/api/contacts/" + customer(company()) + "/consent";

    assertThat(put(path, "{\"refused\": true}").fields()).containsExactly("proof");
    put(path, "{\"refused\": true, \"proof\": \"letter of 3 May\"}");

    assertThat(get(path).json().get("refused").asBoolean()).isTrue();
    assertThat(get(path).text("/by")).isEqualTo("admin");
    assertThat(get(path).text("/proof")).isEqualTo("letter of 3 May");
  }

  @Test
  void aDefinitionLivesFromOfferToRemoval() {
    String number = contract();
    String base = "/api/contracts/" + number;
    String offered = get(base + "/individual-addresses").text("/0/address");
    String body =
        "{\"domain\": \"INVOICE\", \"channel\": \"EMAIL\", \"role\": \"INDIVIDUAL\", \"address\": \""
            + offered
            + "\"}";

    Answer created = post(base + "/dispatch-definitions", body);
    Answer twice = post(base + "/dispatch-definitions", body);

    assertThat(created.status()).as(created.http().body()).isEqualTo(201);
    String path = created.header("Location");
    assertThat(twice.status()).isEqualTo(409);
    assertThat(twice.fields()).containsExactly("address");
    assertThat(twice.text("/detail")).contains("definition " + created.text("/id"));
    Answer copy = put(path, body.replace("}", ", \"copy\": true}"), "If-Match", "\"0\"");
    assertThat(copy.json().get("copy").asBoolean()).isTrue();
    assertThat(call("DELETE", path, null, "If-Match", "\"0\"").status()).isEqualTo(412);
    assertThat(call("DELETE", path, null).status()).isEqualTo(204);
    assertThat(get(path).status()).isEqualTo(404);
    assertThat(get(base + "/dispatch-definitions").json()).isEmpty();
  }

  @Test
  void aDefinitionNamesOnlyATemplateThatThereIs() {
    String base = "/api/contracts/" + contractByEmailAndPost();
    String body =
        """
        {"domain": "ORDER", "channel": "EMAIL", "role": "CONTRACTING_PARTY", "template": "%s"}
        """;

    Answer missing = post(base + "/dispatch-definitions", body.formatted("nowhere"));
    Answer there = post(base + "/dispatch-definitions", body.formatted("order"));
    Answer changed = put(there.header("Location"), body.formatted("gone"), "If-Match", "\"0\"");

    assertThat(missing.status()).isEqualTo(400);
    assertThat(missing.fields()).containsExactly("template");
    assertThat(missing.http().body()).contains("there is no templates/fo/nowhere.fo.ftlx");
    assertThat(there.status()).as(there.http().body()).isEqualTo(201);
    assertThat(changed.fields()).containsExactly("template");
  }

  @Test
  void listsAreFilteredSortedAndPaged() {
    String company = company();
    customer(company);
    customer(company);
    String last = customer(company);

    Answer answer = get("/api/contacts?company=" + company + "&sort=-code&size=2&name=DUPONT");

    assertThat(answer.json().get("total").asInt()).isEqualTo(3);
    assertThat(answer.json().get("items")).hasSize(2);
    assertThat(answer.text("/items/0/code")).isEqualTo(last);
    assertThat(get("/api/contacts?email=" + last + "@home.example").text("/items/0/code"))
        .isEqualTo(last);
  }

  @Test
  void aTakenCodeIsAConflictThatNamesTheField() {
    String code = company();

    Answer answer = post("/api/companies", companyJson(code));

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.fields()).hasSize(1);
  }
}
