package io.facteur.privacy;

import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Lets this transaction, and no other, change reasons and evidence in the history of deliveries.
 * The permit is a row that is never committed: a rollback takes it back, and the connection goes
 * back to its pool without it.
 */
@Component
class ErasurePermit {

  private final JdbcClient jdbc;

  ErasurePermit(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Only in a transaction; what fails has to roll it back. */
  <T> T during(Supplier<T> erasure) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("the history is changed in a transaction or not at all");
    }
    jdbc.sql("INSERT INTO erasure_permit (connection_id) VALUES (CONNECTION_ID())").update();
    T done = erasure.get();
    jdbc.sql("DELETE FROM erasure_permit WHERE connection_id = CONNECTION_ID()").update();
    return done;
  }
}
