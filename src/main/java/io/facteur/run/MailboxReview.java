package io.facteur.run;

import io.facteur.delivery.UsedMailboxes;
import io.facteur.dispatch.DispatchPlan;
import io.facteur.dispatch.DispatchSettings;
import io.facteur.dispatch.MailboxFacts;
import io.facteur.dispatch.Need;
import io.facteur.party.CompanyMailbox;
import io.facteur.party.SharedMailboxes;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Finds what is known of the mailboxes that plans would send to. */
@Component
class MailboxReview {

  private final UsedMailboxes used;
  private final SharedMailboxes shared;
  private final DispatchSettings settings;

  MailboxReview(UsedMailboxes used, SharedMailboxes shared, DispatchSettings settings) {
    this.used = used;
    this.shared = shared;
    this.settings = settings;
  }

  /**
   * Mailboxes that were found to be shared lately. One that most customers have is counted once for
   * a preview, not once for each chunk of it.
   */
  static final class Remembered extends LinkedHashMap<CompanyMailbox, Integer> {

    private static final long serialVersionUID = 1L;
    private static final int MOST = 1_000;

    Remembered() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<CompanyMailbox, Integer> eldest) {
      return size() > MOST;
    }
  }

  /** In at most two queries, whatever the number of plans. */
  MailboxFacts facts(Collection<DispatchPlan> plans, Remembered remembered) {
    Set<CompanyMailbox> mailboxes =
        plans.stream().flatMap(MailboxReview::mailboxes).collect(Collectors.toSet());
    Map<CompanyMailbox, Integer> customers = new HashMap<>();
    for (CompanyMailbox mailbox : mailboxes) {
      Integer known = remembered.get(mailbox);
      if (known != null) {
        customers.put(mailbox, known);
      }
    }
    Map<CompanyMailbox, Integer> counted =
        shared.among(
            mailboxes.stream().filter(mailbox -> !customers.containsKey(mailbox)).toList(),
            settings.sharedAddressFrom());
    remembered.putAll(counted);
    customers.putAll(counted);
    return new MailboxFacts(used.among(mailboxes), customers);
  }

  private static Stream<CompanyMailbox> mailboxes(DispatchPlan plan) {
    return plan.ways().stream()
        .filter(way -> way.need() == Need.EMAIL_ADDRESS && !way.delivery().isSkipped())
        .flatMap(way -> way.delivery().recipient().mailboxes().stream())
        .map(address -> CompanyMailbox.of(plan.company(), address));
  }
}
