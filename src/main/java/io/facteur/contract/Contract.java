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
    List<ContractLine> lines) {

  public Contract {
    lines = List.copyOf(lines);
  }
}
