package io.facteur.delivery;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionStatus;

/** The ledger's transactions for what may have to stay undone because its run is stopped. */
@Component
class StoppedTransaction {

  private static final Logger log = LoggerFactory.getLogger(StoppedTransaction.class);

  private final LedgerTransaction transaction;
  private final StoppedDeliveries stopped;

  StoppedTransaction(LedgerTransaction transaction, StoppedDeliveries stopped) {
    this.transaction = transaction;
    this.stopped = stopped;
  }

  <T> T with(Function<TransactionStatus, T> work) {
    return transaction.with(work);
  }

  /**
   * Empty if the claim was given back instead.
   *
   * @param foreseen knows its run; null: it has to be looked for
   */
  <T> Optional<T> unlessStopped(Claim claim, Foreseen foreseen, Supplier<Optional<T>> work) {
    return transaction.with(
        tx -> {
          boolean heldBack =
              foreseen == null
                  ? stopped.holdBack(claim)
                  : stopped.holdBack(claim, foreseen.boarded().run());
          if (heldBack) {
            log.info(
                "transmission {}: held back, its run is stopped", claim.transmission().value());
            return Optional.empty();
          }
          return work.get();
        });
  }
}
