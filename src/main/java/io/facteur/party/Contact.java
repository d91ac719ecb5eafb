package io.facteur.party;

import java.time.Instant;

/**
 * A customer, supplier or lead of a company, or a person who belongs to one of them.
 *
 * @param id null until it is saved
 * @param version rises with each change, of its addresses too
 * @param organisation the contact that a person belongs to; null if none
 * @param primaryPerson whether mails written from the organisation go to this person first (ADDR-2)
 * @param address null if it has no postal address; then nothing can go by post
 * @param endpoint BT-49; null if it takes no e-invoices
 * @param buyerReference BT-10; null if none
 * @param paperlessRefused whether it has refused documents by e-mail (CONS-3)
 * @param mandate its bills are collected by direct debit; null if they are not
 * @param erasedAt when its personal data was erased; null if it was not
 */
public record Contact(
    ContactId id,
    int version,
    CompanyId company,
    String code,
    Kind kind,
    ContactId organisation,
    boolean primaryPerson,
    String name,
    String additionalName,
    PostalAddress address,
    String language,
    Registration registration,
    TradeParty.Endpoint endpoint,
    String buyerReference,
    boolean paperlessRefused,
    ContactAddresses addresses,
    Mandate mandate,
    Instant erasedAt) {

  /** One that is not erased and has given no mandate. */
  public Contact(
      ContactId id,
      int version,
      CompanyId company,
      String code,
      Kind kind,
      ContactId organisation,
      boolean primaryPerson,
      String name,
      String additionalName,
      PostalAddress address,
      String language,
      Registration registration,
      TradeParty.Endpoint endpoint,
      String buyerReference,
      boolean paperlessRefused,
      ContactAddresses addresses) {
    this(
        id,
        version,
        company,
        code,
        kind,
        organisation,
        primaryPerson,
        name,
        additionalName,
        address,
        language,
        registration,
        endpoint,
        buyerReference,
        paperlessRefused,
        addresses,
        null,
        null);
  }

  /** What a contact is to the company. */
  public enum Kind {
    CUSTOMER,
    SUPPLIER,
    LEAD,
    PERSON
  }

  /**
   * Under which identifiers it is known to authorities.
   *
   * @param vatId BT-48, with country prefix; null if none
   * @param id BT-47, e.g. a SIREN; null if none
   * @param scheme BT-47-1, ISO 6523 ICD; null if none
   */
  public record Registration(String vatId, String id, String scheme) {
    public static final Registration NONE = new Registration(null, null, null);
  }

  /** As it stands on documents (BG-7, BG-13). */
  public TradeParty asTradeParty() {
    return new TradeParty(
        name,
        additionalName,
        address,
        registration.vatId(),
        registration.id(),
        registration.scheme(),
        endpoint,
        null,
        null,
        addresses.general() == null ? null : addresses.general().value());
  }

  /** Whether it may no longer be used or changed. */
  public boolean erased() {
    return erasedAt != null;
  }

  public Contact with(ContactAddresses changed) {
    return new Contact(
        id,
        version,
        company,
        code,
        kind,
        organisation,
        primaryPerson,
        name,
        additionalName,
        address,
        language,
        registration,
        endpoint,
        buyerReference,
        paperlessRefused,
        changed,
        mandate,
        erasedAt);
  }
}
