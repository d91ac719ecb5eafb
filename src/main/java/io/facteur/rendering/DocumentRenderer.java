package io.facteur.rendering;

import freemarker.template.TemplateMethodModelEx;
import io.facteur.document.Document;
import io.facteur.document.DocumentType;
import io.facteur.document.PaymentMeans;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.fop.render.pdf.ArchivePdfDocumentHandler.Attachment;

/**
 * Makes the files of documents, and nothing else: no database, no store. The way is FreeMarker →
 * XSL-FO → PDF/A-3b, with the e-invoice XML going inside in the same pass.
 */
public final class DocumentRenderer {

  /** The name that Factur-X and ZUGFeRD prescribe. */
  static final String EMBEDDED_NAME = "factur-x.xml";

  private final Templates templates;
  private final EInvoiceValidator validator;
  private final Limits limits;
  private final Clock clock;

  DocumentRenderer(Templates templates, EInvoiceValidator validator, Limits limits, Clock clock) {
    this.templates = templates;
    this.validator = validator;
    this.limits = limits;
    this.clock = clock;
  }

  /** A renderer with the usual limits: thirty seconds and 20 MB for one document. */
  public static DocumentRenderer with(
      Templates templates, EInvoiceValidator validator, Clock clock) {
    return new DocumentRenderer(templates, validator, Limits.USUAL, clock);
  }

  /** One that prints with other templates. */
  public DocumentRenderer with(Templates others) {
    return new DocumentRenderer(others, validator, limits, clock);
  }

  /**
   * Renders a document, or the preview of a draft.
   *
   * @throws InvalidEInvoiceException if the format needs a valid e-invoice and it would not be one
   * @throws TemplateFailedException if the template does not give a faultless file
   */
  public Rendered render(Document document, Variant variant) {
    TemplateSet set = templates.current();
    Variant normal = variant.normalisedFor(document);
    EInvoiceProfile profile = profile(variant.format());
    EInvoice eInvoice = eInvoice(document, profile, set);
    if (variant.format().needsValidEInvoice() && !eInvoice.isValid()) {
      throw new InvalidEInvoiceException(document, eInvoice.violations());
    }
    byte[] bytes =
        normal.format().isXml()
            ? eInvoice.xml().getBytes(StandardCharsets.UTF_8)
            : pdf(document, normal, set, eInvoice);
    boolean embeds = normal.format() == Format.PDF && eInvoice.isValid();
    boolean expected = eInvoice.xml() != null && document.number() != null;
    return new Rendered(bytes, embeds, expected ? eInvoice.violations() : List.of(), set.version());
  }

  /**
   * Why no valid e-invoice of a format can be made of a document; empty if one can. A draft is
   * checked as if it were issued today, so that people learn of it while they can still correct it.
   *
   * @param format {@link Format#PDF}: the e-invoice that a PDF carries if it is valid
   */
  public List<RuleViolation> eInvoiceViolations(Document document, Format format) {
    return check(asIssued(document), format).stream().filter(RuleViolation::fatal).toList();
  }

  /**
   * All that the official rules find in the e-invoice of a document as it is, warnings included.
   *
   * @param format {@link Format#PDF}: the e-invoice that a PDF carries if it is valid
   */
  public List<RuleViolation> check(Document document, Format format) {
    if (!isEInvoice(document)) {
      return List.of(noEInvoice(document.type()));
    }
    EInvoiceProfile profile = profile(format);
    return validator.validate(profile, xml(document, profile, templates.current()));
  }

  /**
   * Prints a document in all its forms, for nothing but to see whether it can be done.
   *
   * @throws TemplateFailedException if it cannot
   */
  static void tryOut(TemplateSet set, Document document) {
    DocumentRenderer renderer = new DocumentRenderer(null, null, Limits.USUAL, Clock.systemUTC());
    EInvoice eInvoice =
        new EInvoice(eInvoices(set, document).get(EInvoiceProfile.EN16931_CII), List.of());
    for (Variant variant :
        List.of(
            Variant.original(Format.PDF),
            new Variant(Format.PDF, null, null, true, Variant.Window.BUYER),
            new Variant(Format.PDF, null, null, false, Variant.Window.DELIVERY))) {
      renderer.pdf(document, variant.normalisedFor(document), set, eInvoice);
    }
  }

