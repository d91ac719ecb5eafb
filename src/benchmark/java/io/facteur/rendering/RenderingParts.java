package io.facteur.rendering;

import io.facteur.document.Document;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** The steps of our rendering, one by one, for the benchmark. */
public final class RenderingParts {

  private final TemplateSet set;
  private final Clock clock;

  public RenderingParts(Path templates, Clock clock) {
    this.set = new Templates(templates).current();
    this.clock = clock;
  }

  /** The XSL-FO of a document. */
  public String fo(Document document) {
    Variant variant = Variant.original(Format.PDF).normalisedFor(document);
    String template = Templates.foFile(variant.template());
    Map<String, Object> data = DocumentRenderer.data(document, variant, set);
    data.putAll(PaymentCodes.of(document, variant, set));
    return set.print(template, data, Limits.USUAL);
  }

  /** The e-invoice of a document. */
  public String xml(Document document, Format format) {
    EInvoiceProfile profile = format.profile().orElseThrow();
    Variant variant = Variant.original(Format.CII).normalisedFor(document);
    Map<String, Object> data = DocumentRenderer.data(document, variant, set);
    data.put("profile", profile.names());
    return set.print(TemplateFiles.EINVOICE + profile.template() + ".ftlx", data, Limits.USUAL);
  }

  /** The PDF/A-3b of a document, without an e-invoice inside. */
  public byte[] pdfWithoutXml(Document document) {
    FoPrinter.About about =
        new FoPrinter.About(
            document.number(),
            document.seller().party().name(),
            document.language(),
            clock.instant());
    return set.printer().print("invoice", fo(document), about, null, Limits.USUAL);
  }

  /** How people read the amounts of a document. */
  public Written written(Document document) {
    return new Written(
        new Notation(
            set.labels(document.language()),
            document.seller().party().address().country(),
            document.currency()));
  }

  /** Texts as our templates print them. */
  public record Written(Notation notation) {
    public String text(String key, Object... arguments) {
      return notation.text(key, arguments);
    }

    public String date(java.time.LocalDate date) {
      return notation.date(date.toString());
    }

    public String amount(java.math.BigDecimal amount) {
      return notation.amount(amount);
    }

    public String money(java.math.BigDecimal amount) {
      return notation.money(amount);
    }

    public String price(java.math.BigDecimal price) {
      return notation.price(price);
    }

    public String quantity(java.math.BigDecimal quantity) {
      return notation.quantity(quantity);
    }

    public String percent(java.math.BigDecimal percent) {
      return notation.percent(percent);
    }

    public String unit(String code, java.math.BigDecimal quantity) {
      return notation.unit(code, quantity);
    }
  }
}
