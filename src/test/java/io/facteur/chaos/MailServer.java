package io.facteur.chaos;

import io.facteur.testing.SmtpServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mail server that takes its time, is bad now and then, and remembers of each attempt what it
 * needs as a witness. Some mailboxes it does not know.
 */
final class MailServer extends SmtpServer {

  private static final Pattern MESSAGE_ID = Pattern.compile("(?mi)^Message-ID:\\s*(<[^>]+>)");
  private static final Pattern NUMBER = Pattern.compile("\\D*(\\d+).*");
  private static final int UNKNOWN_MAILBOX = 41;

  private record Trap(String node, Moment moment, Runnable action, CountDownLatch sprung) {}

  private final MailFaults faults;
  private final EventLog log;
  private final Duration pace;
  private final List<MailSeen> seen = new CopyOnWriteArrayList<>();
  private final Set<Talk> talks = ConcurrentHashMap.newKeySet();
  private final Map<String, Integer> drops = new TreeMap<>();
  private final AtomicReference<Trap> trap = new AtomicReference<>();

  /**
   * @param pace how long it takes to accept a mail
   */
  MailServer(MailFaults faults, EventLog log, Duration pace) {
    this.faults = faults;
    this.log = log;
    this.pace = pace;
  }

  /** Every attempt that has ended. */
  List<MailSeen> seen() {
    return List.copyOf(seen);
  }

  long accepted() {
    return seen.stream().filter(MailSeen::accepted).count();
  }

  /** How often a command was answered badly. */
  synchronized Map<String, Integer> faultsByCommand() {
    return new TreeMap<>(drops);
  }

  /** Mails of a node that are between MAIL and the answer to their final dot; null: of any. */
  int underWay(String node) {
    return (int)
        talks.stream()
            .filter(talk -> node == null || node.equals(talk.node))
            .filter(Talk::busy)
            .count();
  }

  /**
   * Does something at the next such moment of a conversation with a node, within it.
   *
   * @return whether the moment came in time; then it has been done
   */
  boolean at(Moment moment, String node, Duration patience, Runnable action) {
    Trap set = new Trap(node, moment, action, new CountDownLatch(1));
    trap.set(set);
    try {
      if (set.sprung.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return true;
      }
      if (trap.compareAndSet(set, null)) {
        return false;
      }
      // It has just come.
      return set.sprung.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected Dialogue dialogue() {
    Talk talk = new Talk();
    talks.add(talk);
    return talk;
  }

  private synchronized void dropped(String command) {
    drops.merge(command, 1, Integer::sum);
  }

  private final class Talk implements Dialogue {

    private volatile String node = "nobody";
    private volatile Instant began;
    private List<String> recipients = new ArrayList<>();
    private String messageId;
    private String sha256;
    private Instant dotAt;
    private boolean accepted;
    private String fault;

    boolean busy() {
      return began != null;
    }

    @Override
    public String answer(String command, String of) {
      switch (command) {
        case "EHLO" -> node = of;
        case "MAIL" -> begin();
        case "RCPT" -> {
          recipients.add(of);
          reached(Moment.RECIPIENT_NAMED);
          if (isUnknown(of)) {
            return "550 5.1.1 no such mailbox";
          }
        }
        case "DATA" -> reached(Moment.BEFORE_CONTENT);
        case "RSET" -> end(null);
        case "DOT" -> {
          LockSupport.parkNanos(pace.toNanos());
          reached(Moment.AT_THE_DOT);
        }
        default -> {
          // Nothing to be noted.
        }
      }
      String bad = faults.answer(command);
      if (bad != null) {
        fault = command + ": " + bad.strip();
        dropped(command);
        log.say(
            "SMTP %s %s: at %s %s".formatted(node, MailSeen.key(messageId), command, bad.strip()));
      }
      return bad;
    }

    @Override
    public void received(String content, boolean dot) {
      Matcher header = MESSAGE_ID.matcher(content);
      messageId = header.find() ? header.group(1) : null;
      sha256 = Consumer.sha256(content.getBytes(StandardCharsets.UTF_8));
      dotAt = dot ? Instant.now() : null;
    }

    @Override
    public void accepted(String from, List<String> to, String content) {
      accepted = true;
    }

    @Override
    public void said(String command, String answer) {
      if (command.equals("DOT")) {
        end(Instant.now());
        reached(Moment.AFTER_THE_ANSWER);
      }
    }

    @Override
    public void ended() {
      end(null);
      talks.remove(this);
    }

    private void begin() {
      end(null);
      began = Instant.now();
      recipients = new ArrayList<>();
      messageId = null;
      sha256 = null;
      dotAt = null;
      accepted = false;
      fault = null;
    }

    private void end(Instant answeredAt) {
      if (began == null) {
        return;
      }
      if (messageId != null) {
        seen.add(
            new MailSeen(
                messageId,
                node,
                recipients,
                began,
                dotAt,
                accepted,
                answeredAt,
                Instant.now(),
                fault,
                sha256));
      }
      began = null;
    }

    private void reached(Moment moment) {
      Trap set = trap.get();
      if (set != null
          && set.moment == moment
          && set.node.equals(node)
          && trap.compareAndSet(set, null)) {
        set.action.run();
        set.sprung.countDown();
      }
    }

    private static boolean isUnknown(String address) {
      Matcher number = NUMBER.matcher(address);
      return number.matches() && Long.parseLong(number.group(1)) % UNKNOWN_MAILBOX == 0;
    }
  }
}
