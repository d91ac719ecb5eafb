package io.facteur.dispatch;

import io.facteur.dispatch.PlanDifference.Kind;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.BiPredicate;

/**
 * Compares a plan with the way in which the contract's last document went out (DISP-6). Pure. What
 * neither went nor would go is no difference.
 */
public final class PlanDifferences {

  private final List<PlannedDelivery> planned;
  private final List<LastDispatch.Delivery> last;
  private final List<PlanDifference> found = new ArrayList<>();

  private PlanDifferences(List<PlannedDelivery> planned, List<LastDispatch.Delivery> last) {
    this.planned = new ArrayList<>(planned);
    this.last = new ArrayList<>(last);
  }

  /**
   * What goes otherwise than the last time first, then what is new, then what is gone.
   *
   * @param last null if there is no document before
   */
  public static List<PlanDifference> of(DispatchPlan plan, LastDispatch last) {
    if (last == null) {
      return List.of(
          new PlanDifference(Kind.FIRST_DOCUMENT, null, null, null, null, null, null, null));
    }
    List<PlannedDelivery> deliveries =
        plan.ways().stream().map(DispatchPlan.Way::delivery).toList();
    return new PlanDifferences(deliveries, last.deliveries()).compare();
  }

  private List<PlanDifference> compare() {
    // A definition that was edited is the same one, whomever it names now.
    pair((now, then) -> now.origin().equals(then.origin()) && isSameWay(now, then));
    pair((now, then) -> isSameWay(now, then) && isSameIndividual(now, then));
    planned.stream()
        .filter(now -> !now.isSkipped())
        .forEach(now -> add(Kind.NEW_DELIVERY, now, null));
    last.stream()
        .filter(then -> !then.skipped())
        .forEach(
            then ->
                found.add(
                    new PlanDifference(
                        Kind.GONE_DELIVERY,
                        then.origin(),
                        then.channel(),
                        then.role(),
                        then.individual(),
                        then.destination(),
                        null,
                        null)));
    return found;
  }

  private void pair(BiPredicate<PlannedDelivery, LastDispatch.Delivery> same) {
    Iterator<PlannedDelivery> each = planned.iterator();
    while (each.hasNext()) {
      PlannedDelivery now = each.next();
      LastDispatch.Delivery then =
          last.stream().filter(one -> same.test(now, one)).findFirst().orElse(null);
      if (then != null) {
        each.remove();
        last.remove(then);
        difference(now, then);
      }
    }
  }

  private static boolean isSameWay(PlannedDelivery now, LastDispatch.Delivery then) {
    return now.route().channel().equals(then.channel())
        && now.role() == then.role()
        && now.copy() == then.copy();
  }

  private static boolean isSameIndividual(PlannedDelivery now, LastDispatch.Delivery then) {
    return Objects.equals(individual(now), then.individual());
  }

  private void difference(PlannedDelivery now, LastDispatch.Delivery then) {
    if (now.isSkipped() && !then.skipped()) {
      add(Kind.NOW_SKIPPED, now, then.destination());
    } else if (!now.isSkipped() && then.skipped()) {
      add(Kind.NO_LONGER_SKIPPED, now, null);
    } else if (!now.isSkipped()
        && then.destination() != null
        && !then.destination().isSameAs(Destination.of(now.recipient()))) {
      add(Kind.OTHER_RECIPIENT, now, then.destination());
    }
  }

  private void add(Kind kind, PlannedDelivery now, Destination before) {
    found.add(
        new PlanDifference(
            kind,
            now.origin(),
            now.route().channel(),
            now.role(),
            individual(now),
            before,
            now.isSkipped() ? null : Destination.of(now.recipient()),
            now.skipReason()));
  }

  private static String individual(PlannedDelivery delivery) {
    return delivery.individual() == null ? null : delivery.individual().value();
  }
}
