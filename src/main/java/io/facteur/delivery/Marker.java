package io.facteur.delivery;

/**
 * Commits, just before a hand-over that cannot be taken back, that it is about to happen. What is
 * found after a crash depends on it.
 */
public interface Marker {

  /**
   * Marks a hand-over whose outcome only the counterpart's reply tells (an e-mail's final dot, an
   * HTTP request). A crash before the outcome is recorded leaves it uncertain.
   *
   * @param messageId under which the counterpart will know it
   * @return false if another node has taken over: then nothing may be handed over
   */
  boolean mark(Claim claim, String messageId);

  /**
   * Marks a file that is about to appear in a consumer's folder. A crash before the outcome is
   * recorded makes the next attempt look for that name before it writes.
   *
   * @param fileName unique among all transmissions
   * @return false if another node has taken over: then nothing may be written
   */
  boolean markFile(Claim claim, String fileName, String sha256);
}
