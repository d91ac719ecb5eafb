package io.facteur.channel;

import io.facteur.contract.Role;
import io.facteur.delivery.Claim;
import io.facteur.delivery.DeliveryId;
import io.facteur.delivery.Shipment;
import io.facteur.delivery.TransmissionId;
import io.facteur.dispatch.Recipient;
import io.facteur.document.Document;
import io.facteur.party.EmailAddress;
import java.util.List;

/** Shipments that are written to be looked at, and never sent. */
final class SpecimenShipment {

  private static final EmailAddress NOBODY = EmailAddress.kept("recipient@example.org");

  private SpecimenShipment() {}

  /**
   * A mail to the buyer.
   *
   * @param template whose words are used; null: those of the documents' type
   */
  static Shipment of(List<Document> documents, String template, boolean copy) {
    Document first = documents.get(0);
    return new Shipment(
        new Claim(new TransmissionId(0), "preview", 0),
        1,
        first.type().domain(),
        "EMAIL",
        Role.CONTRACTING_PARTY,
        recipient(first),
        null,
        null,
        documents.stream().map(document -> item(document, template, copy)).toList());
  }

  private static Shipment.Item item(Document document, String template, boolean copy) {
    return new Shipment.Item(
        new DeliveryId(0),
        0,
        document.id(),
        document.number(),
        null,
        document.language(),
        template,
        copy,
        false);
  }

  private static Recipient recipient(Document document) {
    return new Recipient(
        document.buyer().name(),
        List.of(NOBODY),
        List.of(),
        List.of(),
        null,
        null,
        "preview",
        null,
        List.of(),
        null);
  }
}
