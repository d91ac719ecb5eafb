package io.facteur.embedded;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** Decides where mails go before any other bean, and any route, asks for it. */
@Configuration(proxyBeanMethods = false)
class MailCatcherConfiguration {

  @Bean
  static MailDestinationDecision mailDestinationDecision(ConfigurableEnvironment environment) {
    return new MailDestinationDecision(environment);
  }
}
