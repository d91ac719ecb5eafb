package io.facteur.check;

import java.util.List;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * Stops a start with broken routes, templates or settings before a database is started or changed.
 * There is no way round it: what would not work is not started.
 */
class CheckBeforeStart
    implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

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
    List<String> findings = ProductCheck.beforeStart(event.getEnvironment());
    if (!findings.isEmpty()) {
      throw new CheckFailedException(findings);
    }
  }

  /** After the settings have been read and logging works. */
  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }
}
