package io.facteur.embedded;

import java.nio.file.Path;

/** Facteur cannot start as things stand: the message says why, the action what to do. */
public final class StartRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String action;

  StartRefusedException(String description, String action) {
    this(description, action, null);
  }

  StartRefusedException(String description, String action, Throwable cause) {
    super(description, cause);
    this.action = action;
  }

  public String action() {
    return action;
  }

  static StartRefusedException noDatabase() {
    return new StartRefusedException(
        "No database is configured, and this build carries no embedded MariaDB: the released jar"
            + " works with a MariaDB server of yours.",
        "Set SPRING_DATASOURCE_URL (e.g. jdbc:mariadb://db.example.com:3306/facteur),"
            + " SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD, and FACTEUR_SMTP_HOST"
            + " for the mail server. To try Facteur without any server, run 'mvn spring-boot:run'"
            + " in its source folder.");
  }

  static StartRefusedException noMailServer() {
    return new StartRefusedException(
        "No mail server is configured. With a database of its own (SPRING_DATASOURCE_URL) Facteur"
            + " works for real, so it does not quietly catch mails that somebody waits for.",
        "Set FACTEUR_SMTP_HOST and, where they differ from port 25 without authentication,"
            + " FACTEUR_SMTP_PORT, FACTEUR_SMTP_USERNAME, FACTEUR_SMTP_PASSWORD and"
            + " FACTEUR_SMTP_SECURITY. The built-in mail catcher goes with the embedded database"
            + " only: for that, unset SPRING_DATASOURCE_URL.");
  }

  static StartRefusedException inUse(Path folder) {
    return new StartRefusedException(
        "The embedded database in " + folder + " is in use by " + FolderLock.holder(folder) + ".",
        "Stop the other Facteur, or give this one a data folder of its own (FACTEUR_DATA).");
  }

  static StartRefusedException unusable(Path folder, Exception cause) {
    return new StartRefusedException(
        "The embedded database in "
            + folder
            + " cannot be prepared: "
            + cause.getClass().getSimpleName()
            + ": "
            + cause.getMessage()
            + ".",
        "Check that the folder can be written and has 1 GB of space, or choose another data folder"
            + " (FACTEUR_DATA).",
        cause);
  }

  static StartRefusedException serverFailed(Path folder, String reason, Path log) {
    return new StartRefusedException(
        "The embedded database in " + folder + " does not start: " + reason + ".",
        "Its log is " + log + ". Correct the cause, or choose another data folder (FACTEUR_DATA).");
  }
}
