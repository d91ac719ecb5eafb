package io.facteur.privacy;

import com.fasterxml.jackson.databind.util.RawValue;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Repository;

/**
 * Reads what an export holds, row by row. The columns' names are the properties of the JSON; what
 * is null is left out.
 */
@Repository
class ExportedRows {

  private static final int AT_ONCE = 500;

  /** Columns that hold JSON. */
  private static final Set<String> JSON =
      Set.of(
          "types",
          "to",
          "cc",
          "bcc",
          "reminderAddresses",
          "refused",
          "buyer",
          "deliverTo",
          "recipient",
          "givenMailboxes",
          "evidence",
          "before",
          "after");

  private final NamedParameterJdbcTemplate jdbc;
  private final OwnDocuments documents;
  private final AuditEntries audit;
  private final Traces traces;

  ExportedRows(DataSource database, OwnDocuments documents, AuditEntries audit, Traces traces) {
    JdbcTemplate streaming = new JdbcTemplate(database);
    streaming.setFetchSize(AT_ONCE);
    this.jdbc = new NamedParameterJdbcTemplate(streaming);
    this.documents = documents;
    this.audit = audit;
    this.traces = traces;
  }

  String now() {
    return jdbc.getJdbcOperations()
        .queryForObject("SELECT UTC_TIMESTAMP(6)", LocalDateTime.class)
        .toInstant(ZoneOffset.UTC)
        .toString();
  }

  void contacts(DataSubject subject, Consumer<Map<String, Object>> reader) {
    read(
        """
        SELECT c.code, o.code AS company, c.kind, g.code AS organisation,
          c.primary_person AS primaryPerson, c.name, c.additional_name AS additionalName, c.street,
          c.postcode, c.city, c.country, c.language, c.vat_id AS vatId,
          c.registration_id AS registrationId, c.registration_scheme AS registrationScheme,
          c.endpoint_scheme AS endpointScheme, c.endpoint_id AS endpointId,
          c.buyer_reference AS buyerReference, c.mandate_reference AS mandateReference,
          c.mandate_iban AS mandateIban, c.mandate_signed_on AS mandateSignedOn, c.general_email AS generalAddress,
          (SELECT JSON_ARRAYAGG(r.address ORDER BY r.position) FROM contact_reminder_address r
            WHERE r.contact_id = c.id) AS reminderAddresses,
          c.paperless_refused AS paperlessRefused, c.erased_at AS erasedAt
        FROM contact c JOIN company o ON o.id = c.company_id
        LEFT JOIN contact g ON g.id = c.organisation_id
        WHERE c.id IN (:contacts) ORDER BY c.id
        """,
        values(subject),
        reader);
  }

  void documentAddresses(DataSubject subject, Consumer<Map<String, Object>> reader) {
    read(
        """
        SELECT c.code AS contact,
          (SELECT JSON_ARRAYAGG(t.document_type ORDER BY t.document_type)
            FROM contact_document_address_type t WHERE t.document_address_id = a.id) AS types,
          (SELECT JSON_ARRAYAGG(m.address ORDER BY m.position) FROM contact_document_mailbox m
            WHERE m.document_address_id = a.id AND m.field = 'TO') AS `to`,
          (SELECT JSON_ARRAYAGG(m.address ORDER BY m.position) FROM contact_document_mailbox m
            WHERE m.document_address_id = a.id AND m.field = 'CC') AS cc,
          (SELECT JSON_ARRAYAGG(m.address ORDER BY m.position) FROM contact_document_mailbox m
            WHERE m.document_address_id = a.id AND m.field = 'BCC') AS bcc
        FROM contact_document_address a JOIN contact c ON c.id = a.contact_id
        WHERE c.id IN (:contacts) ORDER BY a.id
        """,
        values(subject),
        reader);
  }

  void places(DataSubject subject, Consumer<Map<String, Object>> reader) {
    read(
        """
        SELECT c.code AS contact, p.kind, p.place, p.value
        FROM communication_place p JOIN contact c ON c.id = p.contact_id
        WHERE c.id IN (:contacts) ORDER BY p.id
        """,
        values(subject),
        reader);
  }

  void consent(DataSubject subject, Consumer<Map<String, Object>> reader) {
    read(
        """
        SELECT SUBSTRING(a.subject, 9) AS contact, a.at, a.actor AS `by`,
          JSON_EXTRACT(a.new_values, '$.refused') AS refused,
          JSON_VALUE(a.new_values, '$.proof') AS proof
        FROM audit_event a
        WHERE a.subject IN (:subjects) AND a.action = 'contact.consent' ORDER BY a.id
        """,
        values(subject),
        reader);
  }

  void suspendedAddresses(DataSubject subject, Consumer<Map<String, Object>> reader) {
    ofAddresses(
        subject,
        """
        SELECT s.address, s.reason, s.evidence, s.since, s.suspended_by AS `by`
        FROM suspended_address s
        WHERE s.company_id = :company AND s.address_key IN (:addresses) ORDER BY s.id
        """,
        reader);
  }

