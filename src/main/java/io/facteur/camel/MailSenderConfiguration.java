package io.facteur.camel;

import io.facteur.channel.MailSender;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Names the sender that {@code smtp:} endpoints refer to as {@code #mailSender}. */
@Configuration(proxyBeanMethods = false)
class MailSenderConfiguration {

  @Bean
  PooledMailSender mailSender(MailSender smtp) {
    return new PooledMailSender(smtp);
  }
}
