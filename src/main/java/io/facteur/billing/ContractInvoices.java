package io.facteur.billing;

import io.facteur.contract.Contract;
import io.facteur.contract.ContractLine;
import io.facteur.document.Drafts;
import io.facteur.document.NewDocument;
import io.facteur.document.NewLine;
import io.facteur.party.Refusal;
import java.time.LocalDate;
import java.util.List;

/**
 * What one contract is to be invoiced: an invoice for each due period, or the reason why it is
 * held. Neither if nothing is due.
 *
 * @param held null if it is not held
 */
record ContractInvoices(Contract contract, List<NewDocument> invoices, Held held) {

  static ContractInvoices of(
      Contract contract, String companyCode, BillingOrder order, CatchUp catchUp) {
    if (contract.schedule() == null) {
      return new ContractInvoices(contract, List.of(), null);
    }
    List<DuePeriod> due =
        new PeriodCalendar(contract.start(), contract.end(), contract.schedule()).due(order.asOf());
    Held missed = catchUp.hold(contract.id(), due);
    if (missed != null) {
      return held(contract, missed);
    }
    if (!due.isEmpty() && contract.lines().isEmpty()) {
      return held(contract, Held.contract("it has no lines: add what is to be billed"));
    }
    List<NewDocument> invoices =
        due.stream().map(period -> invoice(contract, companyCode, period)).toList();
    try {
      invoices.forEach(Drafts::check);
    } catch (Refusal refusal) {
      return held(contract, Held.contract(refusal.getMessage()));
    }
    return new ContractInvoices(contract, invoices, null);
  }

  private static ContractInvoices held(Contract contract, Held held) {
    return new ContractInvoices(contract, List.of(), held);
  }

  private static NewDocument invoice(Contract contract, String companyCode, DuePeriod period) {
    List<NewLine> lines = contract.lines().stream().map(line -> line(line, period)).toList();
    return NewDocument.invoice(companyCode, contract.number(), period.period(), lines);
  }

  private static NewLine line(ContractLine line, DuePeriod period) {
    return new NewLine(
        line.name(),
        line.description(),
        period.shareOf(line.quantity()),
        line.unitCode(),
        line.unitPrice(),
        line.baseQuantity(),
        line.discountPercent(),
        line.vatCategory(),
        line.vatRate(),
        line.exemptionReason());
  }

  boolean isHeld() {
    return held != null;
  }

  /** Only where something is invoiced. */
  LocalDate billedThrough() {
    return invoices.get(invoices.size() - 1).period().to();
  }
}
