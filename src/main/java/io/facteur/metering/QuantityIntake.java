package io.facteur.metering;

import io.facteur.contract.BillingPeriod;
import io.facteur.contract.Contract;
import io.facteur.contract.ContractId;
import io.facteur.contract.Contracts;
import io.facteur.party.AuditLog;
import io.facteur.party.CurrentActor;
import io.facteur.party.Refusal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes quantities of meters in (BILL-1): each by itself, those that break a rule with the reason.
 * The contracts are locked as billing locks them, so that no quantity slips in while its period is
 * billed. The number of statements does not depend on the number of quantities.
 */
@Service
public class QuantityIntake {

  private final Contracts contracts;
  private final QuantityRows rows;
  private final CurrentActor actor;
  private final AuditLog audit;

  QuantityIntake(Contracts contracts, QuantityRows rows, CurrentActor actor, AuditLog audit) {
    this.contracts = contracts;
    this.rows = rows;
    this.actor = actor;
    this.audit = audit;
  }

  private record Written(
      String meter, LocalDate from, LocalDate to, String quantity, QuantityOutcome outcome) {

    private static Written of(QuantityResult result) {
      NewQuantity quantity = result.quantity();
      return new Written(
          quantity.meter(),
          quantity.from(),
          quantity.to(),
          quantity.quantity().toPlainString(),
          result.outcome());
    }
  }

  /**
   * Takes quantities of one contract, and notes in the history what of them was written.
   *
   * @param quantities each of that contract
   * @return a result for each, in their order
   * @throws Refusal if there is no such contract
   */
  @Transactional(isolation = Isolation.READ_COMMITTED)
  public List<QuantityResult> takeOf(String contract, List<NewQuantity> quantities) {
    if (rows.contracts(List.of(contract), actor.limitedTo()).isEmpty()) {
      throw Refusal.notFound("contract", contract);
    }
    List<QuantityResult> results = take(quantities);
    List<Written> written =
        results.stream().filter(QuantityResult::isWritten).map(Written::of).toList();
    if (!written.isEmpty()) {
      audit.record("quantity.take", "contract:" + contract, null, Map.of("quantities", written));
    }
    return results;
  }

  /**
   * Takes quantities of any contracts.
   *
   * @return a result for each, in their order
   */
  @Transactional(isolation = Isolation.READ_COMMITTED)
  public List<QuantityResult> take(List<NewQuantity> quantities) {
    List<NewQuantity> readable = readable(quantities);
    List<ContractId> ids = rows.contracts(numbers(readable), actor.limitedTo());
    Map<String, QuantityBook> books =
        books(readable, ids.isEmpty() ? List.of() : contracts.lock(ids, true));
    List<QuantityResult> results = results(quantities, books);
    Collection<QuantityBook> all = books.values();
    rows.replace(all.stream().flatMap(book -> book.replaced().stream()).toList());
    rows.insert(all.stream().flatMap(book -> book.added().stream()).toList(), actor.name());
    return results;
  }

  /** What {@link #take} would answer; writes and locks nothing. */
  public List<QuantityResult> preview(List<NewQuantity> quantities) {
    return results(quantities, books(readable(quantities)));
  }

  /** For each quantity, which days before it are missing by now. */
  List<List<BillingPeriod>> missingBefore(List<NewQuantity> quantities) {
    Map<String, QuantityBook> books = books(quantities);
    return quantities.stream()
        .map(
            quantity ->
                books.containsKey(quantity.contract())
                    ? books.get(quantity.contract()).missingBefore(quantity)
                    : List.<BillingPeriod>of())
        .toList();
  }

  private static List<NewQuantity> readable(List<NewQuantity> quantities) {
    return quantities.stream()
        .filter(quantity -> QuantityRules.ofFields(quantity).isEmpty())
        .toList();
  }

  private static Set<String> numbers(List<NewQuantity> quantities) {
    Set<String> numbers = new HashSet<>();
    quantities.forEach(quantity -> numbers.add(quantity.contract()));
    return numbers;
  }

  private Map<String, QuantityBook> books(List<NewQuantity> quantities) {
    return books(
        quantities,
        contracts.byNumbers(numbers(quantities)).stream()
            .filter(contract -> actor.sees(contract.company()))
            .toList());
  }

  private Map<String, QuantityBook> books(List<NewQuantity> quantities, List<Contract> found) {
    if (quantities.isEmpty()) {
      return new HashMap<>();
    }
    LocalDate from =
        quantities.stream().map(NewQuantity::from).min(LocalDate::compareTo).orElseThrow();
    LocalDate to = quantities.stream().map(NewQuantity::to).max(LocalDate::compareTo).orElseThrow();
    return rows.books(found, new BillingPeriod(from, to));
  }

  private static List<QuantityResult> results(
      List<NewQuantity> quantities, Map<String, QuantityBook> books) {
    List<QuantityResult> results = new ArrayList<>();
    for (NewQuantity quantity : quantities) {
      List<Refusal.Problem> problems = QuantityRules.ofFields(quantity);
      QuantityBook book = books.get(quantity.contract());
      if (!problems.isEmpty()) {
        results.add(QuantityResult.refused(quantity, problems));
      } else if (book == null) {
        results.add(QuantityResult.refused(quantity, List.of(unknown(quantity.contract()))));
      } else {
        results.add(book.take(quantity));
      }
    }
    // Only now: those that come later may fill a hole.
    results.replaceAll(
        result ->
            result.outcome() == QuantityOutcome.TAKEN
                ? result.missing(
                    books.get(result.quantity().contract()).missingBefore(result.quantity()))
                : result);
    return results;
  }

  private static Refusal.Problem unknown(String contract) {
    return new Refusal.Problem(
        "contract",
        "there is no contract '" + contract + "': correct the number, or add the contract first");
  }
}
