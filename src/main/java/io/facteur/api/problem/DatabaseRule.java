package io.facteur.api.problem;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.jdbc.UncategorizedSQLException;

/** Reads from the database's errors what may be told outside. */
public final class DatabaseRule {

  private static final int LOCK_WAIT_TIMEOUT = 1205;

  private static final Pattern NAMED =
      Pattern.compile("(?:key|CONSTRAINT|Constraint|constraint) [`'](?:\\w+\\.)?(\\w+)[`']");

  private DatabaseRule() {}

  /** Whether another transaction held a lock for too long; Spring leaves that uncategorised. */
  public static boolean isLockTimeout(UncategorizedSQLException e) {
    return e.getSQLException() != null && e.getSQLException().getErrorCode() == LOCK_WAIT_TIMEOUT;
  }

  /** The name of the constraint that refused a change, without the values that it refused. */
  static String of(Throwable cause) {
    // 45000: SIGNALled by a trigger, whose text is ours.
    if (cause instanceof SQLException sql && "45000".equals(sql.getSQLState())) {
      return String.valueOf(sql.getMessage()).replaceFirst("^\\(conn=\\d+\\) ", "");
    }
    Matcher name = NAMED.matcher(String.valueOf(cause.getMessage()));
    return name.find() ? name.group(1) : "unnamed";
  }
}
