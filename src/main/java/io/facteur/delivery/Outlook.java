package io.facteur.delivery;

import io.facteur.document.DocumentId;
import java.util.List;
import java.util.Map;

/** What is foreseen of the transmissions of a chunk, for {@link Transmissions#begin}. */
public final class Outlook {

  /** Nothing is foreseen. */
  static final Outlook NONE = new Outlook(Map.of());

  private final Map<TransmissionId, Foreseen> all;

  Outlook(Map<TransmissionId, Foreseen> all) {
    this.all = Map.copyOf(all);
  }

  /** Those that it carries, as often as it does. */
  public List<DocumentId> documents() {
    return all.values().stream().map(one -> one.boarded().items().get(0).document()).toList();
  }

  /** Null if nothing is foreseen of it. */
  Foreseen of(Claim claim) {
    return all.get(claim.transmission());
  }
}
