package io.facteur.embedded;

import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do when the schema cannot be brought to this release's version. */
class MigrationFailureAnalyzer extends AbstractFailureAnalyzer<FlywayException> {

  @Override
  protected FailureAnalysis analyze(Throwable failure, FlywayException cause) {
    String reason = cause.getMessage().strip();
    if (cause instanceof FlywayValidateException) {
      return new FailureAnalysis(
          "The database's schema does not belong to this release: " + reason,
          "Start the release that made it or a later one. If a migration is marked as failed, put"
              + " back the backup taken before the update (an empty database: drop and create it).",
          failure);
    }
    return new FailureAnalysis(
        "The database's schema could not be brought up to date: " + reason,
        "Correct the cause (a missing privilege: GRANT ALL PRIVILEGES ON the database). MariaDB"
            + " does not take back half a migration: put back the backup taken before the update"
            + " (an empty database: drop and create it), then start again.",
        failure);
  }
}
