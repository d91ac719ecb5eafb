package io.facteur.api;

import io.facteur.delivery.DocumentIssuing;
import io.facteur.delivery.IssueRoute;
import java.time.Clock;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/** The REST interface with the packages that it calls; nothing that sends. */
@SpringBootConfiguration
@EnableAutoConfiguration
@ComponentScan({
  "io.facteur.party",
  "io.facteur.contract",
  "io.facteur.document",
  "io.facteur.addressing",
  "io.facteur.metering",
  "io.facteur.billing",
  "io.facteur.dispatch",
  "io.facteur.delivery",
  "io.facteur.rendering",
  "io.facteur.recovery",
  "io.facteur.run",
  "io.facteur.privacy",
  "io.facteur.api"
})
@ConfigurationPropertiesScan({
  "io.facteur.addressing",
  "io.facteur.dispatch",
  "io.facteur.delivery",
  "io.facteur.rendering",
  "io.facteur.api"
})
class RestOnly {

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  IssueRoute straightToIssuing(DocumentIssuing issuing) {
    return issuing::issue;
  }
}
