package io.facteur.delivery;

import io.facteur.contract.Domain;
import io.facteur.contract.Role;
import io.facteur.dispatch.Recipient;
import io.facteur.document.DocumentId;
import java.time.Instant;
import java.util.Map;

/**
 * A delivery as it stands.
 *
 * @param documentNumber null as long as the document is a draft
 * @param origin what asked for it, e.g. {@code definition:12} or {@code fallback:CONTRACTING_PARTY}
 * @param revision rises by each explicit resend
 * @param individual address of an INDIVIDUAL, else null
 * @param format in which it left, since sending began; before that as the definition asks; null: as
 *     the route or channel chooses
 * @param recipient frozen when sending begins (ADDR-9); null before
 * @param retryAt when it will be tried again by itself; null if it will not
 * @param reason why it is in its state; null where all goes well
 * @param evidence of the last change
 * @param transmission null if there is nothing to hand over, as for a skipped one
 */
public record DeliveryView(
    DeliveryId id,
    DocumentId document,
    String documentNumber,
    String origin,
    int revision,
    Domain domain,
    String channel,
    Role role,
    String individual,
    String format,
    String language,
    String template,
    boolean copy,
    Recipient recipient,
    DeliveryState state,
    Instant retryAt,
    String reason,
    Map<String, String> evidence,
    Instant createdAt,
    Instant changedAt,
    TransmissionView transmission) {

  /**
   * What carries it.
   *
   * @param attempts how often it was begun
   * @param messageId of the mail; null if none
   * @param fileName for the print room or the network; null if none
   * @param sha256 of that file; null if none
   */
  public record TransmissionView(
      TransmissionId id, int attempts, String messageId, String fileName, String sha256) {}

  public DeliveryView {
    evidence = Map.copyOf(evidence);
  }
}
