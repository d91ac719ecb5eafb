package io.facteur.dispatch;

import io.facteur.contract.Role;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether a role that nothing has reached gets one more delivery (DISP-5). Pure; the
 * planner asks it before anything is sent, the ledger each time a delivery has ended unsent.
 */
public final class FallbackPolicy {

  /** As a fallback channel: there shall be no fallback. */
  public static final String NONE = "NONE";

  private FallbackPolicy() {}

  /**
   * What is known of one delivery of the document.
   *
   * @param reaches false for copies and archives
   * @param endedUnsent skipped, given up, bounced, rejected or cancelled; an uncertain one is not
   */
  public record Fact(
      String origin, String channel, Role role, boolean reaches, boolean endedUnsent) {}

  /** The origin under which a role's fallback is planned, at most once for each document. */
  public static String origin(Role role) {
    return "fallback:" + role;
  }

  /** An individual has no post of its own: the contracting party's stands in for it. */
  public static Role fallsBackTo(Role role) {
    return role == Role.INDIVIDUAL ? Role.CONTRACTING_PARTY : role;
  }

  /**
   * Whether, and for whom, a fallback is due after a delivery has ended unsent.
   *
   * @param ended the delivery
   * @param all the last revision of every delivery of the document, {@code ended} among them
   * @param channel where to fall back to, or {@link #NONE}
   * @return the role that gets the fallback
   */
  public static Optional<Role> after(Fact ended, List<Fact> all, String channel) {
    boolean chained = ended.origin().startsWith("fallback:");
    if (chained || !ended.reaches() || NONE.equals(channel)) {
      return Optional.empty();
    }
    Role role = fallsBackTo(ended.role());
    boolean reached =
        all.stream().anyMatch(d -> d.reaches() && d.role() == role && !d.endedUnsent());
    boolean planned = all.stream().anyMatch(d -> d.origin().equals(origin(role)));
    boolean channelTried =
        all.stream().anyMatch(d -> d.reaches() && d.role() == role && d.channel().equals(channel));
    return reached || planned || channelTried ? Optional.empty() : Optional.of(role);
  }
}
