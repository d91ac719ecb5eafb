package io.facteur.api;

import io.facteur.contract.ChannelCatalogue;
import io.facteur.contract.Domain;
import io.facteur.contract.Role;
import java.util.Set;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** Channels for tests: everything by e-mail; post to the contracting party only. */
@TestConfiguration
class EmailAndPost {

  @Bean
  @Primary
  ChannelCatalogue emailAndPostChannels() {
    return new ChannelCatalogue() {
      @Override
      public Set<String> channels() {
        return Set.of("EMAIL", "POST");
      }

      @Override
      public boolean hasRoute(Domain domain, String channel, Role role) {
        return channel.equals("EMAIL") || role == Role.CONTRACTING_PARTY;
      }
    };
  }
}
