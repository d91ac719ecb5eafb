package io.facteur.recovery;

import java.time.Instant;
import java.time.LocalDate;

/**
 * Something that the restored database does not know. What is not known of it is null.
 *
 * @param subject transmission, document number or file name, by the kind
 * @param where server-side name of it: Message-ID, file name, or the folder that a file lies in
 * @param at when it was handed over, issued or written, by the clock of its node or file server
 * @param outcome of a hand-over: SENT, SPOOLED, or UNCERTAIN where none was heard
 * @param contract number of the contract that a document is of
 * @param draft id of the draft that the document is again
 */
public record Finding(
    Kind kind,
    String subject,
    String channel,
    String document,
    String where,
    Instant at,
    String outcome,
    String contract,
    LocalDate periodFrom,
    LocalDate periodTo,
    Long draft,
    String node) {

  /** What it is, and what becomes of it when the database is released. */
  public enum Kind {
    /** Handed over, but waiting in the ledger: ends as it came out, else as uncertain. */
    HANDED_OVER,
    /** Waits in the ledger, and its document went out by a delivery of the lost time: uncertain. */
    WENT_OTHERWISE,
    /** A hand-over of a delivery that the ledger does not have: stays as it is. */
    UNKNOWN_DELIVERY,
    /** A number that no document has: it is left out, later documents get higher ones. */
    UNKNOWN_DOCUMENT,
    /** A file in a consumer's folder that nothing else explains: stays as it is. */
    UNKNOWN_FILE,
    /** A file in the document store that nothing else explains: stays as it is. */
    UNKNOWN_STORED
  }
}
