package io.facteur.camel;

import java.time.Instant;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Tells of the broker among the details. It decides nothing about readiness: without it everything
 * but the hand-out goes on.
 */
@Component("brokerHealthIndicator")
@ConditionalOnProperty(name = "facteur.hand-out", havingValue = "jms")
class BrokerHealth implements HealthIndicator {

  private final SharedQueues queues;
  private final BrokerSettings settings;

  BrokerHealth(SharedQueues queues, BrokerSettings settings) {
    this.queues = queues;
    this.settings = settings;
  }

  @Override
  public Health health() {
    Instant lostAt = queues.lostAt();
    Health.Builder health =
        lostAt == null
            ? Health.up()
            : Health.down().withDetail("since", lostAt).withDetail("reason", queues.reason());
    return health.withDetail("server", settings.server()).build();
  }
}
