package io.facteur.channel;

import io.facteur.document.Document;
import io.facteur.document.DocumentId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Documents that were read for a whole chunk, each given out as often as it was read. Issued ones
 * do not change, and nothing that they name is erased while a delivery of them is under way; what
 * nobody has asked for is forgotten after a minute.
 */
final class DocumentsAhead {

  private static final int AT_MOST = 1_000;
  private static final Duration KEPT = Duration.ofMinutes(1);

  private record Kept(Document document, int times, Instant until) {}

  private final Clock clock;
  private final Map<DocumentId, Kept> kept = new LinkedHashMap<>();

  DocumentsAhead(Clock clock) {
    this.clock = clock;
  }

  synchronized void keep(Collection<Document> documents) {
    Instant until = clock.instant().plus(KEPT);
    for (Document document : documents) {
      Kept before = kept.remove(document.id());
      int times = before == null ? 1 : before.times() + 1;
      kept.put(document.id(), new Kept(document, times, until));
    }
    Instant now = clock.instant();
    kept.values().removeIf(one -> one.until().isBefore(now) || kept.size() > AT_MOST);
  }

  synchronized Optional<Document> take(DocumentId id) {
    Kept found = kept.get(id);
    if (found == null || found.until().isBefore(clock.instant())) {
      return Optional.empty();
    }
    if (found.times() == 1) {
      kept.remove(id);
    } else {
      kept.replace(id, new Kept(found.document(), found.times() - 1, found.until()));
    }
    return Optional.of(found.document());
  }
}
