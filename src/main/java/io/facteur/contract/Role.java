package io.facteur.contract;

/** In which capacity somebody receives a document. */
public enum Role {
  CONTRACTING_PARTY,
  DELIVERY_ADDRESS,
  /** A private address of its own (DISP-2). */
  INDIVIDUAL
}
