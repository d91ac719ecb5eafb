package io.facteur.channel;

import io.facteur.delivery.Shipment;
import io.facteur.document.Document;

/** Where channels get the finished files of documents. */
@FunctionalInterface
public interface Attachments {

  /**
   * The file for one item on board, rendered now or before: in its format, language and template,
   * marked as a copy where it is one.
   */
  Attachment of(Document document, Shipment.Item item);
}
