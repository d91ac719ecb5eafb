package io.facteur.api;

import io.facteur.billing.BillingPreview;
import io.facteur.billing.PreviewSummary;
import io.facteur.billing.PreviewedBill;
import io.facteur.party.CompanyId;
import io.facteur.run.DeliveriesCsv;
import io.facteur.run.DispatchPreview;
import io.facteur.run.DispatchSummary;
import io.facteur.run.PreviewCsv;
import io.facteur.run.RunReports;
import java.io.Writer;
import java.time.LocalDate;
import org.springframework.stereotype.Component;

/** Previews of runs in the forms in which they are given out. */
@Component
class RunPreviews {

  /** What the rows of a preview as CSV are. */
  enum View {
    DOCUMENTS,
    DELIVERIES
  }

  private final BillingPreview billing;
  private final DispatchPreview dispatch;
  private final RunReports reports;
  private final PlanLines lines;

  RunPreviews(
      BillingPreview billing, DispatchPreview dispatch, RunReports reports, PlanLines lines) {
    this.billing = billing;
    this.dispatch = dispatch;
    this.reports = reports;
    this.lines = lines;
  }

  PreviewResource summary(String code, CompanyId company, LocalDate asOf) {
    PreviewSummary bills = new PreviewSummary();
    DispatchSummary deliveries = new DispatchSummary();
    dispatch.ofBilling(
        company,
        asOf,
        document -> {
          bills.accept(document.bill());
          deliveries.accept(document);
        });
    return PreviewResource.of(
        code, asOf, bills, reports.lastBilling(company), DispatchSummaryResource.of(deliveries));
  }

  void csv(View view, CompanyId company, LocalDate asOf, Writer writer) {
    if (view == View.DELIVERIES) {
      dispatch.ofBilling(company, asOf, new DeliveriesCsv(writer));
    } else {
      PreviewCsv csv = new PreviewCsv(writer);
      billing.preview(company, asOf, bills -> bills.stream().map(PreviewedBill::row).forEach(csv));
    }
  }

  void lines(CompanyId company, LocalDate asOf, Writer writer) {
    dispatch.ofBilling(company, asOf, lines.to(writer));
  }
}
