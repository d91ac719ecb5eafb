package io.facteur.dispatch;

/**
 * Whether something can be addressed through a channel: the recipient, or the reason why not.
 *
 * @param recipient null if there is a reason
 * @param skipped null if there is a recipient
 */
public record Resolution(Recipient recipient, SkipReason skipped) {

  static Resolution to(Recipient recipient) {
    return new Resolution(recipient, null);
  }

  static Resolution skip(PlanProblem.Kind kind, String reason) {
    return new Resolution(null, new SkipReason(kind, reason));
  }

  public boolean isSkipped() {
    return skipped != null;
  }
}
