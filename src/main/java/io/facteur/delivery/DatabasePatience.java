package io.facteur.delivery;

import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Repeats a transaction while the database is away or asks for it. An outcome that only this
 * process knows, such as a mail server's reply, must not be lost because the database restarts.
 */
@Component
class DatabasePatience {

  private static final Logger log = LoggerFactory.getLogger(DatabasePatience.class);

  private final Duration patience;

  DatabasePatience(LedgerSettings settings) {
    this.patience = settings.databasePatience();
  }

  /** Runs a transaction that may safely be run again when it has failed. */
  <T> T persist(String what, Supplier<T> transaction) {
    ExponentialBackOff backOff = new ExponentialBackOff(20, 2);
    backOff.setMaxInterval(2_000);
    BackOffExecution pauses = backOff.start();
    // Not the sum of the pauses: each try may wait for a connection as well.
    long begun = System.nanoTime();
    while (true) {
      try {
        return transaction.get();
      } catch (RuntimeException e) {
        Duration pause = Duration.ofMillis(pauses.nextBackOff());
        Duration after = Duration.ofNanos(System.nanoTime() - begun).plus(pause);
        boolean mayWait = after.compareTo(patience) < 0 && !Thread.currentThread().isInterrupted();
        if (!isPassing(e) || !mayWait) {
          throw e;
        }
        log.warn("{} waits for the database: {}", what, rootMessage(e));
        LockSupport.parkNanos(pause.toNanos());
      }
    }
  }

  static boolean isPassing(RuntimeException e) {
    if (e instanceof TransientDataAccessException
        || e instanceof RecoverableDataAccessException
        || e instanceof DataAccessResourceFailureException
        || e instanceof ConcurrencyFailureException
        || e instanceof CannotCreateTransactionException
        || e instanceof TransactionSystemException) {
      return true;
    }
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLNonTransientConnectionException
          || cause instanceof SQLTransientException) {
        return true;
      }
    }
    return false;
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage();
  }
}