  /** The XML of a document in every profile, unchecked; empty if it is no e-invoice. */
  static Map<EInvoiceProfile, String> eInvoices(TemplateSet set, Document document) {
    DocumentRenderer renderer = new DocumentRenderer(null, null, Limits.USUAL, Clock.systemUTC());
    Map<EInvoiceProfile, String> all = new EnumMap<>(EInvoiceProfile.class);
    if (isEInvoice(document)) {
      for (EInvoiceProfile profile : EInvoiceProfile.values()) {
        all.put(profile, renderer.xml(document, profile, set));
      }
    }
    return all;
  }

  /**
   * The XML, and what is wrong with it.
   *
   * @param xml null if there is no such document type in e-invoices
   */
  private record EInvoice(String xml, List<RuleViolation> violations) {
    boolean isValid() {
      return xml != null && violations.isEmpty();
    }
  }

  private EInvoice eInvoice(Document document, EInvoiceProfile profile, TemplateSet set) {
    if (!isEInvoice(document)) {
      return new EInvoice(null, List.of(noEInvoice(document.type())));
    }
    String xml = xml(document, profile, set);
    List<RuleViolation> fatal =
        validator.validate(profile, xml).stream().filter(RuleViolation::fatal).toList();
    return new EInvoice(xml, fatal);
  }

  static boolean isEInvoice(Document document) {
    return isEInvoiceType(document.type());
  }

  static boolean isEInvoiceType(DocumentType type) {
    return type.isBill() || type == DocumentType.CREDIT_NOTE;
  }

  private static EInvoiceProfile profile(Format format) {
    return format.profile().orElse(EInvoiceProfile.EN16931_CII);
  }

  private String xml(Document document, EInvoiceProfile profile, TemplateSet set) {
    String template = TemplateFiles.EINVOICE + profile.template() + ".ftlx";
    Variant variant = Variant.original(Format.CII).normalisedFor(document);
    Map<String, Object> data = data(document, variant, set);
    data.put("profile", profile.names());
    return set.within(limits, template, () -> set.print(template, data, limits));
  }

  private byte[] pdf(Document document, Variant variant, TemplateSet set, EInvoice eInvoice) {
    String template = Templates.foFile(variant.template());
    Attachment attachment =
        eInvoice.isValid()
            ? new Attachment(
                EMBEDDED_NAME, "text/xml", "Alternative", "Factur-X (EN 16931)", eInvoice.xml())
            : null;
    Map<String, Object> data = data(document, variant, set);
    data.putAll(PaymentCodes.of(document, variant, set));
    FoPrinter.About about =
        new FoPrinter.About(
            title(document, variant.language(), set),
            document.seller().party().name(),
            variant.language(),
            clock.instant());
    return set.within(limits, template, () -> set.pdf(template, data, about, attachment, limits));
  }

  static Map<String, Object> data(Document document, Variant variant, TemplateSet set) {
    Notation notation =
        new Notation(set.labels(variant.language()), country(document), document.currency());
    Map<String, TemplateMethodModelEx> functions = new PrintFunctions(notation, set.fonts()).all();
    Map<String, Object> data = new HashMap<>(functions);
    data.put("document", PlainData.of(document));
    PaymentMeans payment = PaymentMeans.of(document);
    if (payment != null) {
      data.put("payment", PlainData.of(payment));
    }
    data.put("notes", Notes.of(document, set.labels(variant.language()), country(document)));
    data.put("language", variant.language());
    data.put("copy", variant.copy());
    data.put("words", new BrandWords(notation));
    data.put("brand", set.brandOf(document.seller().companyCode()));
    data.put("font", Templates.TEXT_FONT);
    data.put("fallbackFonts", Templates.FALLBACK_FONTS);
    data.put("toDeliveryAddress", variant.window() == Variant.Window.DELIVERY);
    return data;
  }

  private static String title(Document document, String language, TemplateSet set) {
    String kind = set.labels(language).text("type." + document.type(), country(document));
    return document.number() == null ? kind : kind + " " + document.number();
  }

  private static String country(Document document) {
    return document.seller().party().address() == null
        ? ""
        : document.seller().party().address().country();
  }

  private Document asIssued(Document draft) {
    if (draft.number() != null) {
      return draft;
    }
    LocalDate today = LocalDate.now(clock);
    LocalDate due = draft.type().isBill() ? today.plusDays(draft.paymentDays()) : null;
    return draft.issuedAs("0", today, draft.dueDate() == null ? due : draft.dueDate());
  }

  private static RuleViolation noEInvoice(DocumentType type) {
    return new RuleViolation(
        "BR-CL-01",
        "BT-3",
        "document type",
        "Only invoices and credit notes are e-invoices, not a " + type,
        "",
        true);
  }
}
