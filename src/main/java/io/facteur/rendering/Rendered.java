package io.facteur.rendering;

import java.util.List;

/** A finished file. */
public final class Rendered {

  private final byte[] bytes;
  private final boolean embedsXml;
  private final List<RuleViolation> violations;
  private final String templateVersion;

  Rendered(
      byte[] bytes, boolean embedsXml, List<RuleViolation> violations, String templateVersion) {
    this.bytes = bytes;
    this.embedsXml = embedsXml;
    this.violations = List.copyOf(violations);
    this.templateVersion = templateVersion;
  }

  /** The content, not to be changed: it is not copied. */
  public byte[] bytes() {
    return bytes;
  }

  /** Whether it is a PDF with the valid e-invoice XML inside. */
  public boolean embedsXml() {
    return embedsXml;
  }

  /** Why no XML is inside; empty if it is, or if the document has no e-invoice. */
  public List<RuleViolation> violations() {
    return violations;
  }

  /** Of the templates that made it (ROUTE-6). */
  public String templateVersion() {
    return templateVersion;
  }
}
