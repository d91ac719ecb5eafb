package io.facteur.api;

import io.facteur.api.problem.ProblemException;
import io.facteur.api.problem.ProblemType;
import io.facteur.channel.Attachment;
import io.facteur.channel.MailPreview;
import io.facteur.document.Document;
import io.facteur.document.Seller;
import io.facteur.party.Companies;
import io.facteur.party.Company;
import io.facteur.party.Refusal;
import io.facteur.rendering.DocumentRenderer;
import io.facteur.rendering.Format;
import io.facteur.rendering.InvalidEInvoiceException;
import io.facteur.rendering.Rendered;
import io.facteur.rendering.Specimen;
import io.facteur.rendering.TemplateFailedException;
import io.facteur.rendering.Templates;
import io.facteur.rendering.Variant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;

/** Makes previews of templates, a few at a time: each may take as long as a document may. */
@Component
class TemplatePreviews {

  private static final int AT_ONCE = 2;
  private static final String MAIL = "MAIL";

  /** A file that is shown once. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares or keeps them
  record Preview(byte[] bytes, String mediaType) {}

  private final Templates templates;
  private final DocumentRenderer renderer;
  private final Companies companies;
  private final Semaphore free = new Semaphore(AT_ONCE);

  TemplatePreviews(Templates templates, DocumentRenderer renderer, Companies companies) {
    this.templates = templates;
    this.renderer = renderer;
    this.companies = companies;
  }

  /**
   * Prints a specimen.
   *
   * @throws ProblemException naming file and line, if the templates do not give it; or if too many
   *     are being made
   */
  Preview make(TemplatePreviewRequest wanted) {
    if (Templates.runaway() >= AT_ONCE) {
      throw tooMany("Templates that cannot be stopped hold all threads for previews: restart.");
    }
    if (!free.tryAcquire()) {
      throw tooMany("No more than %d previews are made at a time: try again.".formatted(AT_ONCE));
    }
    try {
      return of(wanted);
    } catch (TemplateFailedException e) {
      throw failed(e.getMessage(), TemplateController.findings(e.problems()));
    } catch (InvalidEInvoiceException e) {
      throw failed(
          e.getMessage(),
          e.violations().stream()
              .map(
                  violation ->
                      new TemplatesResource.Finding(
                          "einvoice",
                          null,
                          "%s: %s (%s)"
                              .formatted(
                                  violation.ruleId(),
                                  violation.officialText(),
                                  violation.ourField())))
              .toList());
    } finally {
      free.release();
    }
  }

  private Preview of(TemplatePreviewRequest wanted) {
    boolean mail = wanted.format().equalsIgnoreCase(MAIL);
    Format format = mail ? Format.PDF : format(wanted.format());
    Document document = specimen(wanted);
    Templates edited = edited(wanted);
    Variant variant =
        new Variant(
            format,
            null,
            mail ? null : template(wanted, edited),
            wanted.copy(),
            Variant.Window.BUYER);
    Rendered file = renderer.with(edited).render(document, variant);
    if (!mail) {
      return new Preview(file.bytes(), format.mediaType());
    }
    Attachment attachment =
        new Attachment(format.extension(), format.mediaType(), file.bytes(), "", null);
    return new Preview(
        MailPreview.of(document, wanted.template(), wanted.copy(), attachment, edited),
        "message/rfc822");
  }

  private static String template(TemplatePreviewRequest wanted, Templates edited) {
    String name = wanted.template();
    if (name == null && !edited.exists(wanted.documentType())) {
      throw Refusal.invalid(
          "documentType", "there is no template for a " + wanted.documentType() + " yet");
    }
    if (name != null && !edited.exists(name)) {
      throw Refusal.invalid("template", "there is no fo/" + name + ".fo.ftlx");
    }
    return name;
  }

  private Document specimen(TemplatePreviewRequest wanted) {
    Company company = wanted.company() == null ? null : companies.get(wanted.company());
    String country =
        company == null
            ? Objects.requireNonNullElse(wanted.country(), "CH")
            : company.party().address().country();
    String language =
        wanted.language() != null ? wanted.language() : company == null ? "en" : company.language();
    return Specimen.of(
        new Specimen.Wish(
            wanted.documentType(),
            language,
            country,
            company == null ? null : Seller.of(company),
            wanted.size()));
  }

  private Templates edited(TemplatePreviewRequest wanted) {
    try {
      return templates.edited(wanted.files());
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid("files", e.getMessage());
    }
  }

  private static Format format(String name) {
    return Format.find(name)
        .orElseThrow(
            () ->
                Refusal.invalid(
                    "format",
                    "'%s' cannot be made: there are MAIL, %s".formatted(name, Format.names())));
  }

  private static ProblemException failed(String detail, List<TemplatesResource.Finding> findings) {
    ProblemDetail problem = ProblemType.TEMPLATE_FAILS.with(detail);
    problem.setProperty("findings", findings);
    return new ProblemException(problem);
  }

  private static ProblemException tooMany(String detail) {
    HttpHeaders headers = new HttpHeaders();
    headers.set(HttpHeaders.RETRY_AFTER, "2");
    return new ProblemException(ProblemType.TOO_MANY_PREVIEWS.with(detail), headers);
  }
}
