package io.facteur.chaos;

import java.util.List;

/**
 * How the ledger stands to what the counterparts have.
 *
 * @param uncertainFound deliveries that the ledger calls uncertain
 * @param uncertainCertain windows that the ledger cannot but call so: the dot was received, and the
 *     answer never given
 * @param uncertainPossible those it calls so for another recorded event, which may have left it
 *     open or not
 */
record Verdict(
    List<Finding> findings, int uncertainFound, int uncertainCertain, int uncertainPossible) {

  /** What is wrong. */
  enum Kind {
    /** Nobody has it, though it is owed or was said to be done; or it has not come to its end. */
    LOST,
    /** Somebody has it twice, or in a way that the ledger does not know of. */
    DOUBLED,
    /** It is called uncertain, and nothing that was done explains it. */
    UNCERTAIN_UNEXPLAINED,
    /** Nobody can know how it came out, but the ledger says that it does, or sent it again. */
    UNCERTAIN_MISSING,
    /** A file was not whole, not the one announced, or not reported as its consumer did. */
    FILE
  }

  /** One thing that is wrong, in words. */
  record Finding(Kind kind, String text) {}

  Verdict {
    findings = List.copyOf(findings);
  }

  long count(Kind kind) {
    return findings.stream().filter(finding -> finding.kind() == kind).count();
  }
}
