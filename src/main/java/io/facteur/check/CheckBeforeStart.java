package io.facteur.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggerConfiguration;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * Stops a start with broken routes, templates or settings before a database is started or changed.
 * There is no way round it: what would not work is not started. Then makes the folders that are
 * written to.
 */
class CheckBeforeStart
    implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

  private static final List<String> BUILDING = List.of("org.apache.camel", "org.quartz");

  @Override
  public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
    boolean wholeProduct =
        event.getSpringApplication().getAllSources().stream()
            .anyMatch(
                source ->
                    source instanceof Class<?> type
                        && AnnotatedElementUtils.hasAnnotation(type, SpringBootApplication.class));
    if (!wholeProduct) {
      return; // a test of one part, which has no routes
    }
    List<String> findings = quietly(() -> ProductCheck.beforeStart(event.getEnvironment()));
    if (findings.isEmpty()) {
      findings = DataFolders.create(event.getEnvironment());
    }
    if (!findings.isEmpty()) {
      throw new CheckFailedException(findings);
    }
  }

  /** Routes that are only built for the check would else be reported as started and stopped. */
  private static List<String> quietly(Supplier<List<String>> check) {
    LoggingSystem logging = LoggingSystem.get(CheckBeforeStart.class.getClassLoader());
    Map<String, LogLevel> before = new HashMap<>();
    for (String name : BUILDING) {
      LoggerConfiguration logger = logging.getLoggerConfiguration(name);
      before.put(name, logger == null ? null : logger.getConfiguredLevel());
      logging.setLogLevel(name, LogLevel.ERROR);
    }
    try {
      return check.get();
    } finally {
      before.forEach(logging::setLogLevel);
    }
  }

  /** After the settings have been read and logging works. */
  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }
}
