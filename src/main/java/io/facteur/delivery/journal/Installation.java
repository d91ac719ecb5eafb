package io.facteur.delivery.journal;

import io.facteur.party.Refusal;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The database that this node works on, and the highest beat that it has seen of it. Whatever must
 * not happen on a held or older database asks for it in its own statement ({@link #GOES_ON}), so
 * that a restore under a running node is noticed before anything happens.
 */
@Component
public class Installation {

  /** Condition for statements, with the parameter {@code seenBeat}. */
  public static final String GOES_ON =
      "EXISTS (SELECT 1 FROM installation WHERE held_since IS NULL AND beat >= :seenBeat)";

  private record Known(String uuid, long beat) {}

  private final JdbcClient jdbc;
  private final AtomicReference<Known> known = new AtomicReference<>(new Known(null, 0));

  Installation(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The database's own id. */
  public String uuid() {
    String uuid = known.get().uuid();
    if (uuid != null) {
      return uuid;
    }
    recognise(jdbc.sql("SELECT uuid FROM installation").query(String.class).single(), 0);
    return known.get().uuid();
  }

  public long seenBeat() {
    return known.get().beat();
  }

  /** Notes what was seen of a database; of the same one, beats only rise. */
  public void recognise(String uuid, long beat) {
    known.updateAndGet(
        before ->
            uuid.equals(before.uuid())
                ? new Known(uuid, Math.max(before.beat(), beat))
                : new Known(uuid, beat));
  }

  /** Whether nothing is held and the database is not older than what this node has seen. */
  public boolean goesOn() {
    return jdbc.sql("SELECT " + GOES_ON)
        .param("seenBeat", seenBeat())
        .query(Boolean.class)
        .single();
  }

  /**
   * Refuses what must not happen while the database is held.
   *
   * @throws Held if it is
   */
  public void refuseWhileHeld() {
    if (!goesOn()) {
      throw new Held();
    }
  }

  /** Nothing is numbered or sent as long as an admin has not released the database. */
  public static final class Held extends Refusal {

    private static final long serialVersionUID = 1L;

    Held() {
      super(
          Kind.CONFLICT,
          List.of(
              new Problem(
                  "installation",
                  "the database is held, as after a restore from a backup: see /api/hold; an admin"
                      + " releases it")));
    }
  }
}
