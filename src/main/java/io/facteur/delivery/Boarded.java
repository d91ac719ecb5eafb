package io.facteur.delivery;

import io.facteur.dispatch.RouteKey;
import io.facteur.document.RunId;
import io.facteur.party.EmailAddress;
import io.facteur.party.Mailboxes;
import java.util.List;

/**
 * What a claimed transmission carries.
 *
 * @param run that made the documents; null if none
 * @param individual null unless its role is INDIVIDUAL
 * @param given addresses of a sending by hand that are kept nowhere else; null: by the rules
 * @param attempt how often it was begun
 * @param fileName announced by an earlier attempt; null if none
 */
record Boarded(
    TransmissionId id,
    RouteKey route,
    RunId run,
    EmailAddress individual,
    Mailboxes given,
    int attempt,
    String fileName,
    String printQueue,
    List<Shipment.Item> items) {

  Boarded {
    items = List.copyOf(items);
  }

  /** The same, begun once more. */
  Boarded begun() {
    return new Boarded(id, route, run, individual, given, attempt + 1, fileName, printQueue, items);
  }
}
