package io.facteur.billing;

import io.facteur.contract.BillingPeriod;
import io.facteur.contract.Contract;
import io.facteur.contract.ContractLine;
import io.facteur.contract.DuePeriod;
import io.facteur.contract.LineKind;
import io.facteur.document.DocumentId;
import io.facteur.document.DocumentType;
import io.facteur.document.NewDocument;
import io.facteur.document.OpenInstalment;
import io.facteur.metering.WaitingQuantity;
import io.facteur.party.Company;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Bills a contract again and again, as nights go by, and keeps what was made of it. */
final class BilledLife {

  private static final Company COMPANY =
      new Company(
          null,
          1,
          "ACME",
          null,
          null,
          null,
          "en",
          ZoneId.of("UTC"),
          null,
          null,
          "AC",
          30,
          List.of(),
          null,
          null,
          null);

  private final List<NewDocument> documents = new ArrayList<>();
  private final Map<Long, OpenInstalment> instalments = new HashMap<>();
  private final Set<Long> settled = new java.util.HashSet<>();
  private Contract contract;
  private Held held;

  BilledLife(Contract contract) {
    this.contract = contract;
  }

  Contract contract() {
    return contract;
  }

  List<NewDocument> documents() {
    return documents;
  }

  /** The last night's; null if nothing was held. */
  Held held() {
    return held;
  }

  /**
   * One run.
   *
   * @param confirmed whether somebody confirms what was missed
   * @param issued whether instalments are issued; if not, they stay drafts
   */
  void night(LocalDate day, boolean confirmed, boolean issued) {
    run(day, CatchUp.none());
    if (held != null && held.periods() != null && confirmed) {
      run(day, new CatchUp(Map.of(TermsText.ID, held.periods())));
    }
    if (issued) {
      instalments.replaceAll((id, one) -> issued(one));
    }
  }

  private void run(LocalDate day, CatchUp catchUp) {
    ContractInvoices billed =
        ContractInvoices.of(
            contract,
            new BillingInputs(
                COMPANY,
                day,
                catchUp,
                Map.of(TermsText.ID, read(day)),
                Map.of(TermsText.ID, open()),
                any -> BillingWords.of("en", "GB")));
    for (ContractInvoices.Prepared prepared : billed.documents()) {
      NewDocument made = prepared.document();
      documents.add(made);
      made.billing().settles().forEach(one -> settled.add(one.instalment().value()));
      if (made.type() == DocumentType.INSTALMENT) {
        long id = documents.size();
        BigDecimal due = new Recomputed(made).total();
        instalments.put(
            id, new OpenInstalment(new DocumentId(id), null, null, made.period(), due, null));
      }
    }
    contract = contract.billedThrough(billed.billedThrough(), billed.instalmentsThrough());
    held = billed.held();
  }

  private List<OpenInstalment> open() {
    return instalments.values().stream()
        .filter(one -> !settled.contains(one.id().value()))
        .toList();
  }

  /** Instalments that no settlement has deducted. */
  List<BillingPeriod> notSettled() {
    return open().stream().map(OpenInstalment::period).toList();
  }

  private static OpenInstalment issued(OpenInstalment one) {
    return new OpenInstalment(
        one.id(), "AC-" + one.id().value(), one.period().from(), one.period(), one.amount(), null);
  }

  /** All meters are read for each period that is due. */
  private List<WaitingQuantity> read(LocalDate day) {
    List<WaitingQuantity> read = new ArrayList<>();
    for (DuePeriod due : contract.calendar().due(day)) {
      for (ContractLine line : contract.lines()) {
        if (line.terms().kind() == LineKind.METERED) {
          read.add(
              new WaitingQuantity(
                  read.size() + 1L,
                  line.terms().meter(),
                  due.period(),
                  reading(due.period()),
                  null));
        }
      }
    }
    return read;
  }

  static BigDecimal reading(BillingPeriod period) {
    return BigDecimal.valueOf(period.from().toEpochDay() * 7919, 4);
  }
}
