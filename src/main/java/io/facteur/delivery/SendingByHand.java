package io.facteur.delivery;

import io.facteur.addressing.AddressEffects;
import io.facteur.addressing.AddressKind;
import io.facteur.addressing.DocumentAddressing;
import io.facteur.addressing.DocumentAddressing.Given;
import io.facteur.addressing.Reach;
import io.facteur.contract.Role;
import io.facteur.dispatch.DispatchPlanner;
import io.facteur.dispatch.PlanRequest;
import io.facteur.dispatch.PlanRequests;
import io.facteur.dispatch.PlannedDelivery;
import io.facteur.document.DocumentHead;
import io.facteur.document.DocumentState;
import io.facteur.party.Mailboxes;
import io.facteur.party.Refusal;
import java.util.List;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/**
 * Sends an issued document once more because a person wants it (DISP-8): to whom the rules name, or
 * to addresses that the person gives, which are then kept as ADDR-6 says.
 */
@Component
public class SendingByHand {

  private final DocumentAddressing addressing;
  private final PlanRequests requests;
  private final DispatchPlanner planner;
  private final PlannedRows planned;
  private final LedgerJson json;
  private final LedgerTransaction transaction;

  SendingByHand(
      DocumentAddressing addressing,
      PlanRequests requests,
      DispatchPlanner planner,
      PlannedRows planned,
      LedgerJson json,
      LedgerTransaction transaction) {
    this.addressing = addressing;
    this.requests = requests;
    this.planner = planner;
    this.planned = planned;
    this.json = json;
    this.transaction = transaction;
  }

  /**
   * What is to be sent.
   *
   * @param role whose recipient it goes to; not INDIVIDUAL
   * @param given to these addresses; null: as the rules say
   * @param chosen how far the given addresses are kept; null: by default
   * @param key makes it unique: the same document is sent once for each key
   */
  public record Order(
      DocumentHead document,
      String channel,
      Role role,
      Mailboxes given,
      Reach chosen,
      String key) {}

  /**
   * A delivery that waits to be sent.
   *
   * @param address what became of the given addresses; null if none were given, or the rules lead
   *     there anyway
   */
  public record Sent(DeliveryId delivery, AddressEffects address) {}

  /**
   * Plans one delivery, and keeps the addresses, or does neither.
   *
   * @throws Refusal if it cannot be sent that way, or an address cannot be kept so
   */
  public Sent send(Order order, String actor) {
    if (order.document().state() != DocumentState.ISSUED) {
      throw Refusal.conflict("document", "is a draft: issue it first");
    }
    return transaction.with(
        tx -> {
          AddressEffects kept = order.given() == null ? null : keep(order);
          boolean alone = kept != null && kept.reach() == Reach.NOTHING;
          PlannedDelivery delivery = plan(order, alone ? order.given() : null);
          try {
            String given = alone ? json.write(order.given()) : null;
            return new Sent(
                planned.insertManual(order.document().id(), delivery, given, actor), kept);
          } catch (DuplicateKeyException e) {
            throw Refusal.conflict(
                "Idempotency-Key", "this document was sent by hand with that key already");
          }
        });
  }

  private AddressEffects keep(Order order) {
    return addressing.whileSending(
        order.document().id(),
        new Given(
            order.role(),
            AddressKind.of(order.document().type().addressUse()),
            order.given(),
            order.chosen(),
            "saveAddress"));
  }

  private PlannedDelivery plan(Order order, Mailboxes alone) {
    PlanRequest request =
        requests
            .load(List.of(order.document().id()), alone == null ? List.of() : alone.all().toList())
            .get(0);
    PlannedDelivery delivery =
        planner.byHand(
            alone == null ? request : request.at(order.role(), alone),
            order.role(),
            order.channel(),
            "manual:" + order.key());
    if (delivery.isSkipped()) {
      throw Refusal.conflict("channel", "cannot be sent so: " + delivery.skipReason());
    }
    if (order.given() != null && !delivery.recipient().isByMail()) {
      throw Refusal.invalid("to", order.channel() + " does not go by e-mail: leave addresses out");
    }
    return delivery;
  }
}
