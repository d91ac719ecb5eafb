package io.facteur.dispatch;

import io.facteur.addressing.ResolvedMailboxes;
import io.facteur.contract.Role;
import io.facteur.dispatch.PlanProblem.Kind;
import io.facteur.party.EmailAddress;
import io.facteur.party.Mailboxes;
import io.facteur.party.Suspended;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Decides who a delivery goes to through a channel, or why it cannot go (DISP-5, CONS-4). Asked
 * when a plan is made and again when sending begins (ADDR-9).
 */
@Component
public class RecipientRules {

  private static final String REFUSED = "paperless refused by the contact (CONS-4)";

  private static final String NOT_PRIVATE =
      "the individual address is no private e-mail place of the contract's contacts (DISP-2):"
          + " mark it PRIVATE there, or change the definition";

  private final DispatchRoutes routes;

  public RecipientRules(DispatchRoutes routes) {
    this.routes = routes;
  }

  /**
   * Resolves a recipient.
   *
   * @param addressee of the route's role; for an INDIVIDUAL the contracting party; null if the
   *     contract has none in this role
   * @param individual null unless the role is INDIVIDUAL
   */
  public Resolution resolve(RouteKey route, Addressee addressee, Individual individual) {
    Channel channel = routes.channel(route.channel()).orElse(null);
    if (channel == null) {
      return Resolution.skip(
          Kind.UNKNOWN_CHANNEL,
          "channel " + route.channel() + " is unknown: no file in routes/channels declares it");
    }
    if (!routes.hasRoute(route.domain(), route.channel(), route.role())) {
      return Resolution.skip(
          Kind.NO_ROUTE,
          "no route for %s: add an instance to routes/dispatch/%s.camel.yaml"
              .formatted(route, route.domain().name().toLowerCase(Locale.ROOT)));
    }
    if (addressee == null) {
      return Resolution.skip(Kind.NOBODY_IN_ROLE, "the contract names nobody as " + route.role());
    }
    if (addressee.erased() && channel.needs() != Need.NOTHING) {
      return Resolution.skip(Kind.ERASED, "the contact is erased: hand the document over by hand");
    }
    if (route.role() == Role.INDIVIDUAL) {
      return individual(channel, individual, addressee);
    }
    return switch (channel.needs()) {
      case EMAIL_ADDRESS -> byEmail(addressee);
      case POSTAL_ADDRESS -> byPost(addressee);
      case NETWORK_ENDPOINT -> byNetwork(addressee);
      case NOTHING ->
          Resolution.to(
              Recipient.byMail(addressee.party().name(), Mailboxes.NONE, "nothing needed"));
    };
  }

  private static Resolution individual(Channel channel, Individual individual, Addressee party) {
    if (channel.needs() != Need.EMAIL_ADDRESS && channel.needs() != Need.NOTHING) {
      return Resolution.skip(
          Kind.INDIVIDUAL_WITHOUT_PLACE,
          "an individual address is an e-mail address: %s needs a %s"
              .formatted(channel.name(), channel.needs()));
    }
    if (!individual.offered()) {
      return Resolution.skip(Kind.NOT_PRIVATE, NOT_PRIVATE);
    }
    if (channel.needs() == Need.EMAIL_ADDRESS && party.paperlessRefused()) {
      return Resolution.skip(Kind.REFUSED, REFUSED);
    }
    EmailAddress address = individual.address();
    var resolved =
        new ResolvedMailboxes(
            Mailboxes.to(List.of(address)),
            "ADDR-2 individual address of the definition",
            List.of());
    return channel.needs() == Need.NOTHING
        ? Resolution.to(Recipient.byMail(address.value(), resolved, Mailboxes.NONE, null))
        : mail(address.value(), resolved, party.suspended());
  }

  private static Resolution byEmail(Addressee addressee) {
    if (addressee.paperlessRefused()) {
      return Resolution.skip(Kind.REFUSED, REFUSED);
    }
    ResolvedMailboxes resolved = addressee.mailboxes();
    if (resolved.isEmpty()) {
      return Resolution.skip(Kind.NO_ADDRESS, "no e-mail address: " + resolved.rule());
    }
    return mail(addressee.party().name(), resolved, addressee.suspended());
  }

  /** Suspended addresses are left out; the reasons name why and since when, not which. */
  private static Resolution mail(String name, ResolvedMailboxes resolved, Suspended suspended) {
    Suspended.Remainder remainder = suspended.without(resolved.mailboxes());
    List<String> leftOut = remainder.leftOut();
    if (leftOut.isEmpty()) {
      return Resolution.to(Recipient.byMail(name, resolved, remainder.mailboxes(), null));
    }
    String why = leftOut.stream().distinct().collect(Collectors.joining("; "));
    if (remainder.mailboxes().isEmpty()) {
      return Resolution.skip(Kind.SUSPENDED, "address suspended: " + why + " (DISP-5)");
    }
    String remark =
        "%d suspended address%s left out: %s (DISP-5)"
            .formatted(leftOut.size(), leftOut.size() == 1 ? "" : "es", why);
    return Resolution.to(Recipient.byMail(name, resolved, remainder.mailboxes(), remark));
  }

  private static Resolution byPost(Addressee addressee) {
    return addressee.party().address() == null
        ? Resolution.skip(Kind.NO_POSTAL_ADDRESS, "no postal address")
        : Resolution.to(
            Recipient.byPost(
                addressee.party(),
                addressee.ownAddress()
                    ? "ADDR-3 postal address of the document"
                    : "postal address of the contact"));
  }

  private static Resolution byNetwork(Addressee addressee) {
    return addressee.party().endpoint() == null
        ? Resolution.skip(Kind.NO_ENDPOINT, "no e-invoice endpoint")
        : Resolution.to(
            Recipient.byNetwork(addressee.party(), "e-invoice endpoint of the contact"));
  }
}
