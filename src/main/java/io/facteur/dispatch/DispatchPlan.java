package io.facteur.dispatch;

import io.facteur.addressing.ResolvedMailboxes;
import io.facteur.contract.ContractId;
import io.facteur.contract.Domain;
import io.facteur.document.DocumentId;
import io.facteur.party.CompanyId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who would get a document, through what, and why (DISP-6). Nothing is sent by asking.
 *
 * @param document null if it does not exist yet
 * @param contract null if it belongs to none
 */
public record DispatchPlan(
    DocumentId document, CompanyId company, ContractId contract, Domain domain, List<Way> ways) {

  /**
   * One delivery that is planned, or that cannot be carried out.
   *
   * @param need what its channel needs; null if no route file declares that channel
   * @param format in which it would leave; null: as its channel chooses
   * @param candidates the addresses that were looked at, highest rule first (ADDR-9); empty where
   *     no rule has to choose among addresses
   */
  public record Way(
      PlannedDelivery delivery,
      Need need,
      String format,
      List<ResolvedMailboxes.Candidate> candidates) {

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
  public record ChannelCount(String channel, long planned, long skipped) {

    /** Together with others through the same channel. */
    public ChannelCount plus(ChannelCount others) {
      return new ChannelCount(channel, planned + others.planned, skipped + others.skipped);
    }
  }

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
          channel, new ChannelCount(channel, skipped ? 0 : 1, skipped ? 1 : 0), ChannelCount::plus);
    }
    return List.copyOf(counts.values());
  }
}
