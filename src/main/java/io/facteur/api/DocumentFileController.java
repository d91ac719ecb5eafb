package io.facteur.api;

import io.facteur.document.Document;
import io.facteur.document.Documents;
import io.facteur.party.Refusal;
import io.facteur.rendering.Format;
import io.facteur.rendering.InvalidEInvoiceException;
import io.facteur.rendering.Rendition;
import io.facteur.rendering.Renditions;
import io.facteur.rendering.Variant;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The files of a document. */
@RestController
@RequestMapping("/api/documents/{number}")
@Tag(name = "Documents")
class DocumentFileController {

  private final Documents documents;
  private final Renditions renditions;

  DocumentFileController(Documents documents, Renditions renditions) {
    this.documents = documents;
    this.renditions = renditions;
  }

  @Operation(
      summary = "Gives the PDF of a document",
      description =
          "An issued one's is made once and stays for ever, with its e-invoice inside where that is"
              + " valid. A draft's is a preview.")
  @GetMapping(path = "/pdf", produces = MediaType.APPLICATION_PDF_VALUE)
  ResponseEntity<byte[]> pdf(
      @PathVariable String number,
      @Parameter(description = "Marked as a copy, so that nobody pays twice.")
          @RequestParam(defaultValue = "false")
          boolean copy) {
    Document document = document(number);
    Variant variant = new Variant(Format.PDF, null, null, copy, Variant.Window.BUYER);
    return document.number() == null ? preview(document, variant) : kept(document, variant);
  }

  @Operation(summary = "Gives the e-invoice of an issued document as XML (EINV-1)")
  @GetMapping(path = "/xml", produces = MediaType.APPLICATION_XML_VALUE)
  ResponseEntity<byte[]> xml(
      @PathVariable String number,
      @Parameter(
              description =
                  "CII: as in Factur-X and ZUGFeRD. XRECHNUNG_CII, XRECHNUNG_UBL, PEPPOL_UBL.")
          @RequestParam(defaultValue = "CII")
          String format) {
    Format wanted = xmlFormat(format);
    Document document = document(number);
    if (document.number() == null) {
      throw Refusal.conflict(
          "document", "a draft has no e-invoice yet: issue it; its plan says what would be wrong");
    }
    try {
      return kept(document, Variant.original(wanted));
    } catch (InvalidEInvoiceException e) {
      throw invalid(e);
    }
  }

  private static Format xmlFormat(String name) {
    return Format.find(name)
        .filter(Format::isXml)
        .orElseThrow(
            () ->
                Refusal.invalid(
                    "format",
                    "'%s' is no format of e-invoices as XML; there are %s"
                        .formatted(name, Format.xmlNames())));
  }

  private Document document(String number) {
    return documents.load(List.of(documents.get(number).id())).get(0);
  }

  private ResponseEntity<byte[]> preview(Document draft, Variant variant) {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .contentType(MediaType.APPLICATION_PDF)
        .header(HttpHeaders.CONTENT_DISPOSITION, named("draft-" + draft.id().value(), Format.PDF))
        .body(renditions.preview(draft, variant).bytes());
  }

  private ResponseEntity<byte[]> kept(Document document, Variant variant) {
    Rendition rendition = renditions.of(document, variant);
    Format format = variant.format();
    String name = document.number() + (variant.copy() ? "-copy" : "");
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noCache().cachePrivate())
        .eTag("\"" + rendition.sha256() + "\"")
        .contentType(MediaType.parseMediaType(format.mediaType()))
        .header(HttpHeaders.CONTENT_DISPOSITION, named(name, format))
        .body(renditions.bytes(rendition));
  }

  private static String named(String name, Format format) {
    return ContentDisposition.inline().filename(name + "." + format.extension()).build().toString();
  }

  private static Refusal invalid(InvalidEInvoiceException e) {
    return new Refusal(
        Refusal.Kind.CONFLICT,
        e.violations().stream()
            .map(
                violation ->
                    new Refusal.Problem(
                        violation.ourField(),
                        "breaks %s: %s".formatted(violation.ruleId(), violation.officialText())))
            .distinct()
            .toList());
  }
}
