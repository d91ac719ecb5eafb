package io.facteur.party;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A request that breaks a rule and therefore changes nothing. Thrown inside the transaction, which
 * it rolls back; whoever talks to the outside turns it into an answer.
 */
public class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why it is refused. */
  public enum Kind {
    /** A value is wrong or refers to nothing. */
    INVALID,
    /** What the request is about does not exist. */
    NOT_FOUND,
    /** It contradicts what is already there. */
    CONFLICT,
    /** Somebody else has changed it in the meantime. */
    STALE
  }

  /**
   * One thing that is wrong.
   *
   * @param field path as in the request, e.g. {@code lines[2].vatRate}
   * @param message the reason and what to do; names no person
   */
  public record Problem(String field, String message) {}

  private final Kind kind;
  private final transient List<Problem> problems;

  public Refusal(Kind kind, List<Problem> problems) {
    super(
        problems.stream()
            .map(problem -> problem.field() + ": " + problem.message())
            .collect(Collectors.joining("; ")));
    this.kind = kind;
    this.problems = List.copyOf(problems);
  }

  public static Refusal invalid(String field, String message) {
    return new Refusal(Kind.INVALID, List.of(new Problem(field, message)));
  }

  public static Refusal conflict(String field, String message) {
    return new Refusal(Kind.CONFLICT, List.of(new Problem(field, message)));
  }

  /** The thing that a path names is not there, e.g. {@code notFound("contact", "C-1001")}. */
  public static Refusal notFound(String thing, String key) {
    return new Refusal(
        Kind.NOT_FOUND, List.of(new Problem(thing, "there is no " + thing + " '" + key + "'")));
  }

  public static Refusal stale(String thing, String key, int expected) {
    String message =
        thing + " '" + key + "' is no longer at version " + expected + ": read it again";
    return new Refusal(Kind.STALE, List.of(new Problem("version", message)));
  }

  /** Of something whose version is no number. */
  public static Refusal changed(String thing, String key, String message) {
    return new Refusal(
        Kind.STALE, List.of(new Problem("version", thing + " '" + key + "': " + message)));
  }

  public Kind kind() {
    return kind;
  }

  public List<Problem> problems() {
    return problems;
  }
}
