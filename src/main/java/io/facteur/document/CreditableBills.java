package io.facteur.document;

import io.facteur.party.Refusal;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Whether, and up to which amount, bills can be credited; decided under their lock (BILL-6). */
@Repository
class CreditableBills {

  /** A locked document. */
  record Bill(
      DocumentId id, DocumentType type, String number, String currency, BigDecimal taxInclusive) {

    boolean isIssued() {
      return number != null;
    }
  }

  private record Settled(DocumentId settlement, String name) {}

  private final CreditedAmounts creditedAmounts;
  private final JdbcClient jdbc;

  CreditableBills(CreditedAmounts creditedAmounts, JdbcClient jdbc) {
    this.creditedAmounts = creditedAmounts;
    this.jdbc = jdbc;
  }

  /**
   * Whoever else wants to credit them waits here, and then finds what was made. Their contracts
   * come first, as whoever bills them begins with those.
   */
  List<Bill> lock(Collection<DocumentId> documents) {
    if (documents.isEmpty()) {
      return List.of();
    }
    List<Long> ids = documents.stream().map(DocumentId::value).distinct().toList();
    lockContracts(
        jdbc.sql("SELECT DISTINCT contract_id FROM document WHERE id IN (:ids) AND contract_id > 0")
            .param("ids", ids)
            .query(Long.class)
            .list());
    return jdbc.sql(
            """
            SELECT id, type, number, currency, tax_inclusive_total FROM document
            WHERE id IN (:ids) ORDER BY id FOR UPDATE
            """)
        .param("ids", ids)
        .query(
            (row, i) ->
                new Bill(
                    new DocumentId(row.getLong("id")),
                    DocumentType.valueOf(row.getString("type")),
                    row.getString("number"),
                    row.getString("currency"),
                    row.getBigDecimal("tax_inclusive_total")))
        .list();
  }

  void lockContracts(Collection<Long> contracts) {
    if (!contracts.isEmpty()) {
      jdbc.sql("SELECT id FROM contract WHERE id IN (:ids) ORDER BY id FOR UPDATE")
          .param("ids", contracts)
          .query(Long.class)
          .list();
    }
  }

  /**
   * What none of its credit notes may be.
   *
   * @throws Refusal if it is no issued bill, or an instalment that a settlement has deducted
   */
  void refuseUncreditable(Bill bill) {
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

  private Optional<String> deductedBy(Bill instalment) {
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
