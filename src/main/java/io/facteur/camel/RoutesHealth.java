package io.facteur.camel;

import io.facteur.recovery.RestoreWatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Not ready while a route is stopped, or a folder that consumers take from cannot be written. A
 * held database is told, but people have to reach what shows it.
 */
@Component("routesHealthIndicator")
public class RoutesHealth implements HealthIndicator {

  private final CamelContext context;
  private final RestoreWatch restores;
  private final List<Path> folders;

  public RoutesHealth(
      CamelContext context,
      RestoreWatch restores,
      @Value("${facteur.spool}") Path spool,
      @Value("${facteur.outbox}") Path outbox,
      @Value("${facteur.store}") Path store) {
    this.context = context;
    this.restores = restores;
    this.folders = List.of(spool, outbox, store);
  }

  @Override
  public Health health() {
    List<String> stopped =
        context.getRoutes().stream()
            .map(Route::getRouteId)
            .filter(id -> !context.getRouteController().getRouteStatus(id).isStarted())
            .sorted()
            .toList();
    List<String> unusable =
        folders.stream()
            .filter(folder -> Files.exists(folder) && !Files.isWritable(folder))
            .map(Path::toString)
            .toList();
    boolean up = context.isStarted() && stopped.isEmpty() && unusable.isEmpty();
    Health.Builder health = up ? Health.up() : Health.outOfService();
    return health
        .withDetail("held", restores.isHeld())
        .withDetail("routes", context.getRoutesSize())
        .withDetail("stopped", stopped)
        .withDetail("foldersNotWritable", unusable)
        .build();
  }
}
