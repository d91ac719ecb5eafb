package io.facteur.rendering;

import io.facteur.document.DocumentId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Files that were looked up for a whole chunk. Their rows never change; they are forgotten after a
 * minute all the same, as a database that is restored gives its ids to other documents.
 */
final class RenditionsAhead {

  private static final int AT_MOST = 1_000;
  private static final Duration KEPT = Duration.ofMinutes(1);

  private record Key(DocumentId document, Variant variant) {}

  private record Kept(Rendition rendition, Instant until) {}

  private final Clock clock;
  private final Map<Key, Kept> kept = new LinkedHashMap<>();

  RenditionsAhead(Clock clock) {
    this.clock = clock;
  }

  synchronized void keep(Collection<Rendition> renditions) {
    Instant now = clock.instant();
    for (Rendition rendition : renditions) {
      Key key = new Key(rendition.document(), rendition.variant());
      kept.remove(key);
      kept.put(key, new Kept(rendition, now.plus(KEPT)));
    }
    kept.values().removeIf(one -> one.until().isBefore(now) || kept.size() > AT_MOST);
  }

  synchronized Optional<Rendition> find(DocumentId document, Variant variant) {
    return Optional.ofNullable(kept.get(new Key(document, variant)))
        .filter(one -> !one.until().isBefore(clock.instant()))
        .map(Kept::rendition);
  }
}
