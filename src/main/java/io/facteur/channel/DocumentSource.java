package io.facteur.channel;

import io.facteur.document.Document;
import io.facteur.document.DocumentId;

/** Where channels get the documents that they write about. */
@FunctionalInterface
public interface DocumentSource {

  /**
   * The document as it was issued.
   *
   * @throws RuntimeException if there is none of that id
   */
  Document document(DocumentId id);
}
