package io.facteur.privacy;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Empties the contact itself and whatever it has left on contracts and documents. */
@Component
class MasterDataErasure {

  private static final List<String> ADDRESSES =
      List.of("contact_document_address", "contact_reminder_address", "communication_place");

  private static final String PARTY =
      "k.company_id = :company AND k.contracting_party_id IN (:contacts)";

  private final JdbcClient jdbc;
  private final JdbcTemplate batches;

  MasterDataErasure(JdbcClient jdbc, JdbcTemplate batches) {
    this.jdbc = jdbc;
    this.batches = batches;
  }

  /**
   * Removes what was set on documents for the contact's roles. They follow the contact again, which
   * has no address.
   *
   * @return on how many documents
   */
  int documentAddresses(DataSubject subject, List<Long> documents, Pseudonyms pseudonyms) {
    Set<Long> found = new HashSet<>();
    jdbc.sql(
            """
            SELECT x.document_id, m.address
            FROM document d JOIN document_addressing x ON x.document_id = d.id
            LEFT JOIN document_mailbox m
              ON m.document_id = x.document_id AND m.role = x.role AND m.kind = x.kind
            WHERE d.id IN (:documents) AND %s
            """
                .formatted(OwnDocuments.OWNED))
        .param("documents", documents)
        .param("contacts", subject.ids())
        .query(
            row -> {
              found.add(row.getLong("document_id"));
              if (row.getString("address") != null) {
                pseudonyms.of(row.getString("address"));
              }
            });
    if (!found.isEmpty()) {
      jdbc.sql(
              """
              DELETE x FROM document_addressing x JOIN document d ON d.id = x.document_id
              WHERE d.id IN (:documents) AND %s
              """
                  .formatted(OwnDocuments.OWNED))
          .param("documents", found)
          .param("contacts", subject.ids())
          .update();
    }
    return found.size();
  }

  /** Removes definitions of its contracts for individuals, except those of others' people. */
  int individualDefinitions(DataSubject subject, Pseudonyms pseudonyms) {
    Map<Long, String> found = new HashMap<>();
    jdbc.sql(
            """
            SELECT f.id, f.individual_address
            FROM dispatch_definition f JOIN contract k ON k.id = f.contract_id
            WHERE k.company_id = :company AND f.role = 'INDIVIDUAL'
              AND (k.contracting_party_id IN (:contacts) OR k.delivery_address_id IN (:contacts))
              AND (
                LOWER(f.individual_address) IN (
                  SELECT LOWER(p.value) FROM communication_place p WHERE p.contact_id IN (:contacts))
                OR (k.contracting_party_id IN (:contacts) AND LOWER(f.individual_address) NOT IN (
                  SELECT LOWER(p.value) FROM communication_place p JOIN contact c ON c.id = p.contact_id
                  WHERE c.company_id = :company AND c.id NOT IN (:contacts) AND p.kind = 'EMAIL')))
            """)
        .param("company", subject.company())
        .param("contacts", subject.ids())
        .query(
            row -> {
              found.put(row.getLong("id"), row.getString("individual_address"));
            });
    pseudonyms.know(found.values());
    batches.batchUpdate(
        "DELETE FROM dispatch_definition WHERE id = ?",
        found.keySet().stream().map(id -> new Object[] {id}).toList());
    return found.size();
  }

  /** Contracts stay, as what the kept invoices rest on; texts that name the contact do not. */
  void contracts(DataSubject subject, Redaction redaction) {
    jdbc.sql("UPDATE contract k SET k.buyer_reference = NULL WHERE " + PARTY)
        .param("company", subject.company())
        .param("contacts", subject.ids())
        .update();
    redact(
        subject, redaction, new Texts("contract", "id", List.of("id"), List.of("order_reference")));
    redact(
        subject,
        redaction,
        new Texts("contract_line", "contract_id", List.of("id"), List.of("name", "description")));
    redact(
        subject,
        redaction,
        new Texts(
            "contract_allowance",
            "contract_id",
            List.of("contract_id", "line_position", "position"),
            List.of("reason")));
    redact(
        subject,
        redaction,
        new Texts("run_problem", "contract_id", List.of("id"), List.of("reason")));
  }

