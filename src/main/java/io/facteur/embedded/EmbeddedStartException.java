package io.facteur.embedded;

import java.nio.file.Path;

/** The embedded parts cannot start; the message says why and what to do. */
public final class EmbeddedStartException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String action;

  private EmbeddedStartException(String description, String action, Throwable cause) {
    super(description, cause);
    this.action = action;
  }

  public String action() {
    return action;
  }

  static EmbeddedStartException missing() {
    return new EmbeddedStartException(
        "No database is configured, and this build carries no embedded MariaDB: the released jar"
            + " works with a MariaDB server of yours.",
        """
        Set SPRING_DATASOURCE_URL (e.g. jdbc:mariadb://db.example.com:3306/facteur), \
        SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD, and FACTEUR_SMTP_HOST for the \
        mail server. To try Facteur without a database server, run 'mvn spring-boot:run' in its \
        source folder.""",
        null);
  }

  static EmbeddedStartException inUse(Path folder) {
    return new EmbeddedStartException(
        "The embedded database in " + folder + " is in use by " + FolderLock.holder(folder) + ".",
        "Stop the other Facteur, or give this one a data folder of its own (FACTEUR_DATA).",
        null);
  }

  static EmbeddedStartException unusable(Path folder, Exception cause) {
    return new EmbeddedStartException(
        "The embedded database in " + folder + " cannot be prepared: " + cause + ".",
        "Check that the folder can be written and has 1 GB of space, or choose another data folder"
            + " (FACTEUR_DATA).",
        cause);
  }

  static EmbeddedStartException failed(Path folder, String reason, Path log) {
    return new EmbeddedStartException(
        "The embedded database in " + folder + " does not start: " + reason + ".",
        "Its log is " + log + ". Correct the cause, or choose another data folder (FACTEUR_DATA).",
        null);
  }
}
