package io.facteur.privacy;

import io.facteur.party.AuditLog;
import io.facteur.party.Contacts;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What is told, and kept, of an erasure. */
@Component
class ErasureRecords {

  private final KeptDocuments kept;
  private final Contacts contacts;
  private final AuditLog audit;

  ErasureRecords(KeptDocuments kept, Contacts contacts, AuditLog audit) {
    this.kept = kept;
    this.contacts = contacts;
    this.audit = audit;
  }

  ErasureReport of(DataSubject subject, String code, ErasureWork.Done done, String reason) {
    Instant erasedAt = contacts.get(code).erasedAt();
    List<ErasureReport.KeptYear> years = kept.of(subject);
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("reason", reason);
    entry.put("erased", done.erased());
    entry.put("kept", years.stream().mapToLong(ErasureReport.KeptYear::documents).sum());
    audit.record("contact.erase", "contact:" + code, null, entry);
    return new ErasureReport(code, erasedAt, done.erased(), years, done.sharedWith());
  }
}
