package io.facteur.embedded;

import io.facteur.channel.MailDestination;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/**
 * Mails go to the configured server; without one to the mail catcher if the database is the
 * embedded one. With a database of the user's own the start is refused: it is no trial, and mails
 * must not vanish. Makes the bean {@link MailDestination}; the catcher's address appears as {@code
 * facteur.smtp.*}, so that routes know no difference.
 */
final class MailDestinationDecision implements BeanFactoryPostProcessor, PriorityOrdered {

  private static final Logger log = LoggerFactory.getLogger(MailDestinationDecision.class);

  private final ConfigurableEnvironment environment;

  MailDestinationDecision(ConfigurableEnvironment environment) {
    this.environment = environment;
  }

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    boolean external = DatabaseConfiguration.isExternal(environment);
    if (!external && MariaDbBinaries.find().isEmpty()) {
      throw StartRefusedException.noDatabase();
    }
    String host = environment.getProperty("facteur.smtp.host");
    MailDestination destination;
    if (StringUtils.hasText(host)) {
      int port = environment.getProperty("facteur.smtp.port", Integer.class, 25);
      destination = new MailDestination(host.strip(), port, false, null);
    } else if (external) {
      throw StartRefusedException.noMailServer();
    } else {
      destination = startCatcher((DefaultListableBeanFactory) beans);
    }
    beans.registerSingleton("mailDestination", destination);
  }

  private MailDestination startCatcher(DefaultListableBeanFactory beans) {
    MailCatcherSettings settings =
        Binder.get(environment).bindOrCreate("facteur.mail-catcher", MailCatcherSettings.class);
    Path folder = Path.of(environment.getRequiredProperty("facteur.data"), "mail-catcher");
    CaughtMails mails = new CaughtMails(folder, Clock.systemUTC());
    MailCatcher catcher = MailCatcher.start(mails, settings.port());
    // The first one registered is destroyed last.
    beans.registerDisposableBean("mailCatcher", catcher::close);
    environment
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "mail catcher",
                Map.of(
                    "facteur.smtp.host", MailCatcher.HOST,
                    "facteur.smtp.port", catcher.port(),
                    "facteur.smtp.username", "",
                    "facteur.smtp.password", "",
                    "facteur.smtp.security", "NONE")));
    log.warn(
        "NOTHING LEAVES THIS MACHINE: the mail catcher keeps every mail in {}", mails.folder());
    return new MailDestination(MailCatcher.HOST, catcher.port(), true, mails.folder());
  }
}
