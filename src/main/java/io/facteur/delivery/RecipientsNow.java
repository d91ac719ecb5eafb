package io.facteur.delivery;

import io.facteur.contract.DocumentFormats;
import io.facteur.contract.IndividualAddresses;
import io.facteur.contract.Role;
import io.facteur.dispatch.Addressee;
import io.facteur.dispatch.Individual;
import io.facteur.dispatch.PlanRequest;
import io.facteur.dispatch.PlanRequests;
import io.facteur.dispatch.Recipient;
import io.facteur.dispatch.RecipientRules;
import io.facteur.dispatch.Resolution;
import io.facteur.party.EmailAddress;
import io.facteur.party.Mailboxes;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Resolves, when sending begins, who a transmission goes to at this moment (ADDR-9). */
@Component
class RecipientsNow {

  private final PlanRequests requests;
  private final IndividualAddresses individuals;
  private final RecipientRules rules;
  private final DocumentFormats formats;

  RecipientsNow(
      PlanRequests requests,
      IndividualAddresses individuals,
      RecipientRules rules,
      DocumentFormats formats) {
    this.requests = requests;
    this.individuals = individuals;
    this.rules = rules;
    this.formats = formats;
  }

  Resolution resolve(Boarded boarded) {
    return resolve(boarded, requests(List.of(boarded)).get(0));
  }

  /** What decides the recipients of transmissions with one document each. */
  List<PlanRequest> requests(List<Boarded> some) {
    return requests.load(
        some.stream().map(one -> one.items().get(0).document()).collect(Collectors.toSet()),
        some.stream().flatMap(RecipientsNow::given).toList());
  }

  Resolution resolve(Boarded boarded, PlanRequest request) {
    Role role =
        boarded.route().role() == Role.INDIVIDUAL ? Role.CONTRACTING_PARTY : boarded.route().role();
    Addressee addressee = request.addressee(role).orElse(null);
    return rules.resolve(
        boarded.route(),
        boarded.given() == null || addressee == null ? addressee : addressee.at(boarded.given()),
        individual(request, boarded));
  }

  /**
   * The format in which an item leaves for that recipient: its definition's, else its route's.
   *
   * @param byRoute empty: none
   */
  String format(Shipment.Item item, String byRoute, Recipient recipient) {
    return formats.chosen(DocumentFormats.wish(item.format(), byRoute), recipient.postal());
  }

  /** What the delivery itself has kept, whatever definitions and documents say by now. */
  private static Stream<EmailAddress> given(Boarded boarded) {
    return Stream.concat(
        Stream.ofNullable(boarded.individual()),
        Stream.ofNullable(boarded.given()).flatMap(Mailboxes::all));
  }

  /** Its definition may have been removed since it was planned; DISP-2 holds none the less. */
  private Individual individual(PlanRequest request, Boarded boarded) {
    EmailAddress address = boarded.individual();
    if (address == null) {
      return null;
    }
    boolean offered =
        request.contract() != null
            && individuals.of(request.contract()).stream()
                .anyMatch(one -> one.address().sameMailboxAs(address));
    return new Individual(address, offered);
  }
}
