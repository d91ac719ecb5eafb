package io.facteur.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.facteur.contract.Role;
import io.facteur.document.DocumentId;
import java.time.Instant;

/**
 * Something that has happened: a delivery has changed its state, or a person has changed data.
 *
 * @param actor a user, a node, or the consumer of a file
 * @param action object and verb, e.g. {@code contact.change}; of deliveries {@code delivery.} and
 *     the new state
 * @param subject e.g. {@code contact:C-1001} or {@code delivery:812}
 * @param dispatch null unless it is about a delivery
 * @param change null if it is about a delivery
 */
public record HistoryEntry(
    Instant at, String actor, String action, String subject, Dispatch dispatch, Change change) {

  /**
   * What has happened to a delivery.
   *
   * @param number of the document
   * @param retryAt when it was to be tried again; null if not
   * @param evidence JSON object; null if none
   */
  public record Dispatch(
      DocumentId document,
      String number,
      String channel,
      Role role,
      DeliveryState state,
      Instant retryAt,
      String reason,
      JsonNode evidence) {}

  /**
   * What was changed.
   *
   * @param before JSON object of what is no longer so; null if it is new
   * @param after JSON object of what is so now; null if it is gone
   */
  public record Change(JsonNode before, JsonNode after) {}
}
