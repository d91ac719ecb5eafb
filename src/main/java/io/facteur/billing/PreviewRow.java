package io.facteur.billing;

import io.facteur.contract.BillingPeriod;
import io.facteur.document.DocumentType;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Set;

/**
 * A document that a run would make, or a contract that it would hold.
 *
 * @param contract number
 * @param type null where the contract is held
 * @param period null where the contract is held
 * @param currency null where the contract is held
 * @param net BT-109; null where the contract is held
 * @param payable BT-115; null where the contract is held
 * @param previousNet BT-109 of the contract's last bill of that type in that currency; null if
 *     there is none
 * @param unusual what is to be looked at before it is billed
 * @param held null for a document
 */
public record PreviewRow(
    String contract,
    DocumentType type,
    BillingPeriod period,
    Currency currency,
    BigDecimal net,
    BigDecimal payable,
    BigDecimal previousNet,
    Set<Unusual> unusual,
    Held held) {

  /** Why a document is to be looked at. */
  public enum Unusual {
    /** The contract was never billed such a document. */
    FIRST,
    /** A day of it costs much more than a day of the last one. */
    MUCH_MORE,
    /** A day of it costs much less than a day of the last one. */
    MUCH_LESS,
    /** It comes to nothing. */
    ZERO,
    /** It is in the customer's favour. */
    CREDIT
  }

  public PreviewRow {
    unusual = Set.copyOf(unusual);
  }

  static PreviewRow held(String contract, Held held) {
    return new PreviewRow(contract, null, null, null, null, null, null, Set.of(), held);
  }
}
