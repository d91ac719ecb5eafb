package io.facteur.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Tells for each attempt whether its node could know how it came out, from what was done to node,
 * database and connection at that time.
 */
final class OpenWindows {

  /** Within this time after an answer its outcome is committed, on a busy machine as well. */
  private static final Duration COMMIT = Duration.ofSeconds(5);

  /** An answer that takes so long may find the lease ended and the transmission uncertain. */
  private static final Duration SLOW = Duration.ofSeconds(10);

  private final List<Disturbance> disturbances;

  OpenWindows(List<Disturbance> disturbances) {
    this.disturbances = List.copyOf(disturbances);
  }

  /** The final dot was received, and its node certainly never heard the answer. */
  boolean isCertainlyOpen(MailSeen mail) {
    if (mail.dotAt() == null) {
      return false;
    }
    return mail.answeredAt() == null
        || disturbances.stream()
            .filter(killed -> killed.kind() == Disturbance.Kind.KILLED)
            .filter(killed -> Objects.equals(killed.node(), mail.node()))
            .anyMatch(
                killed ->
                    !killed.to().isAfter(mail.answeredAt()) && !killed.to().isBefore(mail.dotAt()));
  }

  /** Something happened to the node or the connection after the mark may have been committed. */
  boolean isPerhapsOpen(MailSeen mail) {
    boolean dot = mail.dotAt() != null;
    if (!dot && mail.fault() != null) {
      return true;
    }
    Instant from = dot ? mail.dotAt() : mail.began();
    Instant to = (mail.answeredAt() == null ? mail.endedAt() : mail.answeredAt()).plus(COMMIT);
    if (dot && Duration.between(mail.dotAt(), to.minus(COMMIT)).compareTo(SLOW) > 0) {
      return true;
    }
    Instant awayUntil = null;
    for (Disturbance away : disturbances) {
      if (away.kind() == Disturbance.Kind.DATABASE_AWAY && away.overlaps(from, to)) {
        awayUntil = away.to().plus(COMMIT);
      }
    }
    if (!dot && awayUntil != null) {
      return true;
    }
    // While the database is away the answer is known to its node only.
    Instant until = awayUntil == null ? to : awayUntil;
    return disturbances.stream()
        .filter(done -> done.kind() != Disturbance.Kind.DATABASE_AWAY)
        .filter(done -> Objects.equals(done.node(), mail.node()))
        .anyMatch(done -> done.overlaps(from, until));
  }
}
