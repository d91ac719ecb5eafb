package io.facteur.dispatch;

/** What a channel needs to know of a recipient before anything can be sent through it. */
public enum Need {
  EMAIL_ADDRESS,
  POSTAL_ADDRESS,
  /** An address in an e-invoice network (EN 16931 BT-49). */
  NETWORK_ENDPOINT,
  NOTHING
}
