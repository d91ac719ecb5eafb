package io.facteur.contract;

import java.time.LocalDate;

/**
 * An allowance or charge on a contract's documents as a whole. An amount is for a whole period, and
 * in a part of one pro rata by days; a percentage is what it is. Whether it is in force is decided
 * by the first day that is billed.
 *
 * @param validFrom null: from the start
 * @param validTo last day, included; null: open
 */
public record ContractAllowance(AllowanceCharge allowance, LocalDate validFrom, LocalDate validTo) {

  public boolean isInForce(LocalDate day) {
    return (validFrom == null || !day.isBefore(validFrom))
        && (validTo == null || !day.isAfter(validTo));
  }
}
