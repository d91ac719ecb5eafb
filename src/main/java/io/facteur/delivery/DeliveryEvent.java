package io.facteur.delivery;

import java.time.Instant;
import java.util.Map;

/**
 * One change in the life of a delivery (DISP-7).
 *
 * @param retryAt when it was to be tried again; null if not
 * @param actor a user, a node, or the consumer of a file
 * @param reason null where all went well
 * @param evidence e.g. SMTP reply, file hash; empty if none
 */
public record DeliveryEvent(
    Instant at,
    DeliveryState state,
    Instant retryAt,
    String actor,
    String reason,
    Map<String, String> evidence) {

  public DeliveryEvent {
    evidence = Map.copyOf(evidence);
  }
}
