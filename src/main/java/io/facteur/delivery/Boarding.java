package io.facteur.delivery;

import io.facteur.contract.Role;
import io.facteur.dispatch.Recipient;
import io.facteur.dispatch.Resolution;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Begins claimed transmissions: finds out what each carries, and to whom at this moment. */
@Component
class Boarding {

  private final LedgerRows ledger;
  private final BoardedRows rows;
  private final RecipientsNow recipients;
  private final LookAhead lookAhead;

  Boarding(LedgerRows ledger, BoardedRows rows, RecipientsNow recipients, LookAhead lookAhead) {
    this.ledger = ledger;
    this.rows = rows;
    this.recipients = recipients;
    this.lookAhead = lookAhead;
  }

  /**
   * An attempt that has begun.
   *
   * @param shipment null if it cannot be carried out
   * @param skipped why not; else null
   */
  record Begun(Shipment shipment, String skipped) {}

  Outlook lookAhead(List<Ticket> chunk) {
    return lookAhead.over(chunk);
  }

  /**
   * Begins at once what was foreseen, in a transaction of its own.
   *
   * @return empty if something has changed since, or it is not to be carried out: then it has to
   *     begin as if nothing had been foreseen
   */
  Optional<Shipment> beginAsForeseen(Claim claim, String format, Foreseen foreseen) {
    Boarded boarded = foreseen.boarded().begun();
    Resolution resolution = recipients.resolve(boarded, foreseen.request());
    if (resolution.isSkipped()) {
      return Optional.empty();
    }
    Recipient recipient = resolution.recipient();
    List<Shipment.Item> items = items(boarded, format, recipient);
    return ledger.begin(claim, foreseen, recipient, items.get(0))
        ? Optional.of(shipment(claim, boarded, recipient, items))
        : Optional.empty();
  }

  /**
   * To be called in a transaction.
   *
   * @return empty if the claim is lost
   */
  Optional<Begun> begin(Claim claim, String format) {
    if (!ledger.begin(claim)) {
      return Optional.empty();
    }
    Boarded boarded = rows.one(claim.transmission());
    Resolution resolution = recipients.resolve(boarded);
    if (resolution.isSkipped()) {
      return Optional.of(new Begun(null, resolution.skipped().text()));
    }
    Recipient recipient = resolution.recipient();
    List<Shipment.Item> items = items(boarded, format, recipient);
    ledger.sending(claim, recipient, items);
    return Optional.of(new Begun(shipment(claim, boarded, recipient, items), null));
  }

  private List<Shipment.Item> items(Boarded boarded, String format, Recipient recipient) {
    boolean posted = isPaperForDeliveryAddress(boarded.route().role(), recipient);
    return boarded.items().stream()
        .map(item -> item.prepared(recipients.format(item, format, recipient), posted))
        .toList();
  }

  private static Shipment shipment(
      Claim claim, Boarded boarded, Recipient recipient, List<Shipment.Item> items) {
    return new Shipment(
        claim,
        boarded.attempt(),
        boarded.route().domain(),
        boarded.route().channel(),
        boarded.route().role(),
        recipient,
        boarded.fileName(),
        boarded.printQueue(),
        items);
  }

  /** An e-invoice's recipient has a postal address as well, but no envelope. */
  private static boolean isPaperForDeliveryAddress(Role role, Recipient recipient) {
    return role == Role.DELIVERY_ADDRESS
        && recipient.postal() != null
        && recipient.endpoint() == null;
  }
}
