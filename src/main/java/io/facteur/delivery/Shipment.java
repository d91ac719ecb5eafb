package io.facteur.delivery;

import io.facteur.contract.Domain;
import io.facteur.contract.Role;
import io.facteur.dispatch.Recipient;
import io.facteur.document.DocumentId;
import java.util.List;

/**
 * A transmission that has begun: what a channel needs to carry it out. It carries ids, never
 * documents.
 *
 * @param attempt 1 for the first
 * @param knownFile the file that an earlier attempt announced and may have written; null if none
 * @param printQueue that the document was issued for; null: as the route says (BILL-6)
 */
public record Shipment(
    Claim claim,
    int attempt,
    Domain domain,
    String channel,
    Role role,
    Recipient recipient,
    String knownFile,
    String printQueue,
    List<Item> items) {

  /**
   * One delivery on board.
   *
   * @param revision rises by each explicit resend
   * @param format as the definition asks, else the route, for that recipient once it is prepared;
   *     null: the channel's own choice
   * @param language asked for; null: the document's
   * @param template asked for; null: the document type's
   * @param copy whether it is marked as a copy, so that nobody pays twice (DISP-1)
   * @param postedToDeliveryAddress whether it is paper for the delivery address, which then has to
   *     stand in the window of the envelope
   */
  public record Item(
      DeliveryId delivery,
      int revision,
      DocumentId document,
      String documentNumber,
      String format,
      String language,
      String template,
      boolean copy,
      boolean postedToDeliveryAddress) {

    /** As the route and the recipient want it. */
    Item prepared(String chosenFormat, boolean posted) {
      return new Item(
          delivery,
          revision,
          document,
          documentNumber,
          chosenFormat,
          language,
          template,
          copy,
          posted);
    }
  }

  public Shipment {
    items = List.copyOf(items);
  }
}
