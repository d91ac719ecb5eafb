package io.facteur.dispatch;

import io.facteur.addressing.ResolvedMailboxes;
import io.facteur.contract.ContractId;
import io.facteur.contract.DefinitionId;
import io.facteur.contract.DispatchDefinition;
import io.facteur.contract.Domain;
import io.facteur.contract.Role;
import io.facteur.document.DocumentId;
import io.facteur.party.CompanyId;
import io.facteur.party.EmailAddress;
import io.facteur.party.Mailboxes;
import io.facteur.party.PostalAddress;
import io.facteur.party.Suspended;
import io.facteur.party.TradeParty;
import io.facteur.testing.AllRoutes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Plans as the tables of tests write them. Parties: {@code P} the contracting party, {@code D} the
 * delivery address, each with {@code @} an e-mail address ({@code p@client.example}, {@code
 * d@client.example}), {@code #} a postal address, {@code &} a network endpoint, {@code !} paperless
 * refused; {@code =} all of them those of P; {@code ~} what definitions name as individual is no
 * private place. Definitions: channel, role, for an INDIVIDUAL its address if it is not {@code
 * me@home.example}, {@code copy}.
 */
final class PlanText {

  static final CompanyId COMPANY = new CompanyId(1);

  private PlanText() {}

  static PlanRequest request(String parties, String definitions, String fallback) {
    Map<Role, Addressee> addressees = new EnumMap<>(Role.class);
    for (String party : parties.split(" ")) {
      addressees.put(
          party.startsWith("P") ? Role.CONTRACTING_PARTY : Role.DELIVERY_ADDRESS, addressee(party));
    }
    List<DispatchDefinition> defined = new ArrayList<>();
    if (!definitions.equals("-")) {
      for (String definition : definitions.split(";")) {
        defined.add(definition(defined.size() + 1, definition.strip()));
      }
    }
    return new PlanRequest(
        new DocumentId(1),
        COMPANY,
        new ContractId(1),
        Domain.INVOICE,
        defined,
        parties.contains("~")
            ? List.of()
            : defined.stream()
                .map(DispatchDefinition::individualAddress)
                .filter(address -> address != null)
                .toList(),
        List.of("EMAIL", "POST"),
        fallback,
        addressees);
  }

  static List<PlannedDelivery> planned(AllRoutes routes, PlanRequest request) {
    return new DispatchPlanner(new RecipientRules(routes), routes).plan(request);
  }

  static DispatchPlan plan(AllRoutes routes, String parties, String definitions) {
    PlanRequest request = request(parties, definitions, "POST");
    return new DispatchPlan(
        request.document(),
        request.company(),
        request.contract(),
        request.domain(),
        planned(routes, request).stream()
            .map(
                delivery ->
                    new DispatchPlan.Way(
                        delivery,
                        routes.channel(delivery.route().channel()).map(Channel::needs).orElse(null),
                        delivery.format(),
                        List.of()))
            .toList());
  }

  /** Entries between semicolons. */
  static List<String> entries(String text) {
    return Arrays.stream(text.split(";"))
        .map(String::strip)
        .filter(entry -> !entry.isEmpty() && !entry.equals("-"))
        .toList();
  }

  private static DispatchDefinition definition(long id, String text) {
    List<String> words = List.of(text.split(" "));
    Role role = Role.valueOf(words.get(1));
    String address =
        words.stream().filter(word -> word.contains("@")).findFirst().orElse("me@home.example");
    return new DispatchDefinition(
        new DefinitionId(id),
        0,
        new ContractId(1),
        Domain.INVOICE,
        words.get(0),
        role,
        role == Role.INDIVIDUAL ? new EmailAddress(address) : null,
        null,
        null,
        null,
        words.contains("copy"),
        null,
        null);
  }

  private static Addressee addressee(String party) {
    String who = party.contains("=") || party.startsWith("P") ? "p" : "d";
    Mailboxes mailboxes =
        party.contains("@")
            ? Mailboxes.to(List.of(new EmailAddress(who + "@client.example")))
            : Mailboxes.NONE;
    var resolved =
        new ResolvedMailboxes(
            mailboxes, mailboxes.isEmpty() ? "ADDR-2e no address" : "ADDR-2d", List.of());
    var trade =
        new TradeParty(
            "Client " + who,
            null,
            party.contains("#") ? new PostalAddress("1 quai", "35000", "Rennes", "FR") : null,
            null,
            null,
            null,
            party.contains("&") ? new TradeParty.Endpoint("0225", "40483304" + who) : null,
            null,
            null,
            null);
    return new Addressee(resolved, trade, false, party.contains("!"), false, Suspended.NONE);
  }

  static final MailboxFacts NOTHING_KNOWN = new MailboxFacts(Set.of(), Map.of());
}
