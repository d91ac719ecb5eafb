package io.facteur.rendering;

import io.facteur.document.DocumentType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Applies the official rules to e-invoices of specimens, also those of Factur-X, which are too slow
 * for each document: for templates that have changed, since it takes some seconds.
 */
final class EInvoiceTemplateCheck {

  private static final List<String> COUNTRIES = List.of("CH", "DE", "FR");

  private EInvoiceTemplateCheck() {}

  /** The rules that e-invoices of these templates break; empty if none. */
  static List<TemplateProblem> check(TemplateSet set) {
    EInvoiceValidator validator = new EInvoiceValidator();
    Set<TemplateProblem> found = new LinkedHashSet<>();
    String language = set.languages().get(0);
    for (String country : COUNTRIES) {
      for (DocumentType type : Specimen.E_INVOICES) {
        DocumentRenderer.eInvoices(set, Specimen.of(type, language, country))
            .forEach(
                (profile, xml) ->
                    validator.validate(profile.schema(), sheets(profile), xml).stream()
                        .filter(RuleViolation::fatal)
                        .forEach(broken -> found.add(problem(profile, type, country, broken))));
      }
    }
    return List.copyOf(found);
  }

  private static List<RuleSheet> sheets(EInvoiceProfile profile) {
    List<RuleSheet> sheets = new ArrayList<>(profile.sheets());
    if (profile == EInvoiceProfile.EN16931_CII) {
      sheets.add(RuleSheet.FACTUR_X);
    }
    return sheets;
  }

  private static TemplateProblem problem(
      EInvoiceProfile profile, DocumentType type, String country, RuleViolation broken) {
    return new TemplateProblem(
        TemplateFiles.EINVOICE + profile.template() + ".ftlx",
        0,
        "the e-invoice %s of a specimen (%s, %s) breaks %s: %s, at %s"
            .formatted(
                profile, type, country, broken.ruleId(), broken.officialText(), broken.location()));
  }
}
