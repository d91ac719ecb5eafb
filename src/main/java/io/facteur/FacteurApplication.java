package io.facteur;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** Starts Facteur. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class FacteurApplication {

  public static void main(String[] args) {
    SpringApplication.run(FacteurApplication.class, args);
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
