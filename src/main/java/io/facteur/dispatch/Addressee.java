package io.facteur.dispatch;

import io.facteur.addressing.RecipientResolution;
import io.facteur.addressing.ResolvedMailboxes;
import io.facteur.party.Mailboxes;
import io.facteur.party.Suspended;
import io.facteur.party.TradeParty;

/**
 * Somebody who takes part in a document in one role, with what is known of how to reach them.
 *
 * @param mailboxes as ADDR-2 resolves them for this document
 * @param party name, postal address and network endpoint
 * @param ownAddress whether the postal address is the document's own (ADDR-3)
 * @param paperlessRefused whether the contact has refused documents by e-mail (CONS-4); of an
 *     address that belongs to no contact, the contracting party
 * @param erased whether the contact is erased: then nothing is sent, through whatever channel
 * @param suspended of the addresses that the document may be mailed to (DISP-5)
 */
public record Addressee(
    ResolvedMailboxes mailboxes,
    TradeParty party,
    boolean ownAddress,
    boolean paperlessRefused,
    boolean erased,
    Suspended suspended) {

  /** The same, reached for one sending at these addresses alone. */
  public Addressee at(Mailboxes given) {
    return new Addressee(
        RecipientResolution.forThisSending(given, mailboxes),
        party,
        ownAddress,
        paperlessRefused,
        erased,
        suspended);
  }

  Addressee with(Suspended known) {
    return new Addressee(mailboxes, party, ownAddress, paperlessRefused, erased, known);
  }
}
