package io.facteur.contract;

/** VAT categories of EN 16931 (UNTDID 5305). */
public enum VatCategory {
  /** Standard rate. */
  S,
  /** Zero rated. */
  Z,
  /** Exempt from tax. */
  E,
  /** Reverse charge. */
  AE,
  /** Intra-community supply. */
  K,
  /** Free export item, tax not charged. */
  G,
  /** Outside the scope of tax. */
  O
}
