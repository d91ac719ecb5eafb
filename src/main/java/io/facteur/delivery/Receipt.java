package io.facteur.delivery;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a channel reports of a transmission. The ledger alone turns it into states.
 *
 * @param reason for people; null only where all went well
 * @param evidence e.g. SMTP reply, Message-ID, file name, SHA-256
 */
public record Receipt(Outcome outcome, String reason, Map<String, String> evidence) {

  /** How a transmission came out. */
  public enum Outcome {
    /** Handed over and accepted by the counterpart. */
    SENT,
    /** Lies, whole, where its consumer takes it. */
    SPOOLED,
    /** Certainly not handed over; trying again makes sense. */
    FAILED_TEMPORARILY,
    /** Certainly not handed over, and it never will be. */
    FAILED_FOR_GOOD,
    /**
     * Broken off by an error that says nothing of the counterpart: before the mark it is as {@link
     * #FAILED_TEMPORARILY}, after it as {@link #UNCERTAIN}. The ledger knows which. A marked file
     * is looked for by the next attempt, and uncertain only after the last.
     */
    BROKEN_OFF,
    /** Nobody can tell whether it was handed over. */
    UNCERTAIN,
    /** Cannot be carried out as things stand: no address, refused, no route. */
    SKIPPED,
    /** Another node has taken over: nothing was handed over here, nothing is to be recorded. */
    CLAIM_LOST
  }

  /** Evidence: the file that was handed over, or whose writing failed after it was looked for. */
  public static final String FILE = "file";

  public Receipt {
    evidence = Map.copyOf(evidence);
  }

  public static Receipt sent(Map<String, String> evidence) {
    return new Receipt(Outcome.SENT, null, evidence);
  }

  public static Receipt spooled(Map<String, String> evidence) {
    return new Receipt(Outcome.SPOOLED, null, evidence);
  }

  public static Receipt failedTemporarily(String reason, Map<String, String> evidence) {
    return new Receipt(Outcome.FAILED_TEMPORARILY, reason, evidence);
  }

  public static Receipt failedForGood(String reason, Map<String, String> evidence) {
    return new Receipt(Outcome.FAILED_FOR_GOOD, reason, evidence);
  }

  public static Receipt brokenOff(String reason) {
    return brokenOff(reason, Map.of());
  }

  public static Receipt brokenOff(String reason, Map<String, String> evidence) {
    return new Receipt(Outcome.BROKEN_OFF, reason, evidence);
  }

  public static Receipt uncertain(String reason, Map<String, String> evidence) {
    return new Receipt(Outcome.UNCERTAIN, reason, evidence);
  }

  public static Receipt skipped(String reason) {
    return new Receipt(Outcome.SKIPPED, reason, Map.of());
  }

  public static Receipt claimLost() {
    return new Receipt(Outcome.CLAIM_LOST, "another node has taken over", Map.of());
  }

  /** Whether it is certain of the file that it names: it lies there, or nowhere. */
  boolean knowsItsFile() {
    return outcome != Outcome.BROKEN_OFF
        && outcome != Outcome.UNCERTAIN
        && evidence.containsKey(FILE);
  }

  /** The same receipt with one more piece of evidence. */
  public Receipt with(String key, String value) {
    Map<String, String> more = new TreeMap<>(evidence);
    more.put(key, value);
    return new Receipt(outcome, reason, more);
  }
}
