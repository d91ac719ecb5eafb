package io.facteur.rendering;

import io.facteur.document.DocumentId;
import java.util.List;

/**
 * A file of an issued document that is kept for ever.
 *
 * @param variant the normalised one that it was rendered for
 * @param sha256 its name in the {@link DocumentStore}
 * @param sizeBytes length of the file
 * @param embedsXml whether it is a PDF with the valid e-invoice XML inside
 * @param violations why no XML is inside; empty if it is, or if the document has no e-invoice
 * @param templateVersion of the templates that made it (ROUTE-6)
 */
public record Rendition(
    DocumentId document,
    Variant variant,
    String sha256,
    long sizeBytes,
    boolean embedsXml,
    List<RuleViolation> violations,
    String templateVersion) {

  public Rendition {
    violations = List.copyOf(violations);
  }
}
