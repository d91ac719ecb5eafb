package io.facteur.spool;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.facteur.channel.Attachments;
import io.facteur.channel.DocumentSource;
import io.facteur.delivery.Marker;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts together what routes need to hand files over. */
@Configuration(proxyBeanMethods = false)
class SpoolConfiguration {

  @Bean
  Drop drop(
      DocumentSource documents,
      Attachments attachments,
      Marker marker,
      ObjectMapper json,
      Clock clock) {
    return new Drop(documents, attachments, marker, json, clock);
  }

  @Bean
  SpoolReceipts spoolReceipts() {
    return new SpoolReceipts();
  }
}
