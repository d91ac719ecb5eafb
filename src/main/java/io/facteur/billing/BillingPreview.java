package io.facteur.billing;

import io.facteur.billing.PreviewRow.Unusual;
import io.facteur.contract.BillingPeriod;
import io.facteur.contract.Contract;
import io.facteur.contract.ContractId;
import io.facteur.contract.Contracts;
import io.facteur.contract.DuePeriod;
import io.facteur.document.ComputedDraft;
import io.facteur.document.Drafts;
import io.facteur.document.NewDocument;
import io.facteur.document.PreviousBill;
import io.facteur.document.PreviousBills;
import io.facteur.document.RunId;
import io.facteur.party.Companies;
import io.facteur.party.Company;
import io.facteur.party.CompanyId;
import io.facteur.party.Refusal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;

/**
 * Tells what a run would bill, to whom and what not, and what of it is unusual (BILL-6). Nothing is
 * written, and however many contracts there are, only a chunk of them is held in memory.
 */
@Service
public class BillingPreview {

  private static final int CHUNK = 200;
  private static final RunId NO_RUN = new RunId(0);
  private static final BigDecimal HUNDRED = new BigDecimal(100);

  private final DueContracts dueContracts;
  private final Contracts contracts;
  private final Companies companies;
  private final ContractPreparation preparation;
  private final Drafts drafts;
  private final PreviousBills previousBills;
  private final BigDecimal unusualPercent;

  BillingPreview(
      DueContracts dueContracts,
      Contracts contracts,
      Companies companies,
      ContractPreparation preparation,
      Drafts drafts,
      PreviousBills previousBills,
      @Value("${facteur.billing.unusual-percent:50}") BigDecimal unusualPercent) {
    this.dueContracts = dueContracts;
    this.contracts = contracts;
    this.companies = companies;
    this.preparation = preparation;
    this.drafts = drafts;
    this.previousBills = previousBills;
    this.unusualPercent = unusualPercent;
  }

  /**
   * Gives out, chunk by chunk, each document that would be made and each contract that would be
   * held, the longest due first.
   *
   * @throws Refusal if there is no such company
   */
  public void preview(CompanyId company, LocalDate asOf, Consumer<List<PreviewedBill>> chunks) {
    Company seller =
        companies.byIds(List.of(company)).stream()
            .findFirst()
            .orElseThrow(() -> Refusal.notFound("company", String.valueOf(company.value())));
    BillingOrder order = new BillingOrder(NO_RUN, company, asOf, CHUNK, "preview");
    BillingPosition position = BillingPosition.START;
    while (position != null) {
      DueContracts.Found found = dueContracts.after(position, order);
      List<Contract> chunk = contracts.byIds(found.due());
      Map<ContractId, List<PreviousBill>> previous = previousBills.of(found.due());
      List<ContractInvoices> invoices = preparation.prepare(chunk, seller, asOf, CatchUp.none());
      chunks.accept(bills(invoices, previous));
      position = found.next();
    }
  }

  private List<PreviewedBill> bills(
      List<ContractInvoices> invoices, Map<ContractId, List<PreviousBill>> previous) {
    try {
      return computed(invoices, previous);
    } catch (Refusal refusal) {
      return invoices.stream().flatMap(one -> alone(one, previous).stream()).toList();
    }
  }

  private List<PreviewedBill> alone(
      ContractInvoices one, Map<ContractId, List<PreviousBill>> previous) {
    try {
      return computed(List.of(one), previous);
    } catch (Refusal refusal) {
      return List.of(held(one, Held.contract(refusal.getMessage())));
    }
  }

  private List<PreviewedBill> computed(
      List<ContractInvoices> invoices, Map<ContractId, List<PreviousBill>> previous) {
    List<NewDocument> documents =
        invoices.stream()
            .flatMap(one -> one.documents().stream())
            .map(ContractInvoices.Prepared::document)
            .toList();
    Iterator<ComputedDraft> computed = drafts.compute(documents).iterator();
    List<PreviewedBill> bills = new ArrayList<>();
    for (ContractInvoices one : invoices) {
      Contract contract = one.contract();
      List<PreviousBill> before = previous.getOrDefault(contract.id(), List.of());
      for (ContractInvoices.Prepared prepared : one.documents()) {
        ComputedDraft draft = computed.next();
        bills.add(
            new PreviewedBill(row(contract.number(), prepared.document(), draft, before), draft));
      }
      if (one.held() != null) {
        bills.add(held(one, one.held()));
      }
    }
    return bills;
  }

  private static PreviewedBill held(ContractInvoices one, Held held) {
    return new PreviewedBill(PreviewRow.held(one.contract().number(), held), null);
  }

  private PreviewRow row(
      String contract, NewDocument document, ComputedDraft computed, List<PreviousBill> previous) {
    PreviousBill last =
        previous.stream()
            .filter(bill -> bill.type() == document.type())
            .filter(bill -> bill.currency().equals(computed.currency()))
            .findFirst()
            .orElse(null);
    BigDecimal net = computed.totals().taxExclusive();
    return new PreviewRow(
        contract,
        document.type(),
        document.period(),
        computed.currency(),
        net,
        computed.totals().payable(),
        last == null ? null : last.net(),
        unusual(document.period(), computed, last),
        null);
  }

  private Set<Unusual> unusual(BillingPeriod period, ComputedDraft computed, PreviousBill last) {
    Set<Unusual> unusual = EnumSet.noneOf(Unusual.class);
    BigDecimal payable = computed.totals().payable();
    if (payable.signum() < 0) {
      unusual.add(Unusual.CREDIT);
    } else if (computed.totals().taxInclusive().signum() == 0) {
      unusual.add(Unusual.ZERO);
    }
    if (last == null) {
      unusual.add(Unusual.FIRST);
    } else if (last.net().signum() != 0) {
      BigDecimal change = change(perDay(computed.totals().taxExclusive(), period), last);
      if (change.abs().compareTo(unusualPercent) > 0) {
        unusual.add(change.signum() > 0 ? Unusual.MUCH_MORE : Unusual.MUCH_LESS);
      }
    }
    return unusual;
  }

  /** In percent. */
  private static BigDecimal change(BigDecimal perDay, PreviousBill last) {
    BigDecimal before = perDay(last.net(), last.period());
    return perDay.subtract(before).multiply(HUNDRED).divide(before.abs(), 2, RoundingMode.HALF_UP);
  }

  /** Months and parts of them can be compared so. */
  private static BigDecimal perDay(BigDecimal net, BillingPeriod period) {
    return net.divide(
        BigDecimal.valueOf(new DuePeriod(period, 0).days()), 10, RoundingMode.HALF_UP);
  }
}
