package io.facteur.billing;

/**
 * Why a contract is not billed now.
 *
 * @param reason for people: what it is and what to do
 * @param periods that are due; null unless that is the reason
 */
public record Held(ProblemKind kind, String reason, Integer periods) {

  public Held {
    if ((kind == ProblemKind.MISSED_PERIODS) != (periods != null)) {
      throw new IllegalArgumentException("missed periods are counted, nothing else is");
    }
  }

  static Held contract(String reason) {
    return new Held(ProblemKind.CONTRACT, reason, null);
  }

  static Held quantityMissing(String reason) {
    return new Held(ProblemKind.QUANTITY_MISSING, reason, null);
  }

  static Held missedPeriods(int periods, String reason) {
    return new Held(ProblemKind.MISSED_PERIODS, reason, periods);
  }
}
