package io.facteur.dispatch;

/**
 * Whether something can be addressed through a channel: the recipient, or the reason why not.
 *
 * @param recipient null if there is a reason
 * @param skipReason null if there is a recipient
 */
public record Resolution(Recipient recipient, String skipReason) {

  static Resolution to(Recipient recipient) {
    return new Resolution(recipient, null);
  }

  static Resolution skip(String reason) {
    return new Resolution(null, reason);
  }

  public boolean isSkipped() {
    return skipReason != null;
  }
}
