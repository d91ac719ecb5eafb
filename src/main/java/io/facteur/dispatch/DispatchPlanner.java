package io.facteur.dispatch;

import io.facteur.contract.DispatchDefinition;
import io.facteur.contract.Role;
import io.facteur.dispatch.FallbackPolicy.Fact;
import io.facteur.party.EmailAddress;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Plans how a document goes out: each definition in force, else the company's default, and at once
 * the fallback of a role that nothing can reach (DISP-3, DISP-4, DISP-5). Without side effects.
 */
@Component
public class DispatchPlanner {

  private final RecipientRules recipients;
  private final DispatchRoutes routes;

  public DispatchPlanner(RecipientRules recipients, DispatchRoutes routes) {
    this.recipients = recipients;
    this.routes = routes;
  }

  /** The deliveries of a document, in the order of its definitions, fallbacks last. */
  public List<PlannedDelivery> plan(PlanRequest request) {
    List<PlannedDelivery> planned = new ArrayList<>();
    for (DispatchDefinition definition : request.definitions()) {
      planned.add(byDefinition(request, definition));
    }
    if (planned.isEmpty()) {
      planned.add(byDefault(request));
    }
    for (PlannedDelivery skipped : List.copyOf(planned)) {
      if (skipped.isSkipped()) {
        addFallback(request, skipped, planned);
      }
    }
    return planned;
  }

  /**
   * The fallback delivery of a role.
   *
   * @param role as {@link FallbackPolicy} decided it
   */
  public PlannedDelivery fallback(PlanRequest request, Role role, String channel) {
    return unadorned(request, FallbackPolicy.origin(role), channel, role);
  }

  /** A delivery that a person asks for. */
  public PlannedDelivery byHand(PlanRequest request, Role role, String channel, String origin) {
    return unadorned(request, origin, channel, role);
  }

  /** Where the delivery's role falls back to: its route's word goes before the company's. */
  public String fallbackChannel(RouteKey route, String companyChannel) {
    return routes.fallback(route.domain(), route.channel(), route.role()).orElse(companyChannel);
  }

  private PlannedDelivery byDefinition(PlanRequest request, DispatchDefinition definition) {
    var route = new RouteKey(definition.domain(), definition.channel(), definition.role());
    return delivery(
        request,
        route,
        new Wish(
            "definition:" + definition.id().value(),
            definition.individualAddress(),
            definition.format(),
            definition.language(),
            definition.template(),
            definition.copy()));
  }

  private PlannedDelivery byDefault(PlanRequest request) {
    PlannedDelivery last = null;
    for (String channel : request.defaultChannels()) {
      last = unadorned(request, "default:" + channel, channel, Role.CONTRACTING_PARTY);
      if (!last.isSkipped()) {
        return last;
      }
    }
    if (last == null) {
      throw new IllegalStateException(
          "no default channel is configured: set facteur.dispatch.default-channels");
    }
    return last;
  }

  private PlannedDelivery unadorned(PlanRequest request, String origin, String channel, Role role) {
    var route = new RouteKey(request.domain(), channel, role);
    return delivery(request, route, new Wish(origin, null, null, null, null, false));
  }

  private record Wish(
      String origin,
      EmailAddress individual,
      String format,
      String language,
      String template,
      boolean copy) {}

  private PlannedDelivery delivery(PlanRequest request, RouteKey route, Wish wish) {
    Role addressed = route.role() == Role.INDIVIDUAL ? Role.CONTRACTING_PARTY : route.role();
    Resolution resolution =
        recipients.resolve(
            route,
            request.addressee(addressed).orElse(null),
            request.individual(wish.individual()));
    boolean reaches =
        !wish.copy() && routes.channel(route.channel()).map(Channel::reaches).orElse(true);
    return new PlannedDelivery(
        wish.origin(),
        route,
        wish.individual(),
        wish.format(),
        wish.language(),
        wish.template(),
        wish.copy(),
        reaches,
        resolution.recipient(),
        resolution.skipped());
  }

  private void addFallback(
      PlanRequest request, PlannedDelivery skipped, List<PlannedDelivery> planned) {
    String channel = fallbackChannel(skipped.route(), request.fallbackChannel());
    List<Fact> facts = planned.stream().map(DispatchPlanner::fact).toList();
    FallbackPolicy.after(fact(skipped), facts, channel)
        .ifPresent(role -> planned.add(fallback(request, role, channel)));
  }

  private static Fact fact(PlannedDelivery delivery) {
    return new Fact(
        delivery.origin(),
        delivery.route().channel(),
        delivery.role(),
        delivery.reaches(),
        delivery.isSkipped());
  }
}
