package io.facteur.rendering;

import io.facteur.document.Document;
import java.util.List;
import java.util.stream.Collectors;

/** An e-invoice breaks the official rules, or there can be none, and must not leave (EINV-2). */
public class InvalidEInvoiceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<RuleViolation> violations;

  InvalidEInvoiceException(Document document, List<RuleViolation> violations) {
    super(message(document, violations));
    this.violations = List.copyOf(violations);
  }

  /** What to correct; never empty. */
  public List<RuleViolation> violations() {
    return violations;
  }

  private static String message(Document document, List<RuleViolation> violations) {
    if (!DocumentRenderer.isEInvoice(document)) {
      return "%s is a %s: there are e-invoices of invoices and credit notes only. Ask for PDF."
          .formatted(
              document.number() == null ? "Draft " + document.id().value() : document.number(),
              document.type());
    }
    return "The e-invoice of %s is invalid and is not sent. %s. Correct the named data%s."
        .formatted(
            document.number() == null ? "draft " + document.id().value() : document.number(),
            violations.stream()
                .filter(RuleViolation::fatal)
                .map(RuleViolation::toString)
                .distinct()
                .collect(Collectors.joining("; ")),
            document.number() == null ? "" : " and replace the document by a credit note");
  }
}
