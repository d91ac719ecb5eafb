package io.facteur.contract;

import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Transactions that lock contracts to bill them or to take in what they bill. Read committed:
 * whoever waited for a contract's lock must see until when it has been billed in the meantime. A
 * transaction that the database has chosen to end a deadlock is repeated.
 */
@Component
public class ContractTransaction {

  private static final Logger log = LoggerFactory.getLogger(ContractTransaction.class);
  private static final int ATTEMPTS = 5;

  private final TransactionTemplate template;

  ContractTransaction(PlatformTransactionManager transactions) {
    template = new TransactionTemplate(transactions);
    template.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
    template.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  /** Does the work in a transaction of its own. */
  public <T> T with(Supplier<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return template.execute(status -> work.get());
      } catch (ConcurrencyFailureException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        log.debug("a transaction that met another one is repeated");
      }
    }
  }

  /** Whether it lies at the database's present state, and not at what was to be done. */
  public static boolean isPassing(RuntimeException e) {
    return e instanceof TransientDataAccessException
        || e instanceof RecoverableDataAccessException
        || e instanceof DataAccessResourceFailureException
        || e instanceof TransactionException;
  }
}
