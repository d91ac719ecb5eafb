package io.facteur.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.facteur.contract.BillingPeriod;
import io.facteur.contract.ContractId;
import io.facteur.contract.VatCategory;
import io.facteur.document.DocumentId;
import io.facteur.document.Drafts;
import io.facteur.document.NewDocument;
import io.facteur.document.NewLine;
import io.facteur.testing.BillingOffice;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MeteredQuantitiesTest {

  private static final BillingPeriod JANUARY =
      new BillingPeriod(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 1, 31));

  private static BillingOffice office;
  private static MeteredQuantities quantities;
  private static long contact;

  @BeforeAll
  static void openOffice() {
    office = BillingOffice.open(Clock.systemUTC());
    quantities = office.get(MeteredQuantities.class);
    contact = office.contact("METERED");
  }

  @AfterAll
  static void closeOffice() {
    office.close();
  }

  @Test
  void waitingQuantitiesComeInTheOrderOfMetersAndDays() {
    long contract = contract("W");
    long other = contract("W-other");
    quantity(contract, "WATER", "2026-01-01", "7", 0, false, null);
    quantity(contract, "POWER", "2026-02-01", "20.5", 0, false, null);
    quantity(contract, "POWER", "2026-01-01", "9", 0, true, null);
    quantity(contract, "POWER", "2026-01-01", "10", 1, false, null);
    quantity(other, "POWER", "2026-01-01", "1", 0, false, null);

    Map<ContractId, List<WaitingQuantity>> waiting =
        quantities.waiting(List.of(new ContractId(contract), new ContractId(contract("W-empty"))));

    assertThat(waiting).containsOnlyKeys(new ContractId(contract));
    assertThat(waiting.get(new ContractId(contract)))
        .extracting(
            WaitingQuantity::meter, one -> one.period().from().toString(), WaitingQuantity::toBill)
        .containsExactly(
            tuple("POWER", "2026-01-01", new BigDecimal("10.000000")),
            tuple("POWER", "2026-02-01", new BigDecimal("20.500000")),
            tuple("WATER", "2026-01-01", new BigDecimal("7.000000")));
  }

  @Test
  void billedQuantityWaitsNoLongerAndItsCorrectionForTheDifference() {
    long contract = contract("B");
    ContractId id = new ContractId(contract);
    long first = quantity(contract, "POWER", "2026-01-01", "100", 0, false, null);
    DocumentId draft = draft("Q-B");

    quantities.billed(Map.of(first, draft));
    assertThat(quantities.waiting(List.of(id))).isEmpty();

    quantity(contract, "POWER", "2026-01-01", "90", 1, false, first);
    assertThat(quantities.waiting(List.of(id)).get(id))
        .extracting(
            WaitingQuantity::quantity, WaitingQuantity::alreadyBilled, WaitingQuantity::toBill)
        .containsExactly(
            tuple(
                new BigDecimal("90.000000"),
                new BigDecimal("100.000000"),
                new BigDecimal("-10.000000")));
  }

  @Test
  void quantitiesOfADeletedDraftWaitAgain() {
    long contract = contract("D");
    ContractId id = new ContractId(contract);
    long first = quantity(contract, "POWER", "2026-01-01", "100", 0, false, null);
    DocumentId draft = draft("Q-D");
    quantities.billed(Map.of(first, draft));
    quantity(contract, "POWER", "2026-01-01", "90", 1, false, first);

    office.jdbc().sql("DELETE FROM document WHERE id = ?").param(draft.value()).update();

    assertThat(quantities.waiting(List.of(id)).get(id))
        .extracting(WaitingQuantity::toBill)
        .containsExactly(new BigDecimal("100.000000"), new BigDecimal("-10.000000"));
  }

  private static DocumentId draft(String contract) {
    NewLine line =
        new NewLine(
            "Power",
            null,
            BigDecimal.ONE,
            "KWH",
            BigDecimal.TEN,
            null,
            null,
            VatCategory.S,
            new BigDecimal("20"),
            null);
    return office
        .get(Drafts.class)
        .add(NewDocument.invoice("ACME", contract, JANUARY, List.of(line)), "clerk");
  }

  private static long contract(String number) {
    return office.contract("Q-" + number, contact, LocalDate.of(2026, 1, 1));
  }

  private static long quantity(
      long contract,
      String meter,
      String from,
      String quantity,
      int revision,
      boolean replaced,
      Long corrects) {
    return office
        .jdbc()
        .sql(
            """
            INSERT INTO metered_quantity (contract_id, meter, period_from, period_to, quantity,
              revision, replaced, corrects_id, received_by)
            VALUES (:contract, :meter, :from, LAST_DAY(:from), :quantity, :revision, :replaced,
              :corrects, 'clerk')
            RETURNING id
            """)
        .param("contract", contract)
        .param("meter", meter)
        .param("from", from)
        .param("quantity", new BigDecimal(quantity))
        .param("revision", revision)
        .param("replaced", replaced)
        .param("corrects", corrects)
        .query(Long.class)
        .single();
  }
}
