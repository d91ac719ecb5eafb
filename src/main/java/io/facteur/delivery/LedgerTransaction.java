package io.facteur.delivery;

import java.util.function.Function;
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

  LedgerTransaction(PlatformTransactionManager transactions) {
    template = new TransactionTemplate(transactions);
    template.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
  }

  <T> T with(Function<TransactionStatus, T> work) {
    return template.execute(work::apply);
  }
}
