package io.facteur.camel;

import io.facteur.delivery.Receipt;
import io.facteur.delivery.Ticket;
import io.facteur.delivery.TransmissionFailure;
import io.facteur.rendering.InvalidEInvoiceException;
import io.facteur.rendering.TemplateFailedException;
import io.facteur.rendering.TemplateStoppedException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Map;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Turns exceptions on a delivery's way into receipts ({@code routes/errors.camel.yaml}). */
@Component("failures")
public class Failures {

  private static final Logger log = LoggerFactory.getLogger(Failures.class);

  private final RouteCatalogue routes;

  public Failures(RouteCatalogue routes) {
    this.routes = routes;
  }

  /** What the ledger is to record of an exception. */
  public Receipt receipt(Throwable exception, Ticket ticket) {
    Receipt receipt = classify(exception, ticket);
    log.info(
        "transmission {}: {} ({})",
        ticket.claim().transmission().value(),
        receipt.outcome(),
        exception.getClass().getSimpleName());
    if (receipt.outcome() == Receipt.Outcome.BROKEN_OFF) {
      log.debug("transmission {}", ticket.claim().transmission().value(), exception);
    }
    return receipt;
  }

  /** Logs what a housekeeping route could not do. */
  public void report(Throwable exception, String routeId) {
    log.warn("route {} will try again: {}", routeId, withoutValues(exception));
    log.debug("route {}", routeId, exception);
  }

  private Receipt classify(Throwable exception, Ticket ticket) {
    for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
      if (cause instanceof TransmissionFailure failure) {
        return failure.receipt();
      }
      if (cause instanceof TemplateStoppedException) {
        return Receipt.brokenOff(cause.getMessage());
      }
      if (cause instanceof TemplateFailedException || cause instanceof InvalidEInvoiceException) {
        return Receipt.failedForGood(cause.getMessage(), Map.of());
      }
      if (cause instanceof DataAccessException
          || cause instanceof TransactionException
          || cause instanceof SQLException) {
        break; // that our database refuses a connection says nothing of the counterpart
      }
      if (cause instanceof DirectConsumerNotAvailableException && routes.lacks(ticket.route())) {
        return Receipt.skipped("no route for " + ticket.route());
      }
      if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
        return Receipt.failedTemporarily(reason(exception), Map.of()); // nothing was handed over
      }
      if (cause instanceof HttpOperationFailedException answer) {
        return answered(answer);
      }
    }
    return Receipt.brokenOff(reason(exception));
  }

  /**
   * The counterpart's answer is definite: it did not take it. A gateway's 502 or 504 is not, as it
   * has lost the answer of the counterpart, which may have taken it (RFC 9110 §15).
   */
  private static Receipt answered(HttpOperationFailedException answer) {
    int status = answer.getStatusCode();
    String reason = "HTTP %d %s".formatted(status, answer.getStatusText());
    Map<String, String> evidence = Map.of("httpStatus", String.valueOf(status));
    if (status == 502 || status == 504) {
      return Receipt.brokenOff(reason, evidence);
    }
    boolean passing = status >= 500 || status == 408 || status == 425 || status == 429;
    return passing
        ? Receipt.failedTemporarily(reason, evidence)
        : Receipt.failedForGood(reason, evidence);
  }

  /** The database repeats a value that it refuses, which may be somebody's address. */
  private static String withoutValues(Throwable exception) {
    return root(exception) instanceof SQLException refused
            && String.valueOf(refused.getSQLState()).matches("2[23].*")
        ? "the database refused a value (error %d)".formatted(refused.getErrorCode())
        : reason(exception);
  }

  private static Throwable root(Throwable exception) {
    Throwable root = exception;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static String reason(Throwable exception) {
    Throwable root = root(exception);
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }
}
