package io.facteur.rendering;

import java.util.List;

/**
 * A finished file.
 *
 * @param embedsXml whether it is a PDF with the valid e-invoice XML inside
 * @param violations why no XML is inside; empty if it is, or if the document has no e-invoice
 * @param templateVersion of the templates that made it (ROUTE-6)
 */
public record Rendered(
    byte[] bytes, boolean embedsXml, List<RuleViolation> violations, String templateVersion) {

  public Rendered {
    violations = List.copyOf(violations);
  }
}
