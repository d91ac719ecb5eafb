package io.facteur.dispatch;

import io.facteur.dispatch.PlanProblem.Kind;
import io.facteur.party.EmailAddress;
import io.facteur.party.TradeParty;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds what people should look at in a plan before anything of it is sent (DISP-6). Pure. */
public final class PlanProblems {

  /** What must not get one document twice through the same channel. */
  private record Envelope(String channel, Object destination) {}

  private PlanProblems() {}

  /** Those of the deliveries in their order, then those of the document as a whole. */
  public static List<PlanProblem> of(DispatchPlan plan, MailboxFacts facts) {
    List<PlanProblem> problems = new ArrayList<>();
    Map<String, PlannedDelivery> byMailbox = new HashMap<>();
    Map<Envelope, PlannedDelivery> byEnvelope = new HashMap<>();
    for (DispatchPlan.Way way : plan.ways()) {
      PlannedDelivery delivery = way.delivery();
      if (delivery.isSkipped()) {
        SkipReason reason = delivery.skipped();
        problems.add(PlanProblem.of(delivery, reason.kind(), null, reason.text()));
      } else if (way.need() == Need.EMAIL_ADDRESS) {
        if (delivery.recipient().remark() != null) {
          problems.add(
              PlanProblem.of(delivery, Kind.SUSPENDED, null, delivery.recipient().remark()));
        }
        for (EmailAddress address : delivery.recipient().mailboxes()) {
          mailbox(problems, plan, delivery, address, byMailbox, facts);
        }
      } else {
        envelope(problems, way, byEnvelope);
      }
    }
    boolean reached =
        plan.ways().stream()
            .map(DispatchPlan.Way::delivery)
            .anyMatch(delivery -> delivery.reaches() && !delivery.isSkipped());
    if (!reached) {
      problems.add(
          new PlanProblem(
              Kind.NOBODY_REACHED,
              null,
              null,
              null,
              null,
              "nobody would get the document: nothing reaches a role"));
    }
    return problems;
  }

  private static void mailbox(
      List<PlanProblem> problems,
      DispatchPlan plan,
      PlannedDelivery delivery,
      EmailAddress address,
      Map<String, PlannedDelivery> byMailbox,
      MailboxFacts facts) {
    PlannedDelivery before = byMailbox.putIfAbsent(address.key(), delivery);
    if (before != null) {
      problems.add(
          PlanProblem.of(
              delivery,
              Kind.DUPLICATE_RECIPIENT,
              address,
              "%s sends the same document to the same mailbox".formatted(before.origin())));
      return;
    }
    if (!facts.isUsed(plan.company(), address)) {
      problems.add(
          PlanProblem.of(
              delivery,
              Kind.FIRST_USED_ADDRESS,
              address,
              "the company has never mailed to this mailbox before"));
    }
    int customers = facts.customers(plan.company(), address);
    if (customers > 0) {
      problems.add(
          PlanProblem.of(
              delivery,
              Kind.MANY_CUSTOMERS_ON_ONE_ADDRESS,
              address,
              "%,d customers of the company have this mailbox".formatted(customers)));
    }
  }

  private static void envelope(
      List<PlanProblem> problems, DispatchPlan.Way way, Map<Envelope, PlannedDelivery> byEnvelope) {
    PlannedDelivery delivery = way.delivery();
    String channel = delivery.route().channel();
    Recipient recipient = delivery.recipient();
    if (way.need() == Need.NETWORK_ENDPOINT) {
      report(
          problems,
          delivery,
          byEnvelope.putIfAbsent(new Envelope(channel, recipient.endpoint()), delivery),
          "to the same address in the network");
    } else if (way.need() == Need.POSTAL_ADDRESS) {
      TradeParty to = recipient.postal();
      report(
          problems,
          delivery,
          byEnvelope.putIfAbsent(
              new Envelope(
                  channel, Stream.of(to.name(), to.additionalName(), to.address()).toList()),
              delivery),
          "to the same postal address");
    }
  }

  private static void report(
      List<PlanProblem> problems, PlannedDelivery delivery, PlannedDelivery before, String where) {
    if (before != null) {
      problems.add(
          PlanProblem.of(
              delivery,
              Kind.DUPLICATE_RECIPIENT,
              null,
              "%s sends the same document %s".formatted(before.origin(), where)));
    }
  }
}
