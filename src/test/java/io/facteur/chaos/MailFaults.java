package io.facteur.chaos;

import static io.facteur.testing.SmtpServer.ACCEPT_AND_HANG_UP;
import static io.facteur.testing.SmtpServer.HANG_UP;
import static io.facteur.testing.SmtpServer.HANG_UP_IN_CONTENT;
import static io.facteur.testing.SmtpServer.SILENCE;
import static io.facteur.testing.SmtpServer.SLOWLY;
import static io.facteur.testing.SmtpServer.THEN_HANG_UP;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Decides when the mail server is bad, and how: for each command at random distances, all kinds
 * equally often. Seeded; which mail it hits is not.
 */
final class MailFaults {

  private static final Map<String, List<String>> KINDS =
      Map.of(
          "GREETING",
          List.of(HANG_UP, "421 4.3.2 shutting down", SILENCE),
          "EHLO",
          List.of(HANG_UP, "421 4.3.2 shutting down", SILENCE),
          "MAIL",
          List.of(HANG_UP, "421 4.3.2 shutting down", "451 4.3.0 busy", SLOWLY + "250 ok"),
          "RCPT",
          List.of(HANG_UP, "450 4.2.1 mailbox busy", HANG_UP, SLOWLY + "250 ok", SILENCE),
          "DATA",
          List.of(HANG_UP, HANG_UP_IN_CONTENT, HANG_UP_IN_CONTENT, "451 4.3.0 busy"),
          "DOT",
          List.of(
              HANG_UP,
              ACCEPT_AND_HANG_UP,
              "250 2.0.0 queued" + THEN_HANG_UP,
              "451 4.3.0 try later",
              "421 4.3.2 shutting down",
              SLOWLY + "250 ok",
              HANG_UP,
              ACCEPT_AND_HANG_UP,
              "250 2.0.0 queued" + THEN_HANG_UP,
              SILENCE));

  private static final Map<String, Integer> DISTANCE =
      Map.of("GREETING", 12, "EHLO", 12, "MAIL", 60, "RCPT", 60, "DATA", 50, "DOT", 30);

  private final Random random;
  private final Map<String, Deque<String>> next = new HashMap<>();
  private final Map<String, Integer> until = new HashMap<>();
  private boolean over;

  MailFaults(long seed) {
    random = new Random(seed);
    KINDS.keySet().stream().sorted().forEach(command -> until.put(command, distance(command)));
  }

  /** How to answer a command badly; null: well. */
  synchronized String answer(String command) {
    if (over || !until.containsKey(command) || until.merge(command, -1, Integer::sum) > 0) {
      return null;
    }
    until.put(command, distance(command));
    Deque<String> kinds = next.computeIfAbsent(command, none -> new ArrayDeque<>());
    if (kinds.isEmpty()) {
      List<String> all = new ArrayList<>(KINDS.get(command));
      Collections.shuffle(all, random);
      kinds.addAll(all);
    }
    return kinds.poll();
  }

  /** From now on the mail server is a good one. */
  synchronized void end() {
    over = true;
  }

  private int distance(String command) {
    int middle = DISTANCE.get(command);
    return middle / 2 + random.nextInt(middle);
  }
}
