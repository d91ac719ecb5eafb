package io.facteur.camel;

import io.facteur.clock.ClockWatch;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Tells of a wrong clock among the details; this node is ready all the same. */
@Component("clockHealthIndicator")
class ClockHealth implements HealthIndicator {

  private final ClockWatch clock;

  ClockHealth(ClockWatch clock) {
    this.clock = clock;
  }

  @Override
  public Health health() {
    Health.Builder health = clock.isRight() ? Health.up() : Health.down();
    return health.withDetail("aheadOfDatabase", clock.ahead()).build();
  }
}
