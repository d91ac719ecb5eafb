package io.facteur.delivery;

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
  private final Boarding boarding;
  private final Fallbacks fallbacks;
  private final DatabasePatience patience;
  private final StoppedTransaction transaction;
  private final HandOvers handOvers;

  public Transmissions(
      LedgerRows rows,
      Boarding boarding,
      Fallbacks fallbacks,
      DatabasePatience patience,
      StoppedTransaction transaction,
      HandOvers handOvers) {
    this.rows = rows;
    this.boarding = boarding;
    this.fallbacks = fallbacks;
    this.patience = patience;
    this.transaction = transaction;
    this.handOvers = handOvers;
  }

  /** Reads ahead, for {@link #begin}, what a chunk's transmissions carry and who gets it. */
  public Outlook lookAhead(List<Ticket> chunk) {
    return boarding.lookAhead(chunk);
  }

  /** Begins an attempt of which nothing is foreseen. */
  public Shipment begin(Ticket ticket, String format) {
    return begin(ticket, format, Outlook.NONE);
  }

  /**
   * Begins an attempt: resolves the recipient as it is now and freezes it (ADDR-9).
   *
   * @param format the route's, for deliveries whose definition asks for none; empty: none
   * @param outlook on its chunk, which spares reading what has not changed since; null: none
   * @return null if nothing is to be done: the claim is lost, the delivery can no longer be carried
   *     out and is recorded as skipped, or its run is stopped
   */
  public Shipment begin(Ticket ticket, String format, Outlook outlook) {
    Claim claim = ticket.claim();
    Foreseen foreseen = outlook == null ? null : outlook.of(claim);
    Optional<Shipment> shipment =
        patience.persist(
            "begin " + claim,
            () ->
                beginAsForeseen(claim, format, foreseen)
                    .or(
                        () ->
                            transaction.unlessStopped(
                                claim, foreseen, () -> beginNow(claim, format))));
    shipment.ifPresent(handOvers::begun);
    return shipment.orElse(null);
  }

  @Override
  public boolean mark(Claim claim, String messageId) {
    boolean marked = patience.persist("mark " + claim, () -> rows.mark(claim, messageId));
    if (marked) {
      handOvers.marked(claim, messageId);
    }
    return marked;
  }

  @Override
  public boolean markFile(Claim claim, String fileName, String sha256) {
    boolean marked =
        patience.persist("mark " + claim, () -> rows.markFile(claim, fileName, sha256));
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
   * @throws TransmissionFailure with the same receipt, if the database is away for too long
   */
  public void record(Ticket ticket, Receipt receipt, RetryTerms terms) {
    Claim claim = ticket.claim();
    if (receipt.outcome() == Receipt.Outcome.CLAIM_LOST) {
      log.info("transmission {}: claim lost, nothing recorded", claim.transmission().value());
      handOvers.came(claim, receipt);
      return;
    }
    RetryTerms known = terms == null ? RetryTerms.DEFAULT : terms;
    try {
      patience.persist("record " + claim, () -> recordNow(claim, receipt, known));
    } catch (RuntimeException e) {
      // What came out stays known: whoever handles the error must take it for nothing else.
      throw DatabasePatience.isPassing(e) ? new TransmissionFailure(receipt, e) : e;
    }
    handOvers.came(claim, receipt);
  }

  /** Most begin so, by one round trip to the database. */
  private Optional<Shipment> beginAsForeseen(Claim claim, String format, Foreseen foreseen) {
    return foreseen != null && RoundTrip.isPossible()
        ? boarding.beginAsForeseen(claim, format, foreseen)
        : Optional.empty();
  }

  private Optional<Shipment> beginNow(Claim claim, String format) {
    Optional<Boarding.Begun> begun = boarding.begin(claim, format);
    if (begun.isEmpty()) {
      log.info("transmission {}: claim lost before it began", claim.transmission().value());
      return Optional.empty();
    }
    String skipped = begun.get().skipped();
    if (skipped != null) {
      endUnlessInDoubt(claim, DeliveryState.SKIPPED, Receipt.skipped(skipped));
      return Optional.empty();
    }
    return Optional.of(begun.get().shipment());
  }

  private boolean recordNow(Claim claim, Receipt receipt, RetryTerms terms) {
    return switch (receipt.outcome()) {
      case SENT -> end(claim, DeliveryState.SENT, receipt);
      case SPOOLED -> end(claim, DeliveryState.SPOOLED, receipt);
      case UNCERTAIN -> end(claim, DeliveryState.UNCERTAIN, receipt);
      case SKIPPED -> endUnlessInDoubt(claim, DeliveryState.SKIPPED, receipt);
      case FAILED_FOR_GOOD -> endUnlessInDoubt(claim, DeliveryState.FAILED, receipt);
      case FAILED_TEMPORARILY -> transaction.with(tx -> retryOrGiveUp(claim, receipt, terms));
      case BROKEN_OFF -> transaction.with(tx -> brokenOff(claim, receipt, terms));
      case CLAIM_LOST -> false;
    };
  }

  /** Tells nothing of the counterpart, so whoever comes too late knows no more than is recorded. */
  private boolean brokenOff(Claim claim, Receipt receipt, RetryTerms terms) {
    if (!rows.lock(claim)) {
      return tooLate(claim, receipt.outcome());
    }
    return rows.isMarkedForReply(claim)
        ? end(claim, DeliveryState.UNCERTAIN, receipt)
        : retryOrGiveUp(claim, receipt, terms);
  }

  private boolean retryOrGiveUp(Claim claim, Receipt receipt, RetryTerms terms) {
    int attempt = rows.attempt(claim.transmission());
    if (!terms.allowAfter(attempt)) {
      String reason = "given up after %d attempts: %s".formatted(attempt, receipt.reason());
      Receipt givenUp = Receipt.failedForGood(reason, receipt.evidence());
      return receipt.knowsItsFile()
          ? end(claim, DeliveryState.FAILED, givenUp)
          : endUnlessInDoubt(claim, DeliveryState.FAILED, givenUp);
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

  /**
   * Ends an attempt that reached nobody; but a file that an attempt may have laid before its
   * consumer, and that was not looked for since, is uncertain.
   */
  private boolean endUnlessInDoubt(Claim claim, DeliveryState state, Receipt receipt) {
    return transaction.with(
        tx ->
            rows.fileInDoubt(claim)
                .map(file -> receipt.reason() + LedgerRows.IN_DOUBT.formatted(file))
                .map(
                    reason ->
                        end(
                            claim,
                            DeliveryState.UNCERTAIN,
                            Receipt.uncertain(reason, receipt.evidence())))
                .orElseGet(() -> end(claim, state, receipt)));
  }

  /** What has gone out is recorded in one round trip, a transaction of its own: most are. */
  private boolean end(Claim claim, DeliveryState state, Receipt receipt) {
    boolean needsFallback = EndedUnsent.STATES.contains(state);
    if (!needsFallback && rows.end(claim, state, receipt)) {
      return true;
    }
    return transaction.with(tx -> endAndFollow(claim, state, receipt, needsFallback));
  }

  private boolean endAndFollow(
      Claim claim, DeliveryState state, Receipt receipt, boolean needsFallback) {
    TransmissionId id = claim.transmission();
    if (!rows.end(claim, state, receipt)) {
      if (!rows.endLate(claim, state, receipt)) {
        return tooLate(claim, state);
      }
      rows.change(id, state, receipt, claim.node());
    }
    if (needsFallback) {
      fallbacks.after(rows.deliveries(id), claim.node());
    }
    return true;
  }

  private static boolean tooLate(Claim claim, Enum<?> outcome) {
    log.warn(
        "transmission {}: outcome {} came after the claim was lost and changes nothing",
        claim.transmission().value(),
        outcome);
    return false;
  }
}
