package io.facteur.embedded;

import io.facteur.party.Company;
import io.facteur.party.Refusal;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.dao.DataAccessException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Three companies to look at, loaded into an empty database: with the embedded one unless {@code
 * facteur.samples} says no, with an external one only if it says yes. All of it, billing runs
 * included, is one transaction: whenever the process dies, either nothing is there and the next
 * start loads it, or everything is and the routes take the runs up.
 */
@Component
class Samples {

  /** Who stands in the history as the author. */
  static final String ACTOR = "samples";

  private static final Logger log = LoggerFactory.getLogger(Samples.class);
  private static final String SETTING = "facteur.samples";
  private static final List<String> FILES = List.of("lac", "nordlicht", "lemaire");

  private final boolean wanted;
  private final SampleMasterData masterData;
  private final SampleBilling billing;
  private final TransactionTemplate transaction;

  Samples(
      @Value("${facteur.samples:}") String said,
      Environment environment,
      SampleMasterData masterData,
      SampleBilling billing,
      PlatformTransactionManager transactions) {
    this.wanted = areWanted(said, DatabaseConfiguration.isExternal(environment));
    this.masterData = masterData;
    this.billing = billing;
    transaction = new TransactionTemplate(transactions);
    transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
  }

  /** Once the routes run, as they say which channels there are; before the start is announced. */
  @EventListener(ApplicationReadyEvent.class)
  @Order(0)
  void loadIfWanted() {
    if (!wanted || !masterData.isEmpty()) {
      return;
    }
    try {
      load();
    } catch (Refusal | IllegalStateException | DataAccessException | TransactionException e) {
      if (isLoadedByAnotherNode()) {
        return;
      }
      log.error(
          "The sample companies are not loaded, and nothing of them is there: {}. Put right what"
              + " it names (the routes, if a channel is missing) and start again, or set {}=false.",
          e.getMessage(),
          SETTING,
          e);
    }
  }

  /** What the setting says, or, where it says nothing, only beside the embedded database. */
  static boolean areWanted(String said, boolean externalDatabase) {
    return said.isBlank() ? !externalDatabase : Boolean.parseBoolean(said.strip());
  }

  private void load() {
    long start = System.nanoTime();
    SecurityContext before = SecurityContextHolder.getContext();
    SecurityContext samples = SecurityContextHolder.createEmptyContext();
    samples.setAuthentication(
        UsernamePasswordAuthenticationToken.authenticated(ACTOR, null, List.of()));
    SecurityContextHolder.setContext(samples);
    try {
      transaction.executeWithoutResult(status -> FILES.forEach(this::load));
    } finally {
      SecurityContextHolder.setContext(before);
    }
    log.info(
        "{} sample companies loaded in {} ms; their billing runs are started",
        FILES.size(),
        (System.nanoTime() - start) / 1_000_000);
  }

  private void load(String file) {
    SampleCompany sample = SampleCompany.read(file);
    Company company = masterData.add(sample);
    billing.start(company, sample.invoices(), ACTOR);
  }

  /** Of two that start at once, the second waits for the first, and then finds its companies. */
  private boolean isLoadedByAnotherNode() {
    try {
      return !masterData.isEmpty();
    } catch (DataAccessException e) {
      return false;
    }
  }
}