  /** Free texts about contracts. */
  private record Texts(String table, String contract, List<String> key, List<String> columns) {

    private String select() {
      return "SELECT %s, %s FROM contract k JOIN %s t ON t.%s = k.id WHERE %s"
          .formatted(listed("t.%s", key), listed("t.%s", columns), table, contract, PARTY);
    }

    private String update() {
      return "UPDATE %s SET %s WHERE %s"
          .formatted(
              table,
              listed("%s = ?", columns),
              key.stream().map("%s = ?"::formatted).collect(joining(" AND ")));
    }

    private static String listed(String form, List<String> names) {
      return names.stream().map(form::formatted).collect(joining(", "));
    }
  }

  private void redact(DataSubject subject, Redaction redaction, Texts texts) {
    List<Object[]> changed = new ArrayList<>();
    jdbc.sql(texts.select())
        .param("company", subject.company())
        .param("contacts", subject.ids())
        .query(
            row -> {
              List<Object> values = new ArrayList<>();
              boolean differs = false;
              for (String column : texts.columns()) {
                String before = row.getString(column);
                String after = redaction.text(before);
                differs |= !Objects.equals(before, after);
                values.add(after);
              }
              for (String column : texts.key()) {
                values.add(row.getLong(column));
              }
              if (differs) {
                changed.add(values.toArray());
              }
            });
    batches.batchUpdate(texts.update(), changed);
  }

  /**
   * Forgets that addresses were mailed to and that they are suspended, unless another contact of
   * the company has them.
   *
   * @return how many suspensions were lifted
   */
  int notedAddresses(DataSubject subject, OtherHolders.Shared shared) {
    forget("used_mailbox", "mailbox", subject, shared);
    return forget("suspended_address", "address_key", subject, shared);
  }

  /** Table and column are texts of this class. */
  private int forget(String table, String column, DataSubject subject, OtherHolders.Shared shared) {
    if (shared.nobodysInCompany().isEmpty()) {
      return 0;
    }
    String inCompany =
        "DELETE FROM %s WHERE company_id = :company AND %s IN (:addresses)"
            .formatted(table, column);
    int forgotten =
        jdbc.sql(inCompany)
            .param("company", subject.company())
            .param("addresses", shared.nobodysInCompany())
            .update();
    if (!shared.nobodys().isEmpty()) {
      forgotten +=
          jdbc.sql("DELETE FROM %s WHERE %s IN (:addresses)".formatted(table, column))
              .param("addresses", shared.nobodys())
              .update();
    }
    return forgotten;
  }

  /** How many pseudonyms earlier erasures of the contact have given. */
  int pseudonymsGiven(DataSubject subject) {
    return jdbc.sql("SELECT COALESCE(erased_pseudonyms, 0) FROM contact WHERE id = :contact")
        .param("contact", subject.contact().id().value())
        .query(Integer.class)
        .single();
  }

  /**
   * The contact as nothing but a row that documents refer to.
   *
   * @param code under which it is found from now on
   * @param pseudonyms how many it has got by now
   */
  void contact(DataSubject subject, String code, int pseudonyms) {
    for (String table : ADDRESSES) {
      jdbc.sql("DELETE FROM " + table + " WHERE contact_id IN (:contacts)")
          .param("contacts", subject.ids())
          .update();
    }
    jdbc.sql(
            """
            UPDATE contact SET name = 'erased', primary_person = FALSE, additional_name = NULL,
              street = NULL, postcode = NULL, city = NULL, country = NULL, vat_id = NULL,
              registration_id = NULL, registration_scheme = NULL, general_email = NULL,
              endpoint_scheme = NULL, endpoint_id = NULL, buyer_reference = NULL,
              mandate_reference = NULL, mandate_iban = NULL, mandate_signed_on = NULL,
              code = IF(id = :contact, :code, code),
              erased_pseudonyms = IF(id = :contact, :pseudonyms, COALESCE(erased_pseudonyms, 0)),
              erased_at = COALESCE(erased_at, UTC_TIMESTAMP(6)), version = version + 1
            WHERE id IN (:contacts)
            """)
        .param("contact", subject.contact().id().value())
        .param("code", code)
        .param("pseudonyms", pseudonyms)
        .param("contacts", subject.ids())
        .update();
  }
}
