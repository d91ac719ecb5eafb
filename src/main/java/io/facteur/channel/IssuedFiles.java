package io.facteur.channel;

import io.facteur.delivery.Shipment;
import io.facteur.document.Document;
import io.facteur.document.DocumentId;
import io.facteur.document.Documents;
import io.facteur.party.Refusal;
import io.facteur.rendering.Format;
import io.facteur.rendering.Rendition;
import io.facteur.rendering.Renditions;
import io.facteur.rendering.Variant;
import java.util.List;
import org.springframework.stereotype.Component;

/** Gives channels the documents as they were issued, and their files, rendered once and kept. */
@Component
public class IssuedFiles implements DocumentSource, Attachments {

  private final Documents documents;
  private final Renditions renditions;

  IssuedFiles(Documents documents, Renditions renditions) {
    this.documents = documents;
    this.renditions = renditions;
  }

  @Override
  public Document document(DocumentId id) {
    return documents.load(List.of(id)).stream()
        .findFirst()
        .orElseThrow(() -> Refusal.notFound("document", String.valueOf(id.value())));
  }

  @Override
  public Attachment of(Document document, Shipment.Item item) {
    Format format = item.format() == null ? Format.PDF : Format.named(item.format());
    var window = item.postedToDeliveryAddress() ? Variant.Window.DELIVERY : Variant.Window.BUYER;
    var variant = new Variant(format, item.language(), item.template(), item.copy(), window);
    Rendition rendition = renditions.of(document, variant);
    return new Attachment(
        format.extension(),
        format.mediaType(),
        renditions.bytes(rendition),
        rendition.sha256(),
        null);
  }

  /** The file of a shipment's first document, for a step of a route that needs no more of it. */
  public Attachment file(Shipment shipment) {
    Shipment.Item first = shipment.items().get(0);
    return of(document(first.document()), first);
  }
}
