package io.facteur.rendering;

import io.facteur.document.Document;
import io.facteur.document.DocumentId;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The files of issued documents: each variant is rendered once and reused for ever, also by a
 * resend, even if templates have changed since (BILL-6). Threads of a node that want the same one
 * wait for the first; among nodes the first row in the database wins.
 */
public final class Renditions {

  private record Key(DocumentId document, Variant variant) {}

  private final DocumentRenderer renderer;
  private final DocumentStore store;
  private final RenditionTable table;
  private final ConcurrentHashMap<Key, CompletableFuture<Rendition>> underWay =
      new ConcurrentHashMap<>();
  private final RenditionsAhead ahead;

  Renditions(DocumentRenderer renderer, DocumentStore store, RenditionTable table, Clock clock) {
    this.renderer = renderer;
    this.store = store;
    this.table = table;
    this.ahead = new RenditionsAhead(clock);
  }

  /** Reads at once which files documents have already, as their deliveries will ask one by one. */
  public void readAhead(Collection<DocumentId> documents) {
    ahead.keep(table.of(documents));
  }

  /**
   * The file of an issued document.
   *
   * @throws InvalidEInvoiceException if the format needs a valid e-invoice and it is none
   * @throws TemplateFailedException if the template does not give a faultless file
   */
  public Rendition of(Document document, Variant variant) {
    if (document.number() == null) {
      throw new IllegalArgumentException(
          "Draft %d has no files yet: issue it, or look at its preview."
              .formatted(document.id().value()));
    }
    Key key = new Key(document.id(), variant.normalisedFor(document));
    Rendition rendition = once(key, document);
    if (variant.format() == Format.FACTUR_X && !rendition.embedsXml()) {
      throw new InvalidEInvoiceException(
          document,
          rendition.violations().isEmpty()
              ? renderer.eInvoiceViolations(document, Format.FACTUR_X)
              : rendition.violations());
    }
    return rendition;
  }

  /**
   * The content of a file.
   *
   * @throws DamagedFileException if the store no longer has it as it was
   */
  public byte[] bytes(Rendition rendition) {
    return store.read(rendition.sha256());
  }

  /** Where the file lies; unlike {@link #bytes} this does not check that it is undamaged. */
  public Path path(Rendition rendition) {
    return store.path(rendition.sha256());
  }

  /** What {@link #of} would give; for drafts, marked as such. Nothing is kept. */
  public Rendered preview(Document document, Variant variant) {
    return renderer.render(document, variant);
  }

  private Rendition once(Key key, Document document) {
    return ahead.find(key.document(), key.variant()).orElseGet(() -> firstOf(key, document));
  }

  private Rendition firstOf(Key key, Document document) {
    CompletableFuture<Rendition> mine = new CompletableFuture<>();
    CompletableFuture<Rendition> first = underWay.putIfAbsent(key, mine);
    if (first != null) {
      return await(first);
    }
    try {
      Optional<Rendition> before = table.find(key.document(), key.variant());
      mine.complete(before.orElseGet(() -> render(key, document)));
    } catch (RuntimeException | Error e) {
      mine.completeExceptionally(e);
    } finally {
      underWay.remove(key, mine);
    }
    return await(mine);
  }

  private Rendition render(Key key, Document document) {
    Rendered rendered = renderer.render(document, key.variant());
    String sha256 = store.put(rendered.bytes());
    return table.add(
        new Rendition(
            key.document(),
            key.variant(),
            sha256,
            rendered.bytes().length,
            rendered.embedsXml(),
            rendered.violations(),
            rendered.templateVersion()));
  }

  private static Rendition await(CompletableFuture<Rendition> rendition) {
    try {
      return rendition.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    }
  }
}
