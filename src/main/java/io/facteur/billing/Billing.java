package io.facteur.billing;

import io.facteur.contract.Contract;
import io.facteur.contract.ContractId;
import io.facteur.contract.ContractTransaction;
import io.facteur.contract.Contracts;
import io.facteur.document.DocumentId;
import io.facteur.document.Drafts;
import io.facteur.document.NewDocument;
import io.facteur.document.RunId;
import io.facteur.metering.MeteredQuantities;
import io.facteur.party.Companies;
import io.facteur.party.Company;
import io.facteur.party.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Turns what is due into drafts, a chunk of contracts at a time (BILL-1, BILL-2). Any number of
 * nodes may bill the same run: they share the contracts. A contract that cannot be billed is held
 * with a problem of the run, and the others go on.
 */
@Service
public class Billing {

  private static final Logger log = LoggerFactory.getLogger(Billing.class);

  private final Contracts contracts;
  private final DueContracts dueContracts;
  private final RunProblems problems;
  private final Companies companies;
  private final Drafts drafts;
  private final MeteredQuantities meteredQuantities;
  private final ContractPreparation preparation;
  private final RunTransaction transaction;

  Billing(
      Contracts contracts,
      DueContracts dueContracts,
      RunProblems problems,
      Companies companies,
      Drafts drafts,
      MeteredQuantities meteredQuantities,
      ContractPreparation preparation,
      RunTransaction transaction) {
    this.contracts = contracts;
    this.dueContracts = dueContracts;
    this.problems = problems;
    this.companies = companies;
    this.drafts = drafts;
    this.meteredQuantities = meteredQuantities;
    this.preparation = preparation;
    this.transaction = transaction;
  }

  /**
   * Bills the next chunk of contracts with something due: one draft for each contract and period,
   * committed together with the day until which the contract is billed. Call it from {@link
   * BillingPosition#START} on with the position that it returns, until that is null.
   */
  public BilledChunk billDue(BillingOrder order, BillingPosition position) {
    DueContracts.Found found = dueContracts.after(position, order);
    BillingPosition next = found.next() == null ? position.nextPass() : found.next();
    if (found.due().isEmpty()) {
      return BilledChunk.empty(next);
    }
    try {
      return billWhileRunning(order, found.due(), position.waiting(), next);
    } catch (RuntimeException e) {
      if (ContractTransaction.isPassing(e)) {
        throw e;
      }
      return billOneByOne(order, found.due(), position.waiting(), next);
    }
  }

  /**
   * Drafts of the run that are to be issued at once and have not been, in the order in which they
   * were made. Empty unless a node has stopped between billing and issuing.
   *
   * @param after the last one that is known already; null: from the first
   */
  public List<DocumentId> draftsToIssue(RunId run, DocumentId after, int limit) {
    return dueContracts.draftsToIssue(run, after, limit);
  }

  /**
   * Counts the contracts of a company that may have something due, as far as the run has not held
   * them: those that it will look at.
   */
  public int countDue(BillingOrder order) {
    int overlooked = dueContracts.findOverlooked(order.company());
    if (overlooked > 0) {
      log.warn(
          "run {}: {} contracts had no day on which they fall due; they are looked at now",
          order.run().value(),
          overlooked);
    }
    return dueContracts.count(order);
  }

  private BilledChunk billWhileRunning(
      BillingOrder order, List<ContractId> due, boolean waiting, BillingPosition next) {
    return transaction
        .whileRunning(order.run(), () -> bill(order, due, waiting, next))
        .orElse(BilledChunk.empty(null));
  }

  private BilledChunk bill(
      BillingOrder order, List<ContractId> due, boolean waiting, BillingPosition next) {
    List<ContractInvoices> invoices = lockAndPrepare(order, due, waiting);
    Map<ContractId, Held> held = new LinkedHashMap<>();
    List<NewDocument> documents = new ArrayList<>();
    List<Set<Long>> quantities = new ArrayList<>();
    for (ContractInvoices ofContract : invoices) {
      if (ofContract.held() != null) {
        held.put(ofContract.contract().id(), ofContract.held());
      }
      for (ContractInvoices.Prepared prepared : ofContract.documents()) {
        documents.add(prepared.document());
        quantities.add(prepared.quantities());
      }
    }
    List<DocumentId> made = drafts.add(documents, order.run(), order.actor());
    dueContracts.billed(invoices);
    problems.hold(order.run(), held);
    Map<Long, DocumentId> billedQuantities = new LinkedHashMap<>();
    List<DocumentId> toIssue = new ArrayList<>();
    for (int i = 0; i < made.size(); i++) {
      DocumentId document = made.get(i);
      quantities.get(i).forEach(quantity -> billedQuantities.put(quantity, document));
      if (documents.get(i).billing().released()) {
        toIssue.add(document);
      }
    }
    meteredQuantities.billed(billedQuantities);
    return new BilledChunk(toIssue, made.size(), held.size(), next);
  }

  /** Whatever was known of the contracts before is read again under their locks. */
  private List<ContractInvoices> lockAndPrepare(
      BillingOrder order, List<ContractId> due, boolean waiting) {
    List<Contract> locked = contracts.lock(due, waiting);
    if (locked.isEmpty()) {
      return List.of();
    }
    RunProblems.Known known =
        problems.known(order.run(), locked.stream().map(Contract::id).toList());
    Company company =
        companies.byIds(List.of(order.company())).stream()
            .findFirst()
            .orElseThrow(
                () -> Refusal.notFound("company", String.valueOf(order.company().value())));
    List<Contract> open =
        locked.stream().filter(contract -> !known.held().contains(contract.id())).toList();
    return preparation.prepare(open, company, order.asOf(), known.catchUp());
  }

  /** After a chunk has failed: finds the contract that it fails for, and holds it. */
  private BilledChunk billOneByOne(
      BillingOrder order, List<ContractId> due, boolean waiting, BillingPosition next) {
    List<DocumentId> toIssue = new ArrayList<>();
    int made = 0;
    int held = 0;
    for (ContractId contract : due) {
      try {
        BilledChunk one = billWhileRunning(order, List.of(contract), waiting, next);
        toIssue.addAll(one.toIssue());
        made += one.drafts();
        held += one.held();
      } catch (RuntimeException e) {
        if (ContractTransaction.isPassing(e)) {
          throw e;
        }
        problems.hold(order.run(), Map.of(contract, Held.contract(reason(contract, e))));
        held++;
      }
    }
    return new BilledChunk(toIssue, made, held, next);
  }

  /** For people: why the contract is held. */
  private static String reason(ContractId contract, RuntimeException e) {
    if (e instanceof Refusal refusal) {
      return refusal.getMessage();
    }
    log.error("Contract {} is held: it cannot be billed", contract.value(), e);
    return "it cannot be billed (" + e.getClass().getSimpleName() + "): see the log of this time";
  }
}
