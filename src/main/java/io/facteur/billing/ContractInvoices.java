package io.facteur.billing;

import io.facteur.contract.BillingSchedule.ReleasePolicy;
import io.facteur.contract.Contract;
import io.facteur.contract.DuePeriod;
import io.facteur.document.BillingRevisions.Billed;
import io.facteur.document.BillingRevisions.Next;
import io.facteur.document.DeductedInstalment;
import io.facteur.document.DocumentId;
import io.facteur.document.DocumentType;
import io.facteur.document.Drafts;
import io.facteur.document.NewDocument;
import io.facteur.document.OpenInstalment;
import io.facteur.party.Counted;
import io.facteur.party.Refusal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What one contract is to be invoiced, one document for each due period; and the reason why it, or
 * what follows these documents, is held.
 *
 * @param billedThrough until when its schedule is billed with these documents; null: as it was
 * @param instalmentsThrough until when its instalments are; null: as it was
 * @param held null if nothing is held
 */
record ContractInvoices(
    Contract contract,
    List<Prepared> documents,
    LocalDate billedThrough,
    LocalDate instalmentsThrough,
    Held held) {

  /**
   * A document that is to be made.
   *
   * @param quantities ids of the imported quantities that it bills
   */
  record Prepared(NewDocument document, Set<Long> quantities) {}

  private record Event(DuePeriod due, boolean instalment) {

    /** In advance on its first day; what is settled was over before. */
    private LocalDate day(Contract contract) {
      return instalment ? due.period().from() : contract.schedule().timing().dueDay(due.period());
    }
  }

  ContractInvoices {
    documents = List.copyOf(documents);
  }

  /** Pure: nothing is read or written. */
  static ContractInvoices of(Contract contract, BillingInputs inputs) {
    if (contract.schedule() == null) {
      return held(contract, null);
    }
    List<DuePeriod> periods = contract.calendar().due(inputs.asOf());
    List<DuePeriod> instalments =
        contract.terms().instalments() == null
            ? List.of()
            : contract.instalmentCalendar().due(inputs.asOf());
    Held missed = inputs.catchUp().hold(contract.id(), periods, instalments);
    if (missed != null) {
      return held(contract, missed);
    }
    if (!periods.isEmpty() && contract.lines().isEmpty()) {
      return held(contract, Held.contract("it has no lines: add what is to be billed"));
    }
    return new Preparation(contract, inputs).prepare(inOrder(contract, periods, instalments));
  }

  private static List<Event> inOrder(
      Contract contract, List<DuePeriod> periods, List<DuePeriod> instalments) {
    return Stream.concat(
            periods.stream().map(due -> new Event(due, false)),
            instalments.stream().map(due -> new Event(due, true)))
        .sorted(
            Comparator.comparing((Event event) -> event.day(contract))
                .thenComparing(event -> event.due().period().from()))
        .toList();
  }

  private static ContractInvoices held(Contract contract, Held held) {
    return new ContractInvoices(contract, List.of(), null, null, held);
  }

  /** What these documents bill. */
  Stream<Billed> billed() {
    return documents.stream().map(this::billed);
  }

  private Billed billed(Prepared prepared) {
    NewDocument document = prepared.document();
    return new Billed(contract.id(), document.type(), document.period().from());
  }

  /**
   * The same with the revisions of what was billed before and credited since; held if the period
   * has a bill that was not (BILL-2).
   */
  ContractInvoices revised(Map<Billed, Next> revisions) {
    List<Prepared> revised = new ArrayList<>(documents.size());
    for (Prepared prepared : documents) {
      Next next = revisions.get(billed(prepared));
      if (next.billedBy() != null) {
        return held(
            contract,
            Held.contract(
                "its period from %s is billed already, by %s: correct until when it is billed, or credit that in whole"
                    .formatted(prepared.document().period().from(), next.billedBy())));
      }
      revised.add(
          next.revision() == 0
              ? prepared
              : new Prepared(
                  prepared.document().withRevision(next.revision()), prepared.quantities()));
    }
    return new ContractInvoices(contract, revised, billedThrough, instalmentsThrough, held);
  }

  /** Whether anything is to be written. */
  boolean isBilled() {
    return billedThrough != null || instalmentsThrough != null;
  }

  /**
   * Goes through what is due until something is in the way. Where that is in the way of a period
   * only, its instalments go on (BILL-2): a customer does not wait for somebody else's meter.
   */
  private static final class Preparation {

    private final Contract contract;
    private final BillingInputs inputs;
    private final List<Prepared> documents = new ArrayList<>();
    private LocalDate billedThrough;
    private LocalDate instalmentsThrough;

    private Preparation(Contract contract, BillingInputs inputs) {
      this.contract = contract;
      this.inputs = inputs;
    }

    private ContractInvoices prepare(List<Event> events) {
      Held periodHeld = null;
      for (Event event : events) {
        if (event.instalment()) {
          Held held = instalment(event.due());
          if (held != null) {
            return result(periodHeld == null ? held : periodHeld);
          }
        } else if (periodHeld == null) {
          periodHeld = period(event.due());
        }
      }
      return result(periodHeld);
    }

    private ContractInvoices result(Held held) {
      return new ContractInvoices(contract, documents, billedThrough, instalmentsThrough, held);
    }

    private Held instalment(DuePeriod due) {
      PeriodBill bill = PeriodBill.ofInstalment(contract, due, inputs.words().apply(contract));
      Held held = add(DocumentType.INSTALMENT, due, bill, List.of());
      if (held == null) {
        instalmentsThrough = due.period().to();
      }
      return held;
    }

    private Held period(DuePeriod due) {
      PeriodBill bill =
          PeriodBill.ofPeriod(
              contract, due, inputs.waiting(contract), inputs.words().apply(contract));
      if (!bill.missing().isEmpty()) {
        return Held.quantityMissing(
            String.join("; ", bill.missing()) + ": import it, or correct the contract");
      }
      List<OpenInstalment> instalments = inputs.instalments(contract, due.period());
      Held unissued = unissued(due, instalments);
      if (unissued != null) {
        return unissued;
      }
      List<DeductedInstalment> settles =
          instalments.stream()
              .filter(one -> one.amount().signum() != 0)
              .map(OpenInstalment::deducted)
              .toList();
      if (bill.isEmpty() && !settles.isEmpty()) {
        return Held.contract(
            "its settlement of %s to %s has nothing to bill, but %s to deduct: credit %s"
                .formatted(
                    due.period().from(),
                    due.period().to(),
                    Counted.of(settles.size(), "instalment"),
                    settles.size() == 1 ? "it" : "them"));
      }
      DocumentType type =
          contract.terms().instalments() == null && instalments.isEmpty()
              ? DocumentType.INVOICE
              : DocumentType.SETTLEMENT;
      Held held = add(type, due, bill, settles);
      if (held == null) {
        billedThrough = due.period().to();
      }
      return held;
    }

    /** BILL-7: a settlement names the numbers of the instalments that it deducts. */
    private Held unissued(DuePeriod due, List<OpenInstalment> instalments) {
      for (OpenInstalment instalment : instalments) {
        if (!instalment.isIssued()) {
          return waits(due, "the instalment", instalment, instalment.id());
        }
        if (instalment.creditDraft() != null) {
          return waits(
              due, "the credit note of the instalment", instalment, instalment.creditDraft());
        }
      }
      boolean inThisTurn =
          instalmentsThrough != null
              && !instalmentsThrough.isBefore(due.period().from())
              && documents.stream()
                  .map(Prepared::document)
                  .filter(made -> made.type() == DocumentType.INSTALMENT)
                  .anyMatch(made -> !made.period().from().isAfter(due.period().to()));
      return inThisTurn
          ? Held.contract(
              "its settlement of %s to %s waits until its instalments are issued: the next run makes it"
                  .formatted(due.period().from(), due.period().to()))
          : null;
    }

    private static Held waits(
        DuePeriod due, String what, OpenInstalment instalment, DocumentId draft) {
      return Held.contract(
          "its settlement of %s to %s waits for %s from %s, which is draft %d: issue or discard that"
              .formatted(
                  due.period().from(),
                  due.period().to(),
                  what,
                  instalment.period().from(),
                  draft.value()));
    }

    /** A period in which there is nothing to bill makes no document. */
    private Held add(
        DocumentType type, DuePeriod due, PeriodBill bill, List<DeductedInstalment> settles) {
      if (bill.isEmpty()) {
        return null;
      }
      NewDocument document =
          NewDocument.ofContract(
              type,
              inputs.company().code(),
              contract.number(),
              due.period(),
              bill.lines(),
              bill.allowances(),
              new NewDocument.Billing(
                  inputs.asOf(),
                  settles,
                  0,
                  contract.schedule().releasePolicy() == ReleasePolicy.ISSUE));
      try {
        Drafts.check(document);
      } catch (Refusal refusal) {
        return Held.contract(refusal.getMessage());
      }
      documents.add(new Prepared(document, bill.quantities()));
      return null;
    }
  }
}
