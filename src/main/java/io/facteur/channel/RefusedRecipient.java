package io.facteur.channel;

/**
 * A recipient whom the mail server does not take.
 *
 * @param reply the server's words
 */
public record RefusedRecipient(String address, String reply) {

  /** As evidence keeps it. */
  @Override
  public String toString() {
    return address + ": " + reply;
  }
}
