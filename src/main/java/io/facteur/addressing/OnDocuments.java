package io.facteur.addressing;

import io.facteur.contract.Role;
import io.facteur.document.DocumentId;
import java.util.Map;

/** What some documents say themselves about their addresses. */
public record OnDocuments(Map<Key, OnDocument> all) {

  public static final OnDocuments NONE = new OnDocuments(Map.of());

  /** A document in one of its roles. */
  public record Key(DocumentId document, Role role) {}

  public OnDocuments {
    all = Map.copyOf(all);
  }

  /** {@link OnDocument#NOTHING} where the document follows its contact. */
  public OnDocument of(DocumentId document, Role role) {
    return all.getOrDefault(new Key(document, role), OnDocument.NOTHING);
  }
}
