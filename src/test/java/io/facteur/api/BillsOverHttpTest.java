package io.facteur.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Amounts of documents, exchange rates and credit notes in part over HTTP (BILL-3, BILL-6). */
class BillsOverHttpTest extends ApiTest {

  private static final String LINE =
      """
      {"name": "Abonnement", "quantity": 2, "unitCode": "MON", "unitPrice": 50, "vatCategory": "S", "vatRate": 20}\
      """;

  @Test
  void allowancesChargesAndLinePeriodsAreTakenComputedAndShown() {
    String company = company();

    Answer made =
        post(
            "/api/documents",
            """
            {"type": "INVOICE", "company": "%s", "contact": "%s",
             "lines": [{"name": "Abonnement", "quantity": 2, "unitCode": "MON", "unitPrice": 50,
                        "vatCategory": "S", "vatRate": 20, "period": {"from": "2026-01-05", "to": "2026-01-20"},
                        "allowances": [{"percent": 5, "reason": "Fidélité", "reasonCode": "95"},
                                       {"charge": true, "amount": 2.50, "reason": "Port"}]}],
             "allowances": [{"percent": 10, "reason": "Quantité"},
                            {"charge": true, "amount": 20, "reason": "Rappel", "vatCategory": "S", "vatRate": 20}]}
            """
                .formatted(company, customer(company)));

    assertThat(made.status()).as(made.http().body()).isEqualTo(201);
    assertThat(made.text("/lines/0/period/to")).isEqualTo("2026-01-20");
    assertThat(made.text("/lines/0/allowances/0/amount")).isEqualTo("5.0");
    assertThat(made.text("/lines/0/allowances/1/charge")).isEqualTo("true");
    assertThat(made.text("/lines/0/netAmount")).isEqualTo("97.5");
    assertThat(made.text("/allowances/0/baseAmount")).isEqualTo("97.5");
    assertThat(made.text("/totals/allowances")).isEqualTo("9.75");
    assertThat(made.text("/totals/charges")).isEqualTo("20.0");
    assertThat(made.text("/totals/taxExclusive")).isEqualTo("107.75");
    assertThat(made.text("/totals/payable")).isEqualTo("129.3");
    assertThat(made.json().has("accountingTax")).isFalse();
    assertThat(made.json().get("deducted")).isEmpty();
    assertThat(get(made.header("Location")).json()).isEqualTo(made.json());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'lines': [L], 'allowances': [{'percent': 5, 'amount': 2, 'reason': 'x', 'vatCategory': 'S', 'vatRate': 20}]        | allowances[0].amount",
        "'lines': [L], 'allowances': [{'amount': 2, 'reason': 'x'}]                      | allowances[0].vatCategory,allowances[0].vatRate",
        "'lines': [L], 'allowances': [{'percent': 5}]                                    | allowances[0].reason",
        "'lines': [L], 'allowances': [{'percent': 5, 'reason': 'x', 'vatCategory': 'S', 'vatRate': 20}] | allowances[0].vatCategory",
        "'lines': [L], 'allowances': [{'amount': 500, 'reason': 'x', 'vatCategory': 'S', 'vatRate': 20}] | lines",
        "'lines': [L], 'allowances': [{'amount': 5, 'reason': 'x', 'vatCategory': 'O', 'vatRate': 0, 'exemptionReason': 'y'}] | lines",
        "'lines': [L, {'period': {'from': '2026-02-01', 'to': '2026-01-01'}}]            | lines[1].period.to",
        "'lines': [{'name': 'x', 'quantity': 1, 'unitCode': 'C62', 'unitPrice': 1, 'vatCategory': 'Z', 'allowances': [{'amount': -1, 'reason': 'x'}]}] | lines[0].allowances[0].amount"
      })
  void faultyAllowancesAreNamed(String body, String fields) {
    String company = company();

    Answer answer =
        post(
            "/api/documents",
            "{'type': 'INVOICE', 'company': '%s', 'contact': '%s', %s}"
                .formatted(company, customer(company), body)
                .replace('\'', '"')
                .replace("[L", "[" + LINE));

    assertThat(answer.status()).as(answer.http().body()).isEqualTo(400);
    assertThat(answer.fields()).containsExactly(fields.split(","));
  }

  @Test
  void exchangeRatesAreSetListedAndTakenAway() {
    String company = company();
    String path = "/api/companies/" + company + "/exchange-rates";

    assertThat(put(path, rate("USD", "2026-01-01", "0.92")).status()).isEqualTo(201);
    assertThat(put(path, rate("CHF", "2026-01-01", "1.05012345")).status()).isEqualTo(201);
    assertThat(put(path, rate("USD", "2026-01-01", "0.93")).status()).isEqualTo(200);
    assertThat(put(path, rate("USD", "2026-03-01", "0.94")).status()).isEqualTo(201);

    assertThat(get(path).json().toString())
        .isEqualTo(
            "[{\"currency\":\"CHF\",\"validFrom\":\"2026-01-01\",\"rate\":1.05012345},"
                + "{\"currency\":\"USD\",\"validFrom\":\"2026-01-01\",\"rate\":0.93},"
                + "{\"currency\":\"USD\",\"validFrom\":\"2026-03-01\",\"rate\":0.94}]");
    assertThat(call("DELETE", path + "/USD/2026-01-01", null).status()).isEqualTo(204);
    assertThat(call("DELETE", path + "/USD/2026-01-01", null).status()).isEqualTo(404);
    assertThat(get(path).json()).hasSize(2);
    assertThat(
            jdbc.sql("SELECT action FROM audit_event WHERE subject = ? ORDER BY id")
                .param("exchange-rate:" + company + "/USD/2026-01-01")
                .query(String.class)
                .list())
        .containsExactly("exchange-rate.create", "exchange-rate.change", "exchange-rate.delete");
    assertThat(get("/api/companies/NONE/exchange-rates").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "EUR, 2026-01-01, 1,          currency",
    "XXZ, 2026-01-01, 1,          currency",
    "USD, 2026-01-01, 0,          rate",
    "USD, 2026-01-01, -1,         rate",
    "USD, 2026-01-01, 0.123456789, rate",
    "USD, 2026-01-01, null,       rate"
  })
  void faultyRatesAreNamedAndNotSaved(String currency, String day, String rate, String field) {
    String path = "/api/companies/" + company() + "/exchange-rates";

    Answer answer = put(path, rate(currency, day, rate));

    assertThat(answer.status()).as(answer.http().body()).isEqualTo(400);
    assertThat(answer.fields()).containsExactly(field);
    assertThat(get(path).json()).isEmpty();
  }

  @Test
  void aForeignDocumentNeedsARateAndTellsItsVatInBothCurrencies() {
    String company = company();
    String path = "/api/companies/" + company + "/exchange-rates";
    String body =
        "{\"type\": \"INVOICE\", \"company\": \"%s\", \"contact\": \"%s\", \"currency\": \"USD\", \"lines\": [%s]}"
            .formatted(company, customer(company), LINE);

    put(path, rate("USD", "2999-01-01", "0.95"));
    Answer without = post("/api/documents", body);
    put(path, rate("USD", "2020-01-01", "0.92155"));
    Answer with = post("/api/documents", body);

    assertThat(without.status()).isEqualTo(400);
    assertThat(without.fields()).containsExactly("currency");
    assertThat(without.http().body()).contains("there is no exchange rate from USD to EUR on 20");
    assertThat(with.status()).as(with.http().body()).isEqualTo(201);
    assertThat(with.text("/accountingTax/currency")).isEqualTo("EUR");
    assertThat(with.text("/accountingTax/exchangeRate")).isEqualTo("0.92155");
    assertThat(with.text("/accountingTax/tax")).isEqualTo("18.43"); // 20.00 x 0.92155
  }

  @Test
  void amountsDueAreRoundedAsTheCompanyWantsIt() {
    String company = company();
    Answer read = get("/api/companies/" + company);
    Answer changed =
        put(
            "/api/companies/" + company,
            read.http().body().replaceFirst("\\{", "{\"payableRounding\": 0.05,"),
            "If-Match",
            read.header("ETag"));
    String body =
        "{\"type\": \"INVOICE\", \"company\": \"%s\", \"contact\": \"%s\", \"lines\": [%s]}"
            .formatted(company, customer(company), LINE.replace("50", "9.99"));

    Answer made = post("/api/documents", body);

    assertThat(changed.status()).as(changed.http().body()).isEqualTo(200);
    assertThat(made.text("/totals/taxInclusive")).isEqualTo("23.98");
    assertThat(made.text("/totals/rounding")).isEqualTo("0.02");
    assertThat(made.text("/totals/payable")).isEqualTo("24.0");
  }

  @Test
  void partsOfAnInvoiceAreCreditedUntilItIsUsedUp() {
    String invoice = invoice(contractByEmailAndPost()); // 2 x 29.90
    String path = "/api/documents/" + invoice + "/follow-ups";

    Answer part =
        post(
            path,
            "{\"type\": \"CREDIT_NOTE\", \"note\": \"Un mois\", \"lines\": [{\"position\": 1, \"quantity\": 1}]}");
    Answer tooMuch =
        post(
            path, "{\"type\": \"CREDIT_NOTE\", \"lines\": [{\"position\": 1, \"amount\": 29.91}]}");
    Answer rest = post(path, "{\"type\": \"CREDIT_NOTE\"}");
    Answer none = post(path, "{\"type\": \"CREDIT_NOTE\"}");

    assertThat(part.status()).as(part.http().body()).isEqualTo(201);
    assertThat(part.text("/note")).isEqualTo("Un mois");
    assertThat(part.text("/totals/payable")).isEqualTo("35.88");
    assertThat(tooMuch.status()).isEqualTo(409);
    assertThat(tooMuch.text("/detail")).contains("of line 1 EUR 29.90 without VAT is left");
    assertThat(rest.text("/totals/payable")).isEqualTo("35.88");
    assertThat(none.status()).isEqualTo(409);
    Answer issued = post("/api/documents/" + part.text("/id") + "/issue", "{}");
    assertThat(issued.status()).as(issued.http().body()).isEqualTo(200);
    assertThat(get("/api/documents/" + issued.text("/number") + "/xml").http().body())
        .contains("<ram:TypeCode>381</ram:TypeCode>", invoice);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'type': 'CREDIT_NOTE', 'lines': []}                                             | lines",
        "{'type': 'CREDIT_NOTE', 'lines': [{'quantity': 1}]}                              | lines[0].position",
        "{'type': 'CREDIT_NOTE', 'lines': [{'position': 2}]}                              | lines[0].position",
        "{'type': 'CREDIT_NOTE', 'lines': [{'position': 1, 'quantity': 1, 'amount': 1}]}  | lines[0].amount",
        "{'type': 'CREDIT_NOTE', 'lines': [{'position': 1, 'quantity': 0}]}               | lines[0].quantity"
      })
  void whatIsWrongWithACreditIsNamed(String body, String field) {
    String invoice = invoice(contractByEmailAndPost());

    Answer answer = post("/api/documents/" + invoice + "/follow-ups", body.replace('\'', '"'));

    assertThat(answer.status()).as(answer.http().body()).isEqualTo(400);
    assertThat(answer.fields()).containsExactly(field);
  }

  @Test
  void aPeriodIsBilledTwiceByHandOnlyAfterACredit() {
    String contract = contractByEmailAndPost();
    String body =
        draftJson(contract)
            .replaceFirst(
                "\\{", "{\"period\": {\"from\": \"2026-01-01\", \"to\": \"2026-01-31\"},");
    Answer first = post("/api/documents", body);
    String number = post("/api/documents/" + first.text("/id") + "/issue", "{}").text("/number");

    Answer second = post("/api/documents", body);
    Answer credit = post("/api/documents/" + number + "/follow-ups", "{\"type\": \"CREDIT_NOTE\"}");
    post("/api/documents/" + credit.text("/id") + "/issue", "{}");
    Answer third = post("/api/documents", body);

    assertThat(second.status()).isEqualTo(409);
    assertThat(second.text("/detail")).contains("billed from 2026-01-01", "by " + number);
    assertThat(third.status()).as(third.http().body()).isEqualTo(201);
  }

  private static String rate(String currency, String day, String rate) {
    return "{\"currency\": \"%s\", \"validFrom\": \"%s\", \"rate\": %s}"
        .formatted(currency, day, rate);
  }
}
