package io.facteur.privacy;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Carries out an erasure that nothing stands in the way of. */
@Component
class ErasureWork {

  private final OwnTraceErasure own;
  private final Sweep sweep;
  private final OtherHolders holders;
  private final ErasurePermit permit;
  private final Traces traces;

  ErasureWork(
      OwnTraceErasure own, Sweep sweep, OtherHolders holders, ErasurePermit permit, Traces traces) {
    this.own = own;
    this.sweep = sweep;
    this.holders = holders;
    this.permit = permit;
    this.traces = traces;
  }

  /**
   * What was done.
   *
   * @param sharedWith codes of other contacts that have some of the addresses
   */
  record Done(ErasureReport.Erased erased, List<String> sharedWith) {}

  /**
   * Erases, in the caller's transaction.
   *
   * @param code under which the contact is found afterwards
   */
  Done carryOut(DataSubject subject, Traces.Known known, String code) {
    String before = subject.contact().code();
    Pseudonyms pseudonyms = own.pseudonyms(subject);
    Redaction redaction = traces.redaction(subject, known, pseudonyms);
    if (!code.equals(before)) {
      redaction.replace(before, code);
    }
    return permit.during(
        () -> {
          OwnTraceErasure.Tally tally = own.erase(subject, redaction, pseudonyms);
          OtherHolders.Shared shared = holders.of(subject, pseudonyms.addresses());
          sweep.replace(shared.nobodys(), redaction);
          int elsewhere = sweep.remove(shared.nobodys());
          int answers =
              sweep.answers(
                  Stream.concat(shared.nobodys().stream(), known.texts().stream()).toList());
          if (!code.equals(before)) {
            sweep.renameInAnswers(before, code);
          }
          int suspensions = own.eraseContact(subject, code, pseudonyms, shared);
          return new Done(
              tally.with(subject, pseudonyms, suspensions, elsewhere, answers), shared.codes());
        });
  }
}
