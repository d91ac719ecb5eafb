package io.facteur.dispatch;

import io.facteur.contract.Role;
import io.facteur.party.EmailAddress;

/**
 * Something that people should look at before they send (DISP-6).
 *
 * @param origin of the delivery; null if it concerns the document as a whole, as are channel and
 *     role then
 * @param address the mailbox that it is about; null if it is about none
 * @param reason names no address
 */
public record PlanProblem(
    Kind kind, String origin, String channel, Role role, EmailAddress address, String reason) {

  /** What is wrong, and what to do about it. */
  public enum Kind {
    /** No rule of ADDR-2 finds an e-mail address. */
    NO_ADDRESS("give the contact or the document an e-mail address, or define another channel"),
    /** The contact wants no documents by e-mail (CONS-4). */
    REFUSED("define another channel, or record that the refusal was withdrawn"),
    /** Nothing is mailed to one of its addresses (DISP-5): it is left out, or all of them are. */
    SUSPENDED("correct the address, or lift its suspension"),
    /** The contact's personal data was erased: nothing can be sent to it. */
    ERASED("hand the document over by hand, or change the contract"),
    /** An individual address that is no private place of the contract's contacts (DISP-2). */
    NOT_PRIVATE(
        "mark the address as a PRIVATE e-mail place of the contract's contacts, or change the"
            + " definition"),
    NO_ENDPOINT("give the contact its address in the e-invoice network, or define another channel"),
    NO_POSTAL_ADDRESS("give the contact a postal address, or define another channel"),
    /** Nobody carries this combination of domain, channel and role. */
    NO_ROUTE("add the route, or change the definition"),
    UNKNOWN_CHANNEL("add a file for the channel to routes/channels, or change the definition"),
    /** The definition is for a role that the contract gives to nobody. */
    NOBODY_IN_ROLE("name somebody in this role in the contract, or remove the definition"),
    /** A channel that needs more than the e-mail address that an individual has. */
    INDIVIDUAL_WITHOUT_PLACE("choose a channel that sends e-mail"),
    UNKNOWN_FORMAT("change the format in the definition"),
    /** It breaks rules of EN 16931 and would not be sent (EINV-2). */
    INVALID_EINVOICE("correct what the rules name, in the master data or the document"),
    NOBODY_REACHED("correct one of the deliveries, or add a definition that reaches somebody"),
    DUPLICATE_RECIPIENT("remove one of the definitions, or change one of the addresses"),
    /** The company has never mailed to it successfully: typing errors show here. */
    FIRST_USED_ADDRESS("compare the address with what the customer has given"),
    MANY_CUSTOMERS_ON_ONE_ADDRESS("make sure that it is meant for all of them");

    private final String advice;

    Kind(String advice) {
      this.advice = advice;
    }

    /** What to do, for people. */
    public String advice() {
      return advice;
    }
  }

  /** Of one delivery. */
  public static PlanProblem of(
      PlannedDelivery delivery, Kind kind, EmailAddress address, String reason) {
    return new PlanProblem(
        kind, delivery.origin(), delivery.route().channel(), delivery.role(), address, reason);
  }
}
