package io.facteur.party;

/**
 * A seller, buyer or delivery party as it stands on a document (EN 16931 BG-4, BG-7, BG-13).
 *
 * @param additionalName a second name line, e.g. a department or "c/o"; null if none
 * @param address null if the party has no postal address
 * @param vatId BT-31/BT-48, with country prefix; null if none
 * @param registrationId BT-30/BT-47; null if none
 * @param registrationScheme BT-30-1/BT-47-1, ISO 6523 ICD; null if none
 * @param endpoint BT-34/BT-49; null if none
 * @param contactName BT-41/BT-56; null if none
 * @param phone BT-42; null if none
 * @param email BT-43; null if none
 */
public record TradeParty(
    String name,
    String additionalName,
    PostalAddress address,
    String vatId,
    String registrationId,
    String registrationScheme,
    Endpoint endpoint,
    String contactName,
    String phone,
    String email) {

  /** The same with another e-mail address. */
  public TradeParty withEmail(String other) {
    return new TradeParty(
        name,
        additionalName,
        address,
        vatId,
        registrationId,
        registrationScheme,
        endpoint,
        contactName,
        phone,
        other);
  }

  /**
   * An electronic address for e-invoices.
   *
   * @param scheme from the EAS code list, e.g. {@code 0088}, {@code 9930}, {@code EM}
   */
  public record Endpoint(String scheme, String id) {}
}
