package io.facteur.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * One thing to be done to the product.
 *
 * @param at which part of the deliveries is to have ended by then, from 0 to 1
 * @param node 0 or 1
 * @param moment null: at any
 * @param lasts until the restart, or the end of the fault
 * @param dice for what else is to be decided
 */
record Fault(Kind kind, double at, int node, Moment moment, Duration lasts, int dice) {

  enum Kind {
    NODE_KILLED(20, 0, 3),
    DATABASE_KILLED(4, 1, 8),
    NODE_FROZEN(4, 22, 32),
    DISK_FULL(3, 5, 10),
    WRITES_CUT(3, 4, 8),
    CLOCK_JUMPS(6, 0, 1);

    private final int times;
    private final int shortest;
    private final int longest;

    Kind(int times, int shortest, int longest) {
      this.times = times;
      this.shortest = shortest;
      this.longest = longest;
    }
  }

  /** What a seed does, in its order. */
  static List<Fault> schedule(long seed) {
    Random random = new Random(seed);
    List<Kind> kinds = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      kinds.addAll(Collections.nCopies(kind.times, kind));
    }
    Collections.shuffle(kinds, random);
    List<Fault> schedule = new ArrayList<>();
    for (int i = 0; i < kinds.size(); i++) {
      schedule.add(one(kinds.get(i), 0.02 + 0.9 * i / kinds.size(), random));
    }
    return schedule;
  }

  /** One more kill of a node. */
  static Fault kill(Random random) {
    return one(Kind.NODE_KILLED, 0, random);
  }

  private static Fault one(Kind kind, double at, Random random) {
    Moment[] moments = Moment.values();
    int moment = random.nextInt(moments.length + 1);
    int millis = 1_000 * kind.shortest + random.nextInt(1_000 * (kind.longest - kind.shortest));
    return new Fault(
        kind,
        at,
        random.nextInt(2),
        moment == moments.length ? null : moments[moment],
        Duration.ofMillis(millis),
        random.nextInt(1_000));
  }
}
