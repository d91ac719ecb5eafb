package io.facteur.rendering;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Which templates are in force, why changed ones are not, and how many threads are lost to
 * templates that cannot be stopped. Documents are made all the same, so this is {@code DEGRADED},
 * not down.
 */
@Component("templatesHealthIndicator")
class TemplatesHealth implements HealthIndicator, MeterBinder {

  private final Templates templates;

  TemplatesHealth(Templates templates) {
    this.templates = templates;
  }

  @Override
  public Health health() {
    boolean inOrder = templates.problems().isEmpty() && Templates.runaway() == 0;
    return (inOrder ? Health.up() : Health.status("DEGRADED"))
        .withDetail("version", templates.version())
        .withDetail(
            "refused", templates.problems().stream().map(TemplateProblem::toString).toList())
        .withDetail("threadsLost", Templates.runaway())
        .build();
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("facteur.templates.refused", () -> templates.problems().size())
        .description("What is wrong in changed templates, which therefore are not in force")
        .register(registry);
    Gauge.builder("facteur.templates.threads.lost", Templates::runaway)
        .description("Threads that are lost to templates which cannot be stopped")
        .register(registry);
  }
}
