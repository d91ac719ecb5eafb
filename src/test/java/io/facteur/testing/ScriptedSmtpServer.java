package io.facteur.testing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;

/**
 * An SMTP server that does as it is told, badly too, and remembers what it accepted. Answers are
 * scripted for each command ({@code GREETING, EHLO, AUTH, MAIL, RCPT, DATA, DOT}); once its script
 * is used up it says yes.
 */
public final class ScriptedSmtpServer extends SmtpServer {

  /** A mail that the server took responsibility for: it has answered 250 to the final dot. */
  public record Accepted(String from, List<String> recipients, String content) {}

  private final Map<String, Deque<String>> scripts = new ConcurrentHashMap<>();
  private final Map<String, String> byRecipient = new ConcurrentHashMap<>();
  private final List<Accepted> accepted = new CopyOnWriteArrayList<>();
  private final List<String> commands = new CopyOnWriteArrayList<>();
  private final List<String> unfinished = new CopyOnWriteArrayList<>();
  private final AtomicReference<Runnable> atNextDot = new AtomicReference<>();

  /** The next answers to a command, in order. */
  public ScriptedSmtpServer answers(String command, String... answers) {
    scripts.computeIfAbsent(command, none -> new ArrayDeque<>()).addAll(List.of(answers));
    return this;
  }

  /** The answer to RCPT for one recipient, always. */
  public ScriptedSmtpServer answersTo(String recipient, String answer) {
    byRecipient.put(recipient, answer);
    return this;
  }

  /** Speaks TLS from the first byte, or after STARTTLS, which it then offers. */
  public ScriptedSmtpServer secured(SSLContext context, boolean fromTheFirstByte) {
    secure(context, fromTheFirstByte);
    return this;
  }

  public ScriptedSmtpServer offers(String extension) {
    extensions().add(extension);
    return this;
  }

  /** To those who connect from now on. */
  public ScriptedSmtpServer offersNoMore(String extension) {
    extensions().remove(extension);
    return this;
  }

  /** Does something, once, between the next final dot and the answer to it. */
  public ScriptedSmtpServer atNextDot(Runnable action) {
    atNextDot.set(action);
    return this;
  }

  public List<Accepted> accepted() {
    return List.copyOf(accepted);
  }

  /** What was received of mails whose final dot never came. */
  public List<String> unfinished() {
    return List.copyOf(unfinished);
  }

  public List<String> commands() {
    return List.copyOf(commands);
  }

  @Override
  protected Dialogue dialogue() {
    return new ByScript();
  }

  private String next(String command) {
    Deque<String> script = scripts.get(command);
    if (script != null) {
      synchronized (script) {
        return script.poll();
      }
    }
    return null;
  }

  private final class ByScript implements Dialogue {

    @Override
    public void heard(String line) {
      commands.add(line);
    }

    @Override
    public String answer(String command, String of) {
      if (command.equals("DOT")) {
        Runnable action = atNextDot.getAndSet(null);
        if (action != null) {
          action.run();
        }
      }
      String always = command.equals("RCPT") ? byRecipient.get(of) : null;
      return always == null ? next(command) : always;
    }

    @Override
    public void received(String content, boolean dot) {
      if (!dot) {
        unfinished.add(content);
      }
    }

    @Override
    public void accepted(String from, List<String> recipients, String content) {
      accepted.add(new Accepted(from, recipients, content));
    }
  }
}
