package io.facteur.billing;

import io.facteur.contract.ContractId;
import io.facteur.party.Refusal;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Billing's transactions. Read committed: whoever waited for a contract's lock must see until when
 * it has been billed in the meantime. A transaction that the database has chosen to end a deadlock
 * is repeated.
 */
@Component
class BillingTransaction {

  private static final Logger log = LoggerFactory.getLogger(BillingTransaction.class);
  private static final int ATTEMPTS = 5;

  private final TransactionTemplate template;

  BillingTransaction(PlatformTransactionManager transactions) {
    template = new TransactionTemplate(transactions);
    template.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
    template.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  <T> T with(Supplier<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return template.execute(status -> work.get());
      } catch (ConcurrencyFailureException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        log.debug("Billing repeats a transaction that met another one");
      }
    }
  }

  /** Whether it lies at the database's present state, and not at what was to be billed. */
  static boolean isPassing(RuntimeException e) {
    return e instanceof TransientDataAccessException
        || e instanceof RecoverableDataAccessException
        || e instanceof DataAccessResourceFailureException
        || e instanceof TransactionException;
  }

  /** For people: why the contract is held. */
  static String reason(ContractId contract, RuntimeException e) {
    if (e instanceof Refusal refusal) {
      return refusal.getMessage();
    }
    if (e instanceof DuplicateKeyException) {
      return "its next period is invoiced already: correct until when it is billed";
    }
    log.error("Contract {} is held: it cannot be billed", contract.value(), e);
    return "it cannot be billed (" + e.getClass().getSimpleName() + "): see the log of this time";
  }
}
