package io.facteur.billing;

import io.facteur.contract.ContractTransaction;
import io.facteur.document.RunGate;
import io.facteur.document.RunId;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Transactions that a run's pause or cancellation waits for, and that do not begin after it. */
@Component
class RunTransaction {

  private final RunGate gate;
  private final ContractTransaction transaction;

  RunTransaction(RunGate gate, ContractTransaction transaction) {
    this.gate = gate;
    this.transaction = transaction;
  }

  /** Empty, and nothing done, if the run does not make documents (any more). */
  <T> Optional<T> whileRunning(RunId run, Supplier<T> work) {
    return transaction.with(
        () -> gate.isRunning(run) ? Optional.of(work.get()) : Optional.<T>empty());
  }
}
