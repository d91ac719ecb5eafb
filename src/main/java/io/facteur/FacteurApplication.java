package io.facteur;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts Facteur. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class FacteurApplication {

  public static void main(String[] args) {
    SpringApplication.run(FacteurApplication.class, args);
  }
}
