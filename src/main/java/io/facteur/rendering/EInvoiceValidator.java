package io.facteur.rendering;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Checks e-invoices with the official schemas and rules of EN 16931, Peppol and XRechnung (EINV-2).
 * They are made ready in the background from the moment that the first of these is made; who needs
 * some earlier waits for those only.
 */
public final class EInvoiceValidator {

  private static final AtomicBoolean BEGUN = new AtomicBoolean();

  private final RuleTerms terms = new RuleTerms();

  public EInvoiceValidator() {
    if (BEGUN.compareAndSet(false, true)) {
      prepareInBackground();
    }
  }

  /**
   * What the official schema and rules find in an e-invoice, warnings included; empty if nothing.
   *
   * @param format other than {@link Format#PDF}, which keeps no rules
   * @throws IllegalStateException if the rules cannot be applied, which says nothing of the invoice
   */
  public List<RuleViolation> validate(Format format, String xml) {
    return validate(format.profile().orElseThrow(), xml);
  }

  List<RuleViolation> validate(EInvoiceProfile profile, String xml) {
    return validate(profile.schema(), profile.sheets(), xml);
  }

  List<RuleViolation> validate(OfficialSchema schema, List<RuleSheet> sheets, String xml) {
    EInvoiceParser.Parsed parsed = schema.parse(xml);
    if (parsed.tree() == null) {
      return violations(parsed.broken());
    }
    List<FailedRule> failed = new ArrayList<>(parsed.broken());
    for (RuleSheet sheet : sheets) {
      failed.addAll(sheet.apply(parsed.tree()));
    }
    return violations(failed);
  }

  private List<RuleViolation> violations(List<FailedRule> failed) {
    return failed.isEmpty() ? List.of() : failed.stream().map(this::violation).toList();
  }

  private RuleViolation violation(FailedRule failed) {
    String term = terms.term(failed.id(), failed.text());
    return new RuleViolation(
        failed.id(), term, terms.field(term), failed.text(), failed.location(), failed.fatal());
  }

  /** One thread, so that a start keeps the other processors; the most used rules first. */
  private static void prepareInBackground() {
    Thread thread =
        new Thread(
            () ->
                Stream.<Runnable>of(
                        OfficialSchema.FACTUR_X::prepare,
                        RuleSheet.EN16931_CII::prepare,
                        OfficialSchema.UBL::prepare,
                        RuleSheet.EN16931_UBL::prepare,
                        RuleSheet.PEPPOL::prepare,
                        OfficialSchema.CII_D16B::prepare,
                        RuleSheet.XRECHNUNG_CII::prepare,
                        RuleSheet.XRECHNUNG_UBL::prepare)
                    .forEach(EInvoiceValidator::tryTo),
            "e-invoice-rules");
    thread.setDaemon(true);
    thread.start();
  }

  private static void tryTo(Runnable prepare) {
    try {
      prepare.run();
    } catch (IllegalStateException e) {
      // It is logged where it happens, and told again to whoever needs those rules.
    }
  }
}
