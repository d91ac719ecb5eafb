package io.facteur.run;

import io.facteur.billing.BillingPreview;
import io.facteur.billing.PreviewedBill;
import io.facteur.contract.BillingPeriod;
import io.facteur.document.ComputedDraft;
import io.facteur.document.Document;
import io.facteur.document.DocumentId;
import io.facteur.document.DocumentState;
import io.facteur.document.DocumentType;
import io.facteur.document.RunId;
import io.facteur.party.CompanyId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Tells who would get the documents of a run, through what, and why (DISP-6): of a run that is not
 * started yet as of one that is. Nothing is written or sent, and however many documents there are,
 * only a chunk of them is held in memory.
 */
@Service
public class DispatchPreview {

  private static final int CHUNK = 200;

  private final BillingPreview billing;
  private final PlanReviews reviews;
  private final Runs runs;
  private final JdbcClient jdbc;

  DispatchPreview(BillingPreview billing, PlanReviews reviews, Runs runs, JdbcClient jdbc) {
    this.billing = billing;
    this.reviews = reviews;
    this.runs = runs;
    this.jdbc = jdbc;
  }

  /**
   * Gives out each document that would be made, as if it were issued now, and each contract that
   * would be held.
   *
   * @throws io.facteur.party.Refusal if there is no such company
   */
  public void ofBilling(CompanyId company, LocalDate asOf, Consumer<PreviewedDocument> documents) {
    PlanReviews.Review review = reviews.begin();
    billing.preview(company, asOf, bills -> planned(bills, review).forEach(documents));
  }

  /**
   * Gives out each document of a run, drafts as issued ones, as it would be planned now.
   *
   * @throws io.facteur.party.Refusal if there is no such run
   */
  public void ofRun(RunId run, Consumer<PreviewedDocument> documents) {
    runs.get(run);
    PlanReviews.Review review = reviews.begin();
    List<PreviewedDocument.Head> chunk = documentsOf(run, new DocumentId(0));
    while (!chunk.isEmpty()) {
      planned(chunk, review, documents);
      chunk = documentsOf(run, chunk.get(chunk.size() - 1).id());
    }
  }

  private static List<PreviewedDocument> planned(
      List<PreviewedBill> bills, PlanReviews.Review review) {
    Iterator<ReviewedPlan> plans =
        review
            .ofDrafts(bills.stream().map(PreviewedBill::draft).filter(Objects::nonNull).toList())
            .iterator();
    return bills.stream()
        .map(
            bill ->
                bill.draft() == null
                    ? new PreviewedDocument(null, bill.row(), null)
                    : new PreviewedDocument(head(bill.draft()), bill.row(), plans.next()))
        .toList();
  }

  private static PreviewedDocument.Head head(ComputedDraft draft) {
    Document document = draft.document();
    return new PreviewedDocument.Head(
        null,
        null,
        null,
        document.contractNumber(),
        draft.contact().code(),
        document.type(),
        document.period());
  }

  private static void planned(
      List<PreviewedDocument.Head> heads,
      PlanReviews.Review review,
      Consumer<PreviewedDocument> documents) {
    Iterator<PreviewedDocument.Head> each = heads.iterator();
    for (ReviewedPlan plan :
        review.ofDocuments(heads.stream().map(PreviewedDocument.Head::id).toList())) {
      PreviewedDocument.Head head = each.next();
      while (!head.id().equals(plan.plan().document())) {
        head = each.next(); // discarded in the meantime
      }
      documents.accept(new PreviewedDocument(head, null, plan));
    }
  }

  private List<PreviewedDocument.Head> documentsOf(RunId run, DocumentId after) {
    return jdbc.sql(
            """
            SELECT d.id, d.state, d.number, k.number AS contract, c.code AS contact, d.type,
              d.period_from, d.period_to
            FROM document d
            JOIN contact c ON c.id = d.contact_id
            LEFT JOIN contract k ON k.id = d.contract_id
            WHERE d.run_id = :run AND d.id > :after
            ORDER BY d.id LIMIT :chunk
            """)
        .param("run", run.value())
        .param("after", after.value())
        .param("chunk", CHUNK)
        .query((row, i) -> head(row))
        .list();
  }

  private static PreviewedDocument.Head head(ResultSet row) throws SQLException {
    LocalDate from = row.getObject("period_from", LocalDate.class);
    return new PreviewedDocument.Head(
        new DocumentId(row.getLong("id")),
        DocumentState.valueOf(row.getString("state")),
        row.getString("number"),
        row.getString("contract"),
        row.getString("contact"),
        DocumentType.valueOf(row.getString("type")),
        from == null ? null : new BillingPeriod(from, row.getObject("period_to", LocalDate.class)));
  }
}