  /** Since when the company has mailed to them. */
  void usedAddresses(DataSubject subject, Consumer<Map<String, Object>> reader) {
    ofAddresses(
        subject,
        """
        SELECT u.mailbox AS address, u.first_used_at AS since FROM used_mailbox u
        WHERE u.company_id = :company AND u.mailbox IN (:addresses) ORDER BY u.mailbox
        """,
        reader);
  }

  private void ofAddresses(DataSubject subject, String sql, Consumer<Map<String, Object>> reader) {
    List<String> addresses =
        traces.of(subject).addresses().stream()
            .map(address -> address.toLowerCase(Locale.ROOT))
            .toList();
    if (!addresses.isEmpty()) {
      Map<String, Object> values = values(subject);
      values.put("addresses", addresses);
      read(sql, values, reader);
    }
  }

  void contracts(DataSubject subject, Consumer<Map<String, Object>> reader) {
    read(
        """
        SELECT k.number, p.code AS contractingParty, q.code AS deliveryAddress,
          k.start_date AS `start`, k.end_date AS `end`, k.buyer_reference AS buyerReference,
          k.order_reference AS orderReference
        FROM contract k JOIN contact p ON p.id = k.contracting_party_id
        LEFT JOIN contact q ON q.id = k.delivery_address_id
        WHERE k.company_id = :company
          AND (k.contracting_party_id IN (:contacts) OR k.delivery_address_id IN (:contacts))
        ORDER BY k.id
        """,
        values(subject),
        reader);
  }

  /** Those of its own contracts, and of others' those that lead to it. */
  void definitions(DataSubject subject, Consumer<Map<String, Object>> reader) {
    read(
        """
        SELECT k.number AS contract, f.id, f.domain, f.channel, f.role,
          f.individual_address AS address, f.is_copy AS copy, f.valid_from AS validFrom,
          f.valid_to AS validTo
        FROM dispatch_definition f JOIN contract k ON k.id = f.contract_id
        WHERE k.company_id = :company AND (k.contracting_party_id IN (:contacts)
          OR (k.delivery_address_id IN (:contacts) AND f.role = 'DELIVERY_ADDRESS')
          OR LOWER(f.individual_address) IN (SELECT LOWER(p.value) FROM communication_place p
            WHERE p.contact_id IN (:contacts) AND p.kind = 'EMAIL'))
        ORDER BY f.id
        """,
        values(subject),
        reader);
  }

  /** Where it is only delivered to, buyer and amounts are somebody else's. */
  void documents(DataSubject subject, Consumer<Map<String, Object>> reader) {
    inChunks(
        subject,
        """
        SELECT d.id, d.number, d.type, d.state, d.issue_date AS issueDate, d.due_date AS dueDate,
          d.period_from AS periodFrom, d.period_to AS periodTo, k.number AS contract, d.language,
          d.deliver_to AS deliverTo, d.created_at AS createdAt,
          IF(d.contact_id IN (:contacts), d.buyer, NULL) AS buyer,
          IF(d.contact_id IN (:contacts), d.buyer_reference, NULL) AS buyerReference,
          IF(d.contact_id IN (:contacts), d.order_reference, NULL) AS orderReference,
          IF(d.contact_id IN (:contacts), d.note, NULL) AS note,
          IF(d.contact_id IN (:contacts), d.currency, NULL) AS currency,
          IF(d.contact_id IN (:contacts), d.tax_exclusive_total, NULL) AS taxExclusive,
          IF(d.contact_id IN (:contacts), d.tax_total, NULL) AS tax,
          IF(d.contact_id IN (:contacts), d.tax_inclusive_total, NULL) AS taxInclusive,
          IF(d.contact_id IN (:contacts), d.payable_amount, NULL) AS payable
        FROM document d LEFT JOIN contract k ON k.id = d.contract_id
        WHERE d.id IN (:documents) ORDER BY d.id
        """,
        reader);
  }

  void addressesOnDocuments(DataSubject subject, Consumer<Map<String, Object>> reader) {
    inChunks(
        subject,
        """
        SELECT d.id AS document, d.number, x.role, x.kind, x.source, x.set_at AS at, x.set_by AS `by`,
          (SELECT JSON_ARRAYAGG(m.address ORDER BY m.position) FROM document_mailbox m
            WHERE m.document_id = x.document_id AND m.role = x.role AND m.kind = x.kind
              AND m.field = 'TO') AS `to`,
          (SELECT JSON_ARRAYAGG(m.address ORDER BY m.position) FROM document_mailbox m
            WHERE m.document_id = x.document_id AND m.role = x.role AND m.kind = x.kind
              AND m.field = 'CC') AS cc,
          (SELECT JSON_ARRAYAGG(m.address ORDER BY m.position) FROM document_mailbox m
            WHERE m.document_id = x.document_id AND m.role = x.role AND m.kind = x.kind
              AND m.field = 'BCC') AS bcc
        FROM document_addressing x JOIN document d ON d.id = x.document_id
        WHERE d.id IN (:documents) AND %s
        ORDER BY d.id, x.role, x.kind
        """
            .formatted(OwnDocuments.OWNED),
        reader);
  }

