package io.facteur;

import io.facteur.check.CheckCommand;
import io.facteur.check.PreviewCommand;
import io.facteur.check.StartArguments;
import io.facteur.clock.DatabaseClock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.annotation.Bean;

/**
 * Starts Facteur; with {@code --check}, only checks what it would start with (ROUTE-3); with {@code
 * --preview=FILE}, only prints a made-up document.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class FacteurApplication {

  public static void main(String[] args) {
    StartArguments.answer(args, System.out, System.err).ifPresent(System::exit);
    if (CheckCommand.isAskedFor(args)) {
      LoggingSystem.get(FacteurApplication.class.getClassLoader()).beforeInitialize();
      System.exit(CheckCommand.run(args, System.out));
    }
    if (PreviewCommand.isAskedFor(args)) {
      LoggingSystem.get(FacteurApplication.class.getClassLoader()).beforeInitialize();
      System.exit(PreviewCommand.run(args, System.out));
    }
    SpringApplication.run(FacteurApplication.class, args);
  }

  @Bean
  DatabaseClock clock() {
    return new DatabaseClock();
  }
}
