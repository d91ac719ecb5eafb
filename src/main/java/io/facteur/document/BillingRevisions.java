package io.facteur.document;

import io.facteur.contract.ContractId;
import io.facteur.party.Refusal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Whether a contract's period can be billed, and as which revision: 0 if it never was; the next one
 * if the last bill is credited in whole by issued credit notes (BILL-2, BILL-6). Who decides on it
 * locks the contracts first.
 */
@Service
public class BillingRevisions {

  /**
   * What is billed once.
   *
   * @param from first day of the period
   */
  public record Billed(ContractId contract, DocumentType type, LocalDate from) {}

  /**
   * How it can be billed.
   *
   * @param revision of the next bill
   * @param billedBy number of the bill that stands in the way, or its id if it is a draft; null if
   *     none does
   */
  public record Next(int revision, String billedBy) {

    /** Of what was never billed. */
    public static final Next FIRST = new Next(0, null);

    /**
     * The revision.
     *
     * @throws Refusal if a bill stands in the way
     */
    public int orRefuse(String field, String contract, LocalDate from) {
      if (billedBy != null) {
        throw Refusal.conflict(
            field,
            "contract %s is billed from %s on already, by %s: credit that in whole and issue the credit note, or discard the draft, to bill it again"
                .formatted(contract, from, billedBy));
      }
      return revision;
    }
  }

  private record Bill(DocumentId id, Billed billed, int revision, String name) {}

  private final CreditedAmounts creditedAmounts;
  private final JdbcClient jdbc;

  BillingRevisions(CreditedAmounts creditedAmounts, JdbcClient jdbc) {
    this.creditedAmounts = creditedAmounts;
    this.jdbc = jdbc;
  }

  /** Of each of them, in two statements. */
  public Map<Billed, Next> next(Collection<Billed> wanted) {
    Map<Billed, Next> next = new HashMap<>();
    wanted.forEach(billed -> next.put(billed, Next.FIRST));
    Map<Billed, Bill> last = new HashMap<>();
    for (Bill bill : bills(wanted)) {
      if (next.containsKey(bill.billed())) {
        last.merge(
            bill.billed(), bill, (one, other) -> one.revision() > other.revision() ? one : other);
      }
    }
    Map<DocumentId, CreditedAmounts.Credited> credited =
        creditedAmounts.of(last.values().stream().map(Bill::id).toList());
    last.forEach(
        (billed, bill) ->
            next.put(
                billed,
                new Next(
                    bill.revision() + 1, credited.get(bill.id()).inWhole() ? null : bill.name())));
    return next;
  }

  private List<Bill> bills(Collection<Billed> wanted) {
    return wanted.isEmpty()
        ? List.of()
        : jdbc.sql(
                """
                SELECT id, contract_id, type, billed_from, billing_revision,
                       COALESCE(number, CONCAT('draft ', id)) AS name
                FROM document
                WHERE contract_id IN (:contracts) AND type IN (:types) AND billed_from IN (:days)
                """)
            .param(
                "contracts", wanted.stream().map(one -> one.contract().value()).distinct().toList())
            .param("types", wanted.stream().map(one -> one.type().name()).distinct().toList())
            .param("days", wanted.stream().map(Billed::from).distinct().toList())
            .query(
                (row, i) ->
                    new Bill(
                        new DocumentId(row.getLong("id")),
                        new Billed(
                            new ContractId(row.getLong("contract_id")),
                            DocumentType.valueOf(row.getString("type")),
                            row.getObject("billed_from", LocalDate.class)),
                        row.getInt("billing_revision"),
                        row.getString("name")))
            .list();
  }
}
