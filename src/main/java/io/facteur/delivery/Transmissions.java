package io.facteur.delivery;

import io.facteur.contract.Role;
import io.facteur.delivery.LedgerRows.Boarded;
import io.facteur.dispatch.Recipient;
import io.facteur.dispatch.Resolution;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Carries a claimed transmission from its beginning to its recorded outcome (DISP-7). Every write
 * is conditional on the claim's node and fence: whoever has lost the claim changes nothing.
 */
@Component
public class Transmissions implements Marker {

  private static final Logger log = LoggerFactory.getLogger(Transmissions.class);

  private final LedgerRows rows;
  private final RecipientsNow recipients;
  private final Fallbacks fallbacks;
  private final DatabasePatience patience;
  private final StoppedTransaction transaction;
  private final HandOvers handOvers;

  public Transmissions(
      LedgerRows rows,
      RecipientsNow recipients,
      Fallbacks fallbacks,
      DatabasePatience patience,
      StoppedTransaction transaction,
      HandOvers handOvers) {
    this.rows = rows;
    this.recipients = recipients;
    this.fallbacks = fallbacks;
    this.patience = patience;
    this.transaction = transaction;
    this.handOvers = handOvers;
  }

  /**
   * Begins an attempt: resolves the recipient as it is now and freezes it (ADDR-9).
   *
   * @param format the route's, for deliveries whose definition asks for none; empty: none
   * @return null if nothing is to be done: the claim is lost, the delivery can no longer be carried
   *     out and is recorded as skipped, or its run is stopped
   */
  public Shipment begin(Ticket ticket, String format) {
    Optional<Shipment> shipment =
        patience.persist(
            "begin " + ticket.claim(),
            () -> transaction.unlessStopped(ticket.claim(), () -> beginNow(ticket, format)));
    shipment.ifPresent(handOvers::begun);
    return shipment.orElse(null);
  }

  @Override
  public boolean mark(Claim claim, String messageId) {
    boolean marked =
        patience.persist(
            "mark " + claim, () -> transaction.with(tx -> rows.mark(claim, messageId)));
    if (marked) {
      handOvers.marked(claim, messageId);
    }
    return marked;
  }

  @Override
  public boolean markFile(Claim claim, String fileName, String sha256) {
    boolean marked =
        patience.persist(
            "mark " + claim, () -> transaction.with(tx -> rows.markFile(claim, fileName, sha256)));
    if (marked) {
      handOvers.markedFile(claim, fileName, sha256);
    }
    return marked;
  }

  /**
   * Marks the hand-over that the next step of a route makes, such as an HTTP request.
   *
   * @throws TransmissionFailure if another node has taken over, or the hand-over cannot be noted in
   *     this node's journal: then nothing may be handed over
   */
  public void markOrYield(Ticket ticket, String messageId) {
    if (!mark(ticket.claim(), messageId)) {
      throw new TransmissionFailure(Receipt.claimLost(), null);
    }
  }

  /**
   * Records how an attempt came out, and what follows from it: a retry, a fallback, or nothing.
   *
   * @param terms null where the route could not say
   */
  public void record(Ticket ticket, Receipt receipt, RetryTerms terms) {
    Claim claim = ticket.claim();
    if (receipt.outcome() == Receipt.Outcome.CLAIM_LOST) {
      log.info("transmission {}: claim lost, nothing recorded", claim.transmission().value());
      handOvers.came(claim, receipt);
      return;
    }
    RetryTerms known = terms == null ? RetryTerms.DEFAULT : terms;
    patience.persist(
        "record " + claim, () -> transaction.with(tx -> recordNow(claim, receipt, known)));
    handOvers.came(claim, receipt);
  }

  private Optional<Shipment> beginNow(Ticket ticket, String format) {
    Claim claim = ticket.claim();
    if (!rows.begin(claim)) {
      log.info("transmission {}: claim lost before it began", claim.transmission().value());
      return Optional.empty();
    }
    Boarded boarded = rows.boarded(claim.transmission());
    Resolution resolution = recipients.resolve(boarded);
    if (resolution.isSkipped()) {
      end(claim, DeliveryState.SKIPPED, Receipt.skipped(resolution.skipped().text()));
      return Optional.empty();
    }
    Recipient recipient = resolution.recipient();
    boolean posted = isPaperForDeliveryAddress(boarded.route().role(), recipient);
    List<Shipment.Item> items =
        boarded.items().stream()
            .map(item -> item.prepared(recipients.format(item, format, recipient), posted))
            .toList();
    rows.sending(claim, recipient, items);
    return Optional.of(
        new Shipment(
            claim,
            boarded.attempt(),
            boarded.route().domain(),
            boarded.route().channel(),
            boarded.route().role(),
            recipient,
            boarded.fileName(),
            boarded.printQueue(),
            items));
  }

  /** An e-invoice's recipient has a postal address as well, but no envelope. */
  private static boolean isPaperForDeliveryAddress(Role role, Recipient recipient) {
    return role == Role.DELIVERY_ADDRESS
        && recipient.postal() != null
        && recipient.endpoint() == null;
  }

  private boolean recordNow(Claim claim, Receipt receipt, RetryTerms terms) {
    return switch (receipt.outcome()) {
      case SENT -> end(claim, DeliveryState.SENT, receipt);
      case SPOOLED -> end(claim, DeliveryState.SPOOLED, receipt);
      case UNCERTAIN -> end(claim, DeliveryState.UNCERTAIN, receipt);
      case SKIPPED -> end(claim, DeliveryState.SKIPPED, receipt);
      case FAILED_FOR_GOOD -> end(claim, DeliveryState.FAILED, receipt);
      case FAILED_TEMPORARILY -> retryOrGiveUp(claim, receipt, terms);
      case BROKEN_OFF ->
          rows.isMarkedForReply(claim)
              ? end(claim, DeliveryState.UNCERTAIN, receipt)
              : retryOrGiveUp(claim, receipt, terms);
      case CLAIM_LOST -> false;
    };
  }

  private boolean retryOrGiveUp(Claim claim, Receipt receipt, RetryTerms terms) {
    int attempt = rows.attempt(claim.transmission());
    if (!terms.allowAfter(attempt)) {
      String reason = "given up after %d attempts: %s".formatted(attempt, receipt.reason());
      return end(claim, DeliveryState.FAILED, Receipt.failedForGood(reason, receipt.evidence()));
    }
    Duration delay = terms.delayAfter(attempt);
    boolean released = rows.releaseForRetry(claim, attempt, delay, receipt);
    if (released) {
      log.info(
          "transmission {}: attempt {} failed, next in {}",
          claim.transmission().value(),
          attempt,
          delay);
    }
    return released;
  }

  private boolean end(Claim claim, DeliveryState state, Receipt receipt) {
    if (!rows.end(claim, receipt) && !rows.endLate(claim, state)) {
      log.warn(
          "transmission {}: outcome {} came after the claim was lost and changes nothing",
          claim.transmission().value(),
          state);
      return false;
    }
    List<DeliveryId> ended = rows.change(claim.transmission(), state, receipt, claim.node());
    if (EndedUnsent.STATES.contains(state)) {
      fallbacks.after(ended, claim.node());
    }
    return true;
  }
}
