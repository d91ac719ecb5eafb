package io.facteur.privacy;

import org.springframework.stereotype.Component;

/** Goes through all that is the contact's own: documents, deliveries, contracts, audit. */
@Component
class OwnTraceErasure {

  private final OwnDocuments documents;
  private final MasterDataErasure masterData;
  private final LedgerErasure ledger;
  private final AuditErasure audit;

  OwnTraceErasure(
      OwnDocuments documents,
      MasterDataErasure masterData,
      LedgerErasure ledger,
      AuditErasure audit) {
    this.documents = documents;
    this.masterData = masterData;
    this.ledger = ledger;
    this.audit = audit;
  }

  /** How much was changed. */
  static final class Tally {
    private int documentAddresses;
    private int definitions;
    private int deliveries;
    private int historyEntries;
    private int auditEntries;

    ErasureReport.Erased with(
        DataSubject subject, Pseudonyms pseudonyms, int suspensions, int elsewhere, int answers) {
      return new ErasureReport.Erased(
          subject.people().size(),
          pseudonyms.size(),
          documentAddresses,
          definitions,
          elsewhere,
          suspensions,
          deliveries,
          historyEntries,
          auditEntries,
          answers);
    }
  }

  /**
   * Erases all of it but the contact itself, documents chunk by chunk. Needs the permit. Afterwards
   * the pseudonyms know every address that was found.
   */
  Tally erase(DataSubject subject, Redaction redaction, Pseudonyms pseudonyms) {
    var tally = new Tally();
    documents.inChunks(
        subject,
        chunk -> {
          tally.documentAddresses += masterData.documentAddresses(subject, chunk, pseudonyms);
          LedgerErasure.Count count = ledger.erase(subject, chunk, redaction, pseudonyms);
          tally.deliveries += count.deliveries();
          tally.historyEntries += count.entries();
          tally.auditEntries += audit.documents(chunk, redaction);
        });
    tally.definitions = masterData.individualDefinitions(subject, pseudonyms);
    tally.auditEntries += audit.contracts(subject, redaction);
    tally.auditEntries += audit.ownData(subject, redaction);
    masterData.contracts(subject, redaction);
    return tally;
  }

  Pseudonyms pseudonyms(DataSubject subject) {
    return new Pseudonyms(subject.contact().id().value(), masterData.pseudonymsGiven(subject));
  }

  /**
   * Empties the contact, and finds it under another code in the audit as well.
   *
   * @return how many suspensions were lifted
   */
  int eraseContact(
      DataSubject subject, String code, Pseudonyms pseudonyms, OtherHolders.Shared shared) {
    masterData.contact(subject, code, pseudonyms.given());
    if (!code.equals(subject.contact().code())) {
      audit.rename(subject.contact().code(), code);
    }
    masterData.usedMailboxes(subject, shared.nobodysInCompany());
    return masterData.suspensions(subject, shared.nobodysInCompany());
  }
}
