package io.facteur.camel;

import io.facteur.clock.ClockWatch;
import io.facteur.delivery.ClaimRecovery;
import io.facteur.recovery.RestoreWatch;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.support.SimpleEventNotifierSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * What happens around the routes' life: nodes start theirs in turn, the time is the database's, one
 * that was restored is noticed, a node frees its own earlier claims before it takes new ones, and
 * takes them when all routes are there that they pass; when it is stopped it takes and keeps
 * nothing more, and frees what is left when the routes have ended; stored schedules follow the
 * routes.
 */
@Component
class RoutesLifecycle implements CamelContextConfiguration {

  private static final Logger log = LoggerFactory.getLogger(RoutesLifecycle.class);

  private final RestoreWatch restores;
  private final ClaimRecovery claims;
  private final Departing departing;
  private final ScheduleReconciler schedules;
  private final ClockWatch clock;
  private final StartTurn turn;

  RoutesLifecycle(
      RestoreWatch restores,
      ClaimRecovery claims,
      Departing departing,
      ScheduleReconciler schedules,
      ClockWatch clock,
      StartTurn turn) {
    this.clock = clock;
    this.turn = turn;
    this.restores = restores;
    this.claims = claims;
    this.departing = departing;
    this.schedules = schedules;
  }

  @Override
  public void beforeApplicationStart(CamelContext context) {
    turn.await();
    clock.compare();
    restores.atStart();
    int freed = claims.recoverOwn();
    if (freed > 0) {
      log.info("{} claims of an earlier life of this node settled", freed);
    }
    RouteInputs.startLast((ModelCamelContext) context);
    context
        .getManagementStrategy()
        .addEventNotifier(
            new SimpleEventNotifierSupport() {
              @Override
              public void notify(CamelEvent event) {
                if (event instanceof CamelEvent.CamelContextStoppedEvent) {
                  departing.end();
                  freeWhatIsLeft();
                }
              }
            });
  }

  @Override
  public void afterApplicationStart(CamelContext context) {
    schedules.reconcile(context);
    turn.end();
  }

  /** Comes first of all that happens when Facteur is stopped. */
  @EventListener(ContextClosedEvent.class)
  void stopping() {
    departing.begin();
  }

  private void freeWhatIsLeft() {
    try {
      claims.recoverOwn();
    } catch (DataAccessException | TransactionException e) {
      log.warn("claims are left to their leases or this node's next start: {}", e.getMessage());
    }
  }
}
