package io.facteur.document;

import io.facteur.party.Refusal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Whether bills can be credited; decided while they are held by {@link DocumentLocks} (BILL-6). */
@Repository
class CreditableBills {

  private record Settled(DocumentId settlement, String name) {}

  private final CreditedAmounts creditedAmounts;
  private final JdbcClient jdbc;

  CreditableBills(CreditedAmounts creditedAmounts, JdbcClient jdbc) {
    this.creditedAmounts = creditedAmounts;
    this.jdbc = jdbc;
  }

  /**
   * What none of its credit notes may be.
   *
   * @throws Refusal if it is no issued bill, or an instalment that a settlement has deducted
   */
  void refuseUncreditable(DocumentLocks.Held bill) {
    if (!bill.type().isBill() || !bill.isIssued()) {
      throw Refusal.conflict(
          "document",
          "%s is %s %s: only an issued invoice can be credited"
              .formatted(
                  bill.isIssued() ? bill.number() : bill.id().value(),
                  bill.isIssued() ? DocumentState.ISSUED : DocumentState.DRAFT,
                  bill.type()));
    }
    deductedBy(bill)
        .ifPresent(
            settlement -> {
              throw Refusal.conflict(
                  "document",
                  "%s is deducted by settlement %s: credit that in whole first"
                      .formatted(bill.number(), settlement));
            });
  }

  /** With VAT, of each of the bills. */
  Map<DocumentId, CreditedAmounts.Credited> credited(Collection<DocumentId> bills) {
    return creditedAmounts.of(bills);
  }

  private Optional<String> deductedBy(DocumentLocks.Held instalment) {
    List<Settled> settled =
        jdbc.sql(
                """
                SELECT s.id, COALESCE(s.number, CONCAT('draft ', s.id)) AS name
                FROM settled_instalment d JOIN document s ON s.id = d.settlement_id
                WHERE d.instalment_id = :instalment ORDER BY s.id
                """)
            .param("instalment", instalment.id().value())
            .query(
                (row, i) -> new Settled(new DocumentId(row.getLong("id")), row.getString("name")))
            .list();
    Map<DocumentId, CreditedAmounts.Credited> credited =
        creditedAmounts.of(settled.stream().map(Settled::settlement).toList());
    return settled.stream()
        .filter(one -> !credited.get(one.settlement()).inWhole())
        .map(Settled::name)
        .findFirst();
  }
}
