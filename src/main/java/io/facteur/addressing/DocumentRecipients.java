package io.facteur.addressing;

import io.facteur.document.DocumentId;
import java.util.Collection;
import org.springframework.stereotype.Service;

/** E-mail addresses of documents, for each of their roles (ADDR-3). */
@Service
public class DocumentRecipients {

  private final DocumentAddressRows rows;

  DocumentRecipients(DocumentAddressRows rows) {
    this.rows = rows;
  }

  /** What the documents say themselves; one query, whatever the number. */
  public OnDocuments of(Collection<DocumentId> documents) {
    return rows.load(documents);
  }
}
