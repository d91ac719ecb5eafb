package io.facteur.dispatch;

import io.facteur.contract.ChannelCatalogue;
import io.facteur.contract.Domain;
import io.facteur.contract.Role;
import java.util.Optional;

/**
 * What the route files offer at this moment; read anew for each question, since they may change.
 */
public interface DispatchRoutes extends ChannelCatalogue {

  /** The channel of that name, empty if no file in {@code routes/channels/} declares it. */
  Optional<Channel> channel(String name);

  /**
   * The fallback channel that the combination's route asks for.
   *
   * @return empty if the route leaves it to the company; {@code NONE} if there shall be none
   */
  Optional<String> fallback(Domain domain, String channel, Role role);

  /** The format that the combination's route asks for; empty if it asks for none. */
  Optional<String> format(Domain domain, String channel, Role role);
}
