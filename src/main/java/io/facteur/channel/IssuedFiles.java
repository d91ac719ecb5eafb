package io.facteur.channel;

import io.facteur.delivery.Outlook;
import io.facteur.delivery.Shipment;
import io.facteur.document.Document;
import io.facteur.document.DocumentId;
import io.facteur.document.Documents;
import io.facteur.party.Refusal;
import io.facteur.rendering.Format;
import io.facteur.rendering.Rendition;
import io.facteur.rendering.Renditions;
import io.facteur.rendering.Variant;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Gives channels the documents as they were issued, and their files, rendered once and kept. */
@Component
public class IssuedFiles implements DocumentSource, Attachments {

  private static final Logger log = LoggerFactory.getLogger(IssuedFiles.class);

  /** Longer documents are read one by one, so that a chunk of them does not fill the memory. */
  private static final int LINES_AHEAD = 50;

  private final Documents documents;
  private final Renditions renditions;
  private final DocumentsAhead ahead;

  IssuedFiles(Documents documents, Renditions renditions, Clock clock) {
    this.documents = documents;
    this.renditions = renditions;
    this.ahead = new DocumentsAhead(clock);
  }

  /**
   * Reads the documents of a chunk at once, and which files they have, as its transmissions will
   * ask for them one by one.
   */
  public void readAhead(Outlook outlook) {
    try {
      ahead.keep(documents.load(documents.notLonger(outlook.documents(), LINES_AHEAD)));
      renditions.readAhead(outlook.documents());
    } catch (RuntimeException e) {
      // Each of them is read when it is asked for, and fails there for itself.
      log.info("no documents are read ahead: {}", e.toString());
    }
  }

  @Override
  public Document document(DocumentId id) {
    return ahead.take(id).orElseGet(() -> read(id));
  }

  private Document read(DocumentId id) {
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
