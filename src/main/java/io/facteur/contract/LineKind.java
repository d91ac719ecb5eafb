package io.facteur.contract;

/** Where a contract line's quantity comes from, and on what it is billed. */
public enum LineKind {
  /** The same in every whole period. */
  FIXED,
  /** Imported for each period, such as a meter reading. */
  METERED,
  /** Billed on instalments and deducted by their settlement (BILL-7). */
  INSTALMENT
}
