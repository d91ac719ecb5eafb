package io.facteur.privacy;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.facteur.party.AuditLog;
import io.facteur.party.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Everything that is held of a contact and its people, as one JSON document (GDPR art. 15 and 20),
 * as it stood at one moment. Written as it is read: a hundred thousand deliveries take no more
 * memory than some hundred.
 */
@Service
public class ContactExport {

  private final DataSubjects subjects;
  private final ExportedRows rows;
  private final AuditLog audit;
  private final TransactionTemplate moment;
  private final ObjectMapper json;

  ContactExport(
      DataSubjects subjects,
      ExportedRows rows,
      AuditLog audit,
      PlatformTransactionManager transactions,
      ObjectMapper json) {
    this.subjects = subjects;
    this.rows = rows;
    this.audit = audit;
    this.json = json;
    moment = new TransactionTemplate(transactions);
    moment.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
  }

  /**
   * Writes the export; that it was asked for, and by whom, is recorded before.
   *
   * @throws Refusal if there is no such contact
   */
  public void write(String code, Writer writer) {
    DataSubject subject = subjects.get(code);
    audit.record("contact.export", "contact:" + subject.contact().code(), null, Map.of());
    moment.executeWithoutResult(tx -> write(subject, writer));
  }

  private void write(DataSubject subject, Writer writer) {
    try (JsonGenerator out = json.createGenerator(writer)) {
      out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      out.enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);
      out.writeStartObject();
      out.writeStringField("contact", subject.contact().code());
      out.writeStringField("exportedAt", rows.now());
      section(out, "contacts", row -> rows.contacts(subject, row));
      section(out, "documentAddresses", row -> rows.documentAddresses(subject, row));
      section(out, "communicationPlaces", row -> rows.places(subject, row));
      section(out, "consent", row -> rows.consent(subject, row));
      section(out, "suspendedAddresses", row -> rows.suspendedAddresses(subject, row));
      section(out, "contracts", row -> rows.contracts(subject, row));
      section(out, "dispatchDefinitions", row -> rows.definitions(subject, row));
      section(out, "documents", row -> rows.documents(subject, row));
      section(out, "addressesOnDocuments", row -> rows.addressesOnDocuments(subject, row));
      section(out, "deliveries", row -> rows.deliveries(subject, row));
      section(out, "changes", row -> rows.changes(subject, row));
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void section(
      JsonGenerator out, String name, Consumer<Consumer<Map<String, Object>>> section)
      throws IOException {
    out.writeArrayFieldStart(name);
    section.accept(
        row -> {
          try {
            out.writePOJO(row);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    out.writeEndArray();
  }
}
