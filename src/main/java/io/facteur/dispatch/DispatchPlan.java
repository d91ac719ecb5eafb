package io.facteur.dispatch;

import io.facteur.addressing.ResolvedMailboxes;
import io.facteur.contract.Role;
import io.facteur.document.DocumentId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who would get a document, through what, and why (DISP-6). Nothing is sent by asking. */
public record DispatchPlan(DocumentId document, List<Way> ways) {

  /**
   * One delivery that is planned, or that cannot be carried out.
   *
   * @param need what its channel needs; null if no route file declares that channel
   * @param candidates the addresses that were looked at, highest rule first (ADDR-9); empty where
   *     no rule has to choose among addresses
   */
  public record Way(
      PlannedDelivery delivery, Need need, List<ResolvedMailboxes.Candidate> candidates) {

    public Way {
      candidates = List.copyOf(candidates);
    }
  }

  /**
   * Deliveries through one channel.
   *
   * @param planned those that would go
   * @param skipped those that cannot
   */
  public record ChannelCount(String channel, long planned, long skipped) {}

  /**
   * Something that people should look at before they send.
   *
   * @param origin of the delivery; null if it concerns the document as a whole, as are channel and
   *     role then
   */
  public record Problem(String origin, String channel, Role role, String reason) {}

  public DispatchPlan {
    ways = List.copyOf(ways);
  }

  /** One for each channel, in the order in which they are first used. */
  public List<ChannelCount> counts() {
    Map<String, ChannelCount> counts = new LinkedHashMap<>();
    for (Way way : ways) {
      String channel = way.delivery().route().channel();
      boolean skipped = way.delivery().isSkipped();
      counts.merge(
          channel,
          new ChannelCount(channel, skipped ? 0 : 1, skipped ? 1 : 0),
          (a, b) ->
              new ChannelCount(channel, a.planned() + b.planned(), a.skipped() + b.skipped()));
    }
    return List.copyOf(counts.values());
  }

  /**
   * What cannot be carried out, or not to all, and whether that leaves the document without any
   * reader.
   */
  public List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    for (Way way : ways) {
      PlannedDelivery delivery = way.delivery();
      String reason = delivery.isSkipped() ? delivery.skipReason() : delivery.recipient().remark();
      if (reason != null) {
        problems.add(
            new Problem(delivery.origin(), delivery.route().channel(), delivery.role(), reason));
      }
    }
    boolean reached = ways.stream().map(Way::delivery).anyMatch(d -> d.reaches() && !d.isSkipped());
    if (!reached) {
      problems.add(
          new Problem(null, null, null, "nobody would get the document: nothing reaches a role"));
    }
    return problems;
  }
}
