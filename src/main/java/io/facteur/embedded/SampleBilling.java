package io.facteur.embedded;

import io.facteur.billing.BillingDay;
import io.facteur.delivery.DocumentIssuing;
import io.facteur.delivery.IssueOrder;
import io.facteur.delivery.IssueResult;
import io.facteur.document.CreditNotes;
import io.facteur.document.DocumentId;
import io.facteur.document.DocumentType;
import io.facteur.document.Drafts;
import io.facteur.document.NewDocument;
import io.facteur.document.RunId;
import io.facteur.embedded.SampleCompany.SampleInvoice;
import io.facteur.embedded.SampleCompany.SampleLine;
import io.facteur.party.Company;
import io.facteur.run.RunKind;
import io.facteur.run.Runs;
import java.time.LocalDate;
import java.util.List;
import org.springframework.stereotype.Component;

/** Issues what a sample company has made by hand, and starts its billing. */
@Component
class SampleBilling {

  private final Drafts drafts;
  private final DocumentIssuing issuing;
  private final CreditNotes creditNotes;
  private final Runs runs;
  private final BillingDay days;

  SampleBilling(
      Drafts drafts, DocumentIssuing issuing, CreditNotes creditNotes, Runs runs, BillingDay days) {
    this.drafts = drafts;
    this.issuing = issuing;
    this.creditNotes = creditNotes;
    this.runs = runs;
    this.days = days;
  }

  /** The run that this leaves behind is taken up by the routes. */
  void start(Company company, List<SampleInvoice> invoices, String actor) {
    RunId run = runs.start(RunKind.BILLING, company.id(), days.today(company), actor).run();
    for (SampleInvoice invoice : invoices) {
      DocumentId id = drafts.add(document(company, invoice), actor);
      issue(run, id, invoice.issued(), actor);
      if (invoice.credited() != null) {
        issue(run, creditNotes.draftFor(id, actor), invoice.credited(), actor);
      }
    }
  }

  /** Not by the route: whatever it may do, this must stay within the transaction of the loading. */
  private void issue(RunId run, DocumentId draft, LocalDate day, String actor) {
    drafts.joinRun(draft, run);
    IssueResult result = issuing.issue(new IssueOrder(List.of(draft), day, actor));
    if (!result.problems().isEmpty()) {
      throw new IllegalStateException(
          "a sample document cannot be issued: " + result.problems().get(0).reason());
    }
  }

  private static NewDocument document(Company company, SampleInvoice invoice) {
    return new NewDocument(
        DocumentType.INVOICE,
        company.code(),
        invoice.contact(),
        null,
        invoice.contract(),
        invoice.period(),
        null,
        null,
        null,
        null,
        null,
        null,
        invoice.note(),
        null,
        invoice.lines().stream().map(SampleLine::ofInvoice).toList());
  }
}
