package io.facteur.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuspendedAddressesOverHttpTest extends ApiTest {

  @Test
  void anAddressIsSuspendedSeenInThePlanAndLifted() {
    String contract = contractByEmailAndPost();
    String company = get("/api/contracts/" + contract).text("/company");
    String customer = get("/api/contracts/" + contract).text("/contractingParty");
    String draft = draft(contract);

    Answer suspended = post("/api/suspended-addresses", body(company, customer));
    Answer plan = get("/api/documents/" + draft + "/plan");

    assertThat(suspended.status()).as(suspended.http().body()).isEqualTo(201);
    assertThat(get(suspended.header("Location")).text("/reason")).isEqualTo("mailbox unknown");
    assertThat(get("/api/suspended-addresses?company=" + company).text("/total")).isEqualTo("1");
    assertThat(plan.text("/deliveries/0/skipped"))
        .startsWith("address suspended: mailbox unknown, since 20")
        .endsWith("(DISP-5)")
        .doesNotContain("@");
    assertThat(plan.json().at("/problems").findValuesAsText("channel")).containsExactly("EMAIL");
    assertThat(call("DELETE", suspended.header("Location"), null).status()).isEqualTo(204);
    assertThat(get(suspended.header("Location")).status()).isEqualTo(404);
    assertThat(get("/api/documents/" + draft + "/plan").text("/deliveries/0/recipient/to/0"))
        .isEqualTo(customer + "@dupont.example");
  }

  @Test
  void whatIsLeftOfARecipientsListGoesAndThePlanSaysSo() {
    String contract = contractByEmailAndPost();
    String company = get("/api/contracts/" + contract).text("/company");
    String customer = get("/api/contracts/" + contract).text("/contractingParty");
    put(
        "/api/contacts/" + customer + "/addresses",
        """
        {"documents": [{"types": ["INVOICE"], "to": ["%1$s@dupont.example", "%1$s@other.example"]}]}
        """
            .formatted(customer));
    post("/api/suspended-addresses", body(company, customer));

    Answer plan = get("/api/documents/" + draft(contract) + "/plan");

    assertThat(plan.json().at("/deliveries/0/recipient/to").toString())
        .isEqualTo("[\"%s@other.example\"]".formatted(customer));
    assertThat(plan.text("/problems/0/reason"))
        .startsWith("1 suspended address left out: mailbox unknown, since 20");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"company": "NOBODY", "address": "a@x.example", "reason": "full"} | company
          {"company": "%s", "address": "a@b@c", "reason": "full"}           | address
          {"company": "%s", "address": "a@x.example", "reason": "a@x.example is full"} | reason
          {"company": "%s", "address": "a@x.example"}                       | reason
          {"company": "%s", "reason": "full"}                               | address
          """)
  void wrongSuspensionsAreRefusedByField(String body, String field) {
    String company = company();

    assertThat(post("/api/suspended-addresses", body.formatted(company)).fields())
        .containsExactly(field);
    assertThat(get("/api/suspended-addresses?company=" + company).text("/total")).isEqualTo("0");
  }

  private static String body(String company, String customer) {
    return """
        {"company": "%s", "address": "%s@DUPONT.example", "reason": "mailbox unknown"}
        """
        .formatted(company, customer);
  }
}
