package io.facteur.contract;

import io.facteur.party.CompanyId;
import io.facteur.party.ContactId;
import java.time.LocalDate;
import java.util.List;

/**
 * What is billed to whom, how often, and to whom its documents go.
 *
 * @param id null until it is saved
 * @param version rises with each change, and when a period is billed
 * @param contractingParty role CONTRACTING_PARTY
 * @param deliveryAddress role DELIVERY_ADDRESS; null if it is the contracting party's
 * @param end last day, included; null if open
 * @param language of its documents; null: the contracting party's
 * @param paymentDays null: the company's
 * @param buyerReference BT-10; null: the contracting party's
 * @param orderReference BT-13; null if none
 * @param printQueue null: the company's choice when issuing
 * @param schedule null if it is not billed by a schedule
 * @param lines in the order of their positions
 * @param terms what of its billing goes beyond schedule and lines
 */
public record Contract(
    ContractId id,
    int version,
    CompanyId company,
    String number,
    ContactId contractingParty,
    ContactId deliveryAddress,
    LocalDate start,
    LocalDate end,
    String language,
    Integer paymentDays,
    String buyerReference,
    String orderReference,
    String printQueue,
    BillingSchedule schedule,
    List<ContractLine> lines,
    BillingTerms terms) {

  public Contract {
    lines = List.copyOf(lines);
  }

  /** Periods of its schedule. Only where it has one. */
  public PeriodCalendar calendar() {
    return new PeriodCalendar(start, end, schedule);
  }

  /** Periods of its instalments, which are billed in advance. Only where it has a plan for them. */
  public PeriodCalendar instalmentCalendar() {
    return new PeriodCalendar(
        start,
        end,
        new BillingSchedule(
            terms.instalments().intervalMonths(),
            BillingSchedule.Timing.ADVANCE,
            schedule.anchorDay(),
            terms.instalments().billedThrough(),
            schedule.releasePolicy()));
  }

  /** Before this day nothing of it falls due; null if nothing ever will. */
  public LocalDate nextDue() {
    if (schedule == null) {
      return null;
    }
    LocalDate due = calendar().nextDue();
    LocalDate instalment = terms.instalments() == null ? null : instalmentCalendar().nextDue();
    return due == null || (instalment != null && instalment.isBefore(due)) ? instalment : due;
  }

  /**
   * The same contract, billed until these days.
   *
   * @param schedule null: as it is
   * @param instalments null: as it is
   */
  public Contract billedThrough(LocalDate schedule, LocalDate instalments) {
    BillingSchedule billed =
        schedule == null
            ? this.schedule
            : new BillingSchedule(
                this.schedule.intervalMonths(),
                this.schedule.timing(),
                this.schedule.anchorDay(),
                schedule,
                this.schedule.releasePolicy());
    BillingTerms billedTerms =
        instalments == null
            ? terms
            : new BillingTerms(
                terms.currency(),
                terms.allowances(),
                terms.minimum(),
                terms.pauses(),
                new InstalmentPlan(terms.instalments().intervalMonths(), instalments));
    return new Contract(
        id,
        version,
        company,
        number,
        contractingParty,
        deliveryAddress,
        start,
        end,
        language,
        paymentDays,
        buyerReference,
        orderReference,
        printQueue,
        billed,
        lines,
        billedTerms);
  }
}
