package io.facteur.testing;

import io.facteur.contract.DocumentFormats;
import io.facteur.document.Document;
import io.facteur.rendering.DocumentRenderer;
import io.facteur.rendering.EInvoiceSettings;
import io.facteur.rendering.EInvoiceValidator;
import io.facteur.rendering.Format;
import io.facteur.rendering.FormatChoice;
import io.facteur.rendering.RuleViolation;
import io.facteur.rendering.Templates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;

/** The product's own templates, set up once for all tests of a JVM. */
public final class Rendering {

  /** Where the templates stand in the project. */
  public static final Path TEMPLATES = Path.of("templates");

  /** When everything in tests is rendered. */
  public static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T10:15:30Z"), ZoneOffset.UTC);

  private static final EInvoiceValidator VALIDATOR = new EInvoiceValidator();
  private static final DocumentRenderer RENDERER = renderer(TEMPLATES);

  private static final DocumentFormats FORMATS = new FormatChoice(eInvoiceSettings());

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

  /** The tables of formats as the product's configuration has them. */
  public static EInvoiceSettings eInvoiceSettings() {
    try {
      List<PropertySource<?>> files =
          new YamlPropertySourceLoader()
              .load("application", new FileSystemResource("config/application.yaml"));
      return new Binder(ConfigurationPropertySources.from(files))
          .bind("facteur.e-invoice", EInvoiceSettings.class)
          .get();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The product's formats, chosen by the tables of its configuration. */
  public static DocumentFormats formats() {
    return FORMATS;
  }

  public static EInvoiceValidator validator() {
    return VALIDATOR;
  }
}
