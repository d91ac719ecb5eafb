package io.facteur.delivery;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.facteur.dispatch.PlanRequest;
import io.facteur.document.DocumentId;
import io.facteur.party.EmailAddress;
import io.facteur.party.Mailboxes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Reads for a whole chunk at once what the beginning of each of its transmissions needs: a dozen
 * statements instead of a dozen for each. What has changed when one begins is read anew then.
 */
@Component
class LookAhead {

  private static final Logger log = LoggerFactory.getLogger(LookAhead.class);

  private final BoardedRows rows;
  private final RecipientsNow recipients;

  LookAhead(BoardedRows rows, RecipientsNow recipients) {
    this.rows = rows;
    this.recipients = recipients;
  }

  Outlook over(List<Ticket> chunk) {
    try {
      return chunk.isEmpty() ? Outlook.NONE : new Outlook(foreseen(chunk));
    } catch (RuntimeException e) {
      // Each of them is read again when it begins, and fails there for itself.
      log.info("nothing is foreseen of {} transmissions: {}", chunk.size(), e.toString());
      return Outlook.NONE;
    }
  }

  private Map<TransmissionId, Foreseen> foreseen(List<Ticket> chunk) {
    List<TransmissionId> ids =
        chunk.stream().map(ticket -> ticket.claim().transmission()).distinct().toList();
    // First, so that what changes while the rest is read does not go unnoticed.
    Map<TransmissionId, String> stamps = rows.stamps(ids);
    List<Boarded> simple = rows.all(ids).stream().filter(LookAhead::isSimple).toList();
    Map<DocumentId, PlanRequest> requests =
        recipients.requests(simple).stream()
            .collect(toMap(PlanRequest::document, request -> request));
    Map<TransmissionId, Foreseen> all = new HashMap<>();
    for (Boarded one : simple) {
      PlanRequest request = requests.get(one.items().get(0).document());
      Set<EmailAddress> addresses = addresses(one, request);
      if (request.addressees().values().stream()
          .noneMatch(addressee -> addressee.suspended().anyOf(addresses))) {
        all.put(one.id(), new Foreseen(one, request, addresses, stamps.get(one.id())));
      }
    }
    return all;
  }

  /** Who individual addresses belong to depends on many contacts: they are looked at singly. */
  private static boolean isSimple(Boarded one) {
    return one.items().size() == 1 && one.individual() == null;
  }

  private static Set<EmailAddress> addresses(Boarded one, PlanRequest request) {
    return Stream.concat(
            request.addressees().values().stream()
                .flatMap(addressee -> addressee.mailboxes().mailboxes().all()),
            Stream.ofNullable(one.given()).flatMap(Mailboxes::all))
        .collect(toSet());
  }
}
