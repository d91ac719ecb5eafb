package io.facteur.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LedgerMetricsTest {

  private static LedgerOffice office;

  @BeforeAll
  static void open() {
    office = new LedgerOffice("node-m");
  }

  @AfterAll
  static void close() {
    office.close();
  }

  @Test
  void whoeverWatchesSeesWhatWaitsHowLateItIsAndWhatNobodyCanTell() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    LedgerMetrics metrics = office.get(LedgerMetrics.class);
    metrics.bindTo(registry);
    String contract = office.contract("EMAIL CONTRACTING_PARTY", "POST CONTRACTING_PARTY");
    office.issued(contract);
    office.issued(contract);
    office
        .jdbc()
        .sql(
            "UPDATE transmission SET due_at = UTC_TIMESTAMP(6) - INTERVAL 1 HOUR WHERE channel = 'POST'")
        .update();
    Ticket ticket = office.claim("EMAIL", 1).get(0);
    Transmissions transmissions = office.get(Transmissions.class);
    transmissions.begin(ticket, "");
    transmissions.mark(ticket.claim(), "<m1@acme.example>");

    metrics.refresh();

    assertThat(gauge(registry, "facteur.transmissions", "POST", "WAITING")).isEqualTo(2);
    assertThat(gauge(registry, "facteur.transmissions", "EMAIL", "WAITING")).isEqualTo(1);
    assertThat(gauge(registry, "facteur.transmissions", "EMAIL", "CLAIMED")).isEqualTo(1);
    assertThat(registry.get("facteur.transmissions.late").tag("channel", "POST").gauge().value())
        .isBetween(3600.0, 3700.0);

    office.letLeasesRunOut();
    office.get(ClaimRecovery.class).recoverExpired();
    metrics.refresh();

    assertThat(gauge(registry, "facteur.deliveries", "EMAIL", "UNCERTAIN")).isEqualTo(1);
    assertThat(
            registry
                .find("facteur.transmissions")
                .tags("channel", "EMAIL", "state", "CLAIMED")
                .gauge())
        .as("what is over is no longer told")
        .isNull();
  }

  @Test
  void whatWaitsForAChannelThatNobodyDeclaresIsTold() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    LedgerMetrics metrics = office.get(LedgerMetrics.class);
    metrics.bindTo(registry);
    office.issued(office.contract("ARCHIVE CONTRACTING_PARTY"));
    metrics.refresh();
    assertThat(registry.find("facteur.transmissions.undeclared").gauges()).isEmpty();

    office.jdbc().sql("UPDATE transmission SET channel = 'FAX' WHERE channel = 'ARCHIVE'").update();
    metrics.refresh();

    assertThat(gauge(registry, "facteur.transmissions.undeclared", "FAX", "WAITING")).isEqualTo(1);
  }

  private static double gauge(
      SimpleMeterRegistry registry, String name, String channel, String state) {
    Gauge gauge = registry.get(name).tags("channel", channel, "state", state).gauge();
    return gauge.value();
  }
}
