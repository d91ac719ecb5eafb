package io.facteur.api;

import io.facteur.contract.Domain;
import io.facteur.contract.Role;
import io.facteur.dispatch.Channel;
import io.facteur.dispatch.DispatchRoutes;
import io.facteur.dispatch.Need;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** Channels for tests: everything by e-mail; post to the contracting party only. */
@TestConfiguration
class EmailAndPost {

  @Bean
  DispatchRoutes emailAndPostRoutes() {
    return new DispatchRoutes() {
      @Override
      public Set<String> channels() {
        return Set.of("EMAIL", "POST");
      }

      @Override
      public boolean hasRoute(Domain domain, String channel, Role role) {
        return channel.equals("EMAIL") || role == Role.CONTRACTING_PARTY;
      }

      @Override
      public Optional<Channel> channel(String name) {
        return switch (name) {
          case "EMAIL" -> Optional.of(new Channel(name, Need.EMAIL_ADDRESS, true));
          case "POST" -> Optional.of(new Channel(name, Need.POSTAL_ADDRESS, true));
          default -> Optional.empty();
        };
      }

      @Override
      public Optional<String> fallback(Domain domain, String channel, Role role) {
        return Optional.empty();
      }

      @Override
      public Optional<String> format(Domain domain, String channel, Role role) {
        return Optional.empty();
      }
    };
  }
}
