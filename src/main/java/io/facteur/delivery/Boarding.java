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
   * To be called in a transaction.
   *
   * @param foreseen null if nothing is
   * @return empty if the claim is lost
   */
  Optional<Begun> begin(Claim claim, String format, Foreseen foreseen) {
    if (foreseen != null && ledger.begin(claim, foreseen)) {
      Boarded boarded = foreseen.boarded().begun();
      Resolution resolution = recipients.resolve(boarded, foreseen.request());
      return Optional.of(begun(claim, format, boarded, resolution));
    }
    if (ledger.begin(claim)) {
      Boarded boarded = rows.one(claim.transmission());
      return Optional.of(begun(claim, format, boarded, recipients.resolve(boarded)));
    }
    return Optional.empty();
  }

  private Begun begun(Claim claim, String format, Boarded boarded, Resolution resolution) {
    if (resolution.isSkipped()) {
      return new Begun(null, resolution.skipped().text());
    }
    Recipient recipient = resolution.recipient();
    boolean posted = isPaperForDeliveryAddress(boarded.route().role(), recipient);
    List<Shipment.Item> items =
        boarded.items().stream()
            .map(item -> item.prepared(recipients.format(item, format, recipient), posted))
            .toList();
    ledger.sending(claim, recipient, items);
    Shipment shipment =
        new Shipment(
            claim,
            boarded.attempt(),
            boarded.route().domain(),
            boarded.route().channel(),
            boarded.route().role(),
            recipient,
            boarded.fileName(),
            boarded.printQueue(),
            items);
    return new Begun(shipment, null);
  }

  /** An e-invoice's recipient has a postal address as well, but no envelope. */
  private static boolean isPaperForDeliveryAddress(Role role, Recipient recipient) {
    return role == Role.DELIVERY_ADDRESS
        && recipient.postal() != null
        && recipient.endpoint() == null;
  }
}
