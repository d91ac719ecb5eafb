package io.facteur.dispatch;

import io.facteur.contract.ContractId;
import io.facteur.document.ComputedDraft;
import io.facteur.document.DocumentId;
import io.facteur.document.DocumentType;
import io.facteur.document.OwnAddresses;
import io.facteur.party.CompanyId;
import io.facteur.party.Contact;
import io.facteur.party.ContactId;
import io.facteur.party.TradeParty;
import java.time.LocalDate;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What of a document decides its dispatch. A document that is not issued has its date and its
 * parties only when it is: until then they are as the company's calendar and the contacts have them
 * now, whatever was copied onto the draft.
 *
 * @param id null if the document does not exist yet
 * @param contract null if none
 * @param deliveryContact null if none
 * @param own postal addresses that the document has of its own (ADDR-3)
 * @param frozen null if it is not issued
 */
record PlanHead(
    DocumentId id,
    DocumentType type,
    CompanyId company,
    ContractId contract,
    ContactId contact,
    ContactId deliveryContact,
    OwnAddresses own,
    Frozen frozen) {

  /**
   * What no longer changes of an issued document.
   *
   * @param deliverTo null if none
   */
  record Frozen(LocalDate date, TradeParty buyer, TradeParty deliverTo) {}

  static PlanHead of(ComputedDraft draft) {
    return new PlanHead(
        null,
        draft.document().type(),
        draft.company().id(),
        draft.contract(),
        draft.contact().id(),
        draft.deliverTo() == null ? null : draft.deliverTo().id(),
        draft.document().own(),
        null);
  }

  /** The contracting party as it stands on the document, or would if it were issued now. */
  TradeParty buyer(Contact contact) {
    return isIssued() ? frozen.buyer() : own.buyer(contact);
  }

  /**
   * The delivery address as it stands on the document, or would if it were issued now.
   *
   * @param deliveryParty null if there is none
   * @return null if there is none
   */
  TradeParty deliverTo(Contact deliveryParty) {
    return isIssued() ? frozen.deliverTo() : own.deliverTo(deliveryParty);
  }

  boolean isIssued() {
    return frozen != null;
  }

  Stream<ContactId> contacts() {
    return Stream.of(contact, deliveryContact).filter(Objects::nonNull);
  }
}