  /** Each with its history. */
  void deliveries(DataSubject subject, Consumer<Map<String, Object>> reader) {
    documents.inChunks(
        subject,
        chunk -> {
          Map<String, Object> values = values(subject);
          values.put("documents", chunk);
          values.put("after", 0L);
          List<Map<String, Object>> some = someDeliveries(values);
          while (!some.isEmpty()) {
            addHistory(some);
            some.forEach(reader);
            values.put("after", some.get(some.size() - 1).get("id"));
            some = someDeliveries(values);
          }
        });
  }

  /** What has been changed of it, of its contracts and of the addresses on its documents. */
  void changes(DataSubject subject, Consumer<Map<String, Object>> reader) {
    List<String> about = new ArrayList<>(subject.auditSubjects());
    about.addAll(audit.subjectsOfContracts(subject));
    changes(about, reader);
    documents.inChunks(
        subject, chunk -> changes(chunk.stream().map(id -> "document:" + id).toList(), reader));
  }

  private void changes(List<String> about, Consumer<Map<String, Object>> reader) {
    read(
        """
        SELECT a.at, a.actor AS `by`, a.action, a.subject, a.old_values AS `before`,
          a.new_values AS after
        FROM audit_event a WHERE a.subject IN (:about) ORDER BY a.id
        """,
        Map.of("about", about),
        reader);
  }

  private List<Map<String, Object>> someDeliveries(Map<String, Object> values) {
    List<Map<String, Object>> found = new ArrayList<>();
    read(
        """
        SELECT x.id, d.id AS document, d.number, x.origin, x.revision, x.channel, x.role,
          x.individual_address AS individual, x.given_mailboxes AS givenMailboxes, x.recipient, x.state,
          x.retry_at AS retryAt, x.reason, x.evidence, x.created_at AS createdAt,
          x.changed_at AS changedAt, t.message_id AS messageId, t.file_name AS file,
          t.file_sha256 AS sha256
        FROM document d JOIN delivery x ON x.document_id = d.id
        LEFT JOIN transmission t ON t.id = x.transmission_id
        WHERE d.id IN (:documents) AND x.id > :after AND %s
        ORDER BY x.id LIMIT %d
        """
            .formatted(OwnDocuments.OWNED, AT_ONCE),
        values,
        found::add);
    return found;
  }

  private void addHistory(List<Map<String, Object>> deliveries) {
    Map<Object, List<Map<String, Object>>> histories = new HashMap<>();
    deliveries.forEach(
        delivery -> {
          List<Map<String, Object>> history = new ArrayList<>();
          delivery.put("history", history);
          histories.put(delivery.get("id"), history);
        });
    read(
        """
        SELECT e.delivery_id AS delivery, e.at, e.state, e.retry_at AS retryAt, e.actor AS `by`,
          e.reason, e.evidence
        FROM delivery_event e WHERE e.delivery_id IN (:deliveries) ORDER BY e.id
        """,
        Map.of("deliveries", histories.keySet()),
        entry -> histories.get(entry.remove("delivery")).add(entry));
  }

  private void inChunks(DataSubject subject, String sql, Consumer<Map<String, Object>> reader) {
    documents.inChunks(
        subject,
        chunk -> {
          Map<String, Object> values = values(subject);
          values.put("documents", chunk);
          read(sql, values, reader);
        });
  }

  private static Map<String, Object> values(DataSubject subject) {
    Map<String, Object> values = new HashMap<>();
    values.put("contacts", subject.ids());
    values.put("company", subject.company());
    values.put("subjects", subject.auditSubjects());
    return values;
  }

  private void read(String sql, Map<String, Object> values, Consumer<Map<String, Object>> reader) {
    RowCallbackHandler each = row -> reader.accept(properties(row));
    jdbc.query(sql, values, each);
  }

  private static Map<String, Object> properties(ResultSet row) throws SQLException {
    ResultSetMetaData columns = row.getMetaData();
    Map<String, Object> properties = new LinkedHashMap<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      String name = columns.getColumnLabel(i);
      Object value = row.getObject(i);
      if (value != null) {
        properties.put(name, JSON.contains(name) ? new RawValue(row.getString(i)) : plain(value));
      }
    }
    return properties;
  }

  /** Times are in UTC. */
  private static Object plain(Object value) {
    if (value instanceof java.sql.Timestamp time) {
      return time.toInstant().toString();
    }
    if (value instanceof LocalDateTime time) {
      return time.toInstant(ZoneOffset.UTC).toString();
    }
    if (value instanceof java.sql.Date day) {
      return day.toLocalDate().toString();
    }
    if (value instanceof LocalDate day) {
      return day.toString();
    }
    return value instanceof Number || value instanceof Boolean || value instanceof BigDecimal
        ? value
        : value.toString();
  }
}
