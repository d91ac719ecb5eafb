package io.facteur.spool;

import io.facteur.delivery.TransmissionId;
import java.util.Map;

/**
 * What a consumer reported of a file by moving it.
 *
 * @param done whether it dealt with it; otherwise it failed
 * @param reason the consumer's own words; null if it gave none
 */
public record SpoolAcknowledgement(
    String channel,
    TransmissionId transmission,
    int revision,
    boolean done,
    String reason,
    Map<String, String> evidence) {

  public SpoolAcknowledgement {
    evidence = Map.copyOf(evidence);
  }
}
