package io.facteur.metering;

import io.facteur.contract.BillingPeriod;
import io.facteur.contract.ContractId;
import java.math.BigDecimal;

/**
 * A row of the table {@code metered_quantity}.
 *
 * @param id null until it is written
 * @param replaced by a later one, before it was billed
 * @param corrects id of the billed quantity whose difference to this one is to be billed; null
 *     unless it is a correction
 * @param document that bills it, as people name it; null if none does
 */
record KnownQuantity(
    Long id,
    ContractId contract,
    String meter,
    BillingPeriod period,
    BigDecimal quantity,
    int revision,
    boolean replaced,
    Long corrects,
    String document) {

  boolean isBilled() {
    return document != null;
  }

  boolean hasQuantity(BigDecimal other) {
    return quantity.compareTo(other) == 0;
  }
}
