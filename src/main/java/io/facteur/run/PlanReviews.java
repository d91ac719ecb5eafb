package io.facteur.run;

import io.facteur.contract.ContractId;
import io.facteur.contract.Domain;
import io.facteur.delivery.LastDispatches;
import io.facteur.dispatch.DispatchPlan;
import io.facteur.dispatch.DispatchPlans;
import io.facteur.dispatch.LastDispatch;
import io.facteur.dispatch.MailboxFacts;
import io.facteur.dispatch.PlanDifference;
import io.facteur.dispatch.PlanDifferences;
import io.facteur.dispatch.PlanProblem;
import io.facteur.dispatch.PlanProblems;
import io.facteur.document.ComputedDraft;
import io.facteur.document.Document;
import io.facteur.document.DocumentId;
import io.facteur.party.Refusal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/**
 * Plans with their problems and with what differs from the last time, for people to look at before
 * anything is sent (DISP-6). Nothing is written.
 */
@Service
public class PlanReviews {

  private final DispatchPlans plans;
  private final MailboxReview mailboxes;
  private final LastDispatches lastDispatches;
  private final EInvoiceReview eInvoices;

  PlanReviews(
      DispatchPlans plans,
      MailboxReview mailboxes,
      LastDispatches lastDispatches,
      EInvoiceReview eInvoices) {
    this.plans = plans;
    this.mailboxes = mailboxes;
    this.lastDispatches = lastDispatches;
    this.eInvoices = eInvoices;
  }

  /**
   * Reviews the plan of one document.
   *
   * @throws Refusal if there is no such document
   */
  public ReviewedPlan of(DocumentId document) {
    return begin().ofDocuments(List.of(document)).stream()
        .findFirst()
        .orElseThrow(() -> Refusal.notFound("document", String.valueOf(document.value())));
  }

  /** Begins to review many documents, chunk by chunk. */
  Review begin() {
    return new Review();
  }

  /** One review of many documents; the number of queries for each chunk is constant. */
  final class Review {

    private final MailboxReview.Remembered remembered = new MailboxReview.Remembered();

    /** In the order of the documents' ids; unknown ones are left out. */
    List<ReviewedPlan> ofDocuments(Collection<DocumentId> documents) {
      List<DispatchPlan> chunk = plans.of(documents);
      Map<DocumentId, LastDispatch> before = new HashMap<>();
      withContract(chunk)
          .forEach(
              (domain, some) ->
                  before.putAll(
                      lastDispatches.before(
                          some.stream().map(DispatchPlan::document).toList(), domain)));
      Map<DocumentId, Document> sent = eInvoices.load(chunk);
      MailboxFacts facts = mailboxes.facts(chunk, remembered);
      return chunk.stream()
          .map(
              plan -> reviewed(plan, facts, before.get(plan.document()), sent.get(plan.document())))
          .toList();
    }

    /** Of documents that do not exist yet, in the order given. */
    List<ReviewedPlan> ofDrafts(List<ComputedDraft> drafts) {
      List<DispatchPlan> chunk = plans.ofDrafts(drafts);
      Map<Domain, Map<ContractId, LastDispatch>> last = new HashMap<>();
      withContract(chunk)
          .forEach(
              (domain, some) ->
                  last.put(
                      domain,
                      lastDispatches.of(
                          some.stream().map(DispatchPlan::contract).distinct().toList(), domain)));
      MailboxFacts facts = mailboxes.facts(chunk, remembered);
      List<ReviewedPlan> reviewed = new ArrayList<>(chunk.size());
      for (int i = 0; i < chunk.size(); i++) {
        DispatchPlan plan = chunk.get(i);
        LastDispatch before = last.getOrDefault(plan.domain(), Map.of()).get(plan.contract());
        reviewed.add(reviewed(plan, facts, before, drafts.get(i).document()));
      }
      return reviewed;
    }

    private static Map<Domain, List<DispatchPlan>> withContract(List<DispatchPlan> plans) {
      return plans.stream()
          .filter(plan -> plan.contract() != null)
          .collect(Collectors.groupingBy(DispatchPlan::domain));
    }

    private ReviewedPlan reviewed(
        DispatchPlan plan, MailboxFacts facts, LastDispatch before, Document document) {
      List<PlanProblem> problems = new ArrayList<>(PlanProblems.of(plan, facts));
      EInvoiceReview.Found found = eInvoices.check(plan, document);
      problems.addAll(found.problems());
      List<PlanDifference> differences =
          plan.contract() == null ? List.of() : PlanDifferences.of(plan, before);
      return new ReviewedPlan(
          plan, problems, differences, before == null ? null : before.number(), found.violations());
    }
  }
}
