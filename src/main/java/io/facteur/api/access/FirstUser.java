package io.facteur.api.access;

import io.facteur.party.Refusal;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Makes sure that somebody can enter: the user {@code admin} with all roles. A given password is
 * set before the first request can come; one is made up only when everything has started, so that
 * it is not in the output of a start that failed.
 */
@Component
class FirstUser implements SmartInitializingSingleton {

  private static final Logger LOG = LoggerFactory.getLogger(FirstUser.class);
  private static final String ADMIN = "admin";

  private final Users users;
  private final AdminSettings settings;

  FirstUser(Users users, AdminSettings settings) {
    this.users = users;
    this.settings = settings;
  }

  @Override
  public void afterSingletonsInstantiated() {
    String given = settings.password();
    if (given != null && !given.isBlank()) {
      if (given.length() < 8) {
        LOG.warn("FACTEUR_ADMIN_PASSWORD is shorter than 8 characters: choose a better one");
      }
      users.ensure(ADMIN, given, AccessRules.Role.ALL);
    }
  }

  @EventListener(ApplicationStartedEvent.class)
  void started() {
    if (users.isEmpty()) {
      createWithRandomPassword();
    }
  }

  private void createWithRandomPassword() {
    byte[] random = new byte[18];
    new SecureRandom().nextBytes(random);
    String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    try {
      users.create(ADMIN, password, AccessRules.Role.ALL, Set.of());
    } catch (Refusal e) {
      // Another node was faster, and has printed its password.
      return;
    }
    print(password);
  }

  /** To the terminal and not to the log, which is kept and sent around. */
  @SuppressWarnings("SystemOut")
  private static void print(String password) {
    System.out.printf(
        "%n  First start: user '%s' with password '%s'.%n  It is shown this once;"
            + " FACTEUR_ADMIN_PASSWORD sets another one at the next start.%n%n",
        ADMIN, password);
  }
}
