package io.facteur.testing;

import io.facteur.document.Document;
import io.facteur.rendering.DocumentRenderer;
import io.facteur.rendering.EInvoiceValidator;
import io.facteur.rendering.Format;
import io.facteur.rendering.RuleViolation;
import io.facteur.rendering.Templates;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** The product's own templates, set up once for all tests of a JVM. */
public final class Rendering {

  /** Where the templates stand in the project. */
  public static final Path TEMPLATES = Path.of("templates");

  /** When everything in tests is rendered. */
  public static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T10:15:30Z"), ZoneOffset.UTC);

  private static final EInvoiceValidator VALIDATOR = new EInvoiceValidator();
  private static final DocumentRenderer RENDERER = renderer(TEMPLATES);

  private Rendering() {}

  /** The renderer with the product's templates. */
  public static DocumentRenderer renderer() {
    return RENDERER;
  }

  /** A renderer with other templates. */
  public static DocumentRenderer renderer(Path templates) {
    return DocumentRenderer.with(new Templates(templates), VALIDATOR, CLOCK);
  }

  /**
   * What the official rules of a format find in a document, warnings included: the entry point for
   * tables of valid and invalid invoices.
   */
  public static List<RuleViolation> violations(Document document, Format format) {
    return RENDERER.check(document, format);
  }

  public static EInvoiceValidator validator() {
    return VALIDATOR;
  }
}
