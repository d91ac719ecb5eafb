package io.facteur.delivery;

import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The ledger's transactions. Read committed: whoever waited for a document's lock must see what the
 * one before it has written, or two deliveries that end together would both miss the fallback.
 */
@Component
class LedgerTransaction {

  private final TransactionTemplate template;
  private final TransactionTemplate nested;

  LedgerTransaction(PlatformTransactionManager transactions) {
    template = new TransactionTemplate(transactions);
    template.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
    nested = new TransactionTemplate(transactions, template);
    nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
  }

  <T> T with(Function<TransactionStatus, T> work) {
    return template.execute(work::apply);
  }

  /** Within the caller's transaction, if there is one, what fails undoes only itself. */
  <T> T nested(Supplier<T> work) {
    return nested.execute(tx -> work.get());
  }
}
