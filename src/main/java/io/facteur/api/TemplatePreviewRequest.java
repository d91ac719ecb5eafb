package io.facteur.api;

import io.facteur.document.DocumentType;
import io.facteur.rendering.Specimen;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;

/** Which template is to be tried on which made-up document. */
@Schema(name = "TemplatePreview", description = "Everything may be left out.")
record TemplatePreviewRequest(
    @Schema(description = "Default: INVOICE.") DocumentType documentType,
    @Schema(
            description =
                "Name of a template of documents, of mails if the format is MAIL. Default: that of"
                    + " the document's type.",
            example = "invoice")
        @Pattern(regexp = "[A-Za-z0-9_-]{1,60}", message = "has letters, digits, - and _ only")
        String template,
    @Schema(description = "Default: the company's, or en.", example = "de")
        @Pattern(regexp = "[a-z]{2,3}([-_][A-Za-z]{2})?", message = "is no language, e.g. de")
        String language,
    @Schema(description = "Of the made-up seller. Default: the company's, or CH.", example = "CH")
        @Pattern(regexp = "[A-Z]{2}", message = "is no country of ISO 3166-1, e.g. CH")
        String country,
    @Schema(description = "Code of a company that stands on it as the seller.") String company,
    @Schema(
            description =
                "PDF, MAIL (message/rfc822, nothing is sent), or a format of e-invoices. Default:"
                    + " PDF.",
            example = "PDF")
        String format,
    @Schema(description = "Marked as a copy.") Boolean copy,
    @Schema(description = "How much the document has. Default: SHORT.") Specimen.Size size,
    @Schema(
            description =
                "Texts that are laid over the files of the templates folder, by path. Nothing is"
                    + " saved.",
            example = "{\"labels/de.properties\": \"...\"}")
        @Size(max = 50, message = "has more than 50 files")
        Map<String, String> files) {

  TemplatePreviewRequest {
    documentType = documentType == null ? DocumentType.INVOICE : documentType;
    format = format == null || format.isBlank() ? "PDF" : format.strip();
    copy = copy != null && copy;
    size = size == null ? Specimen.Size.SHORT : size;
    files = files == null ? Map.of() : files;
  }
}
