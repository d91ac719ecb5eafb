package io.facteur.privacy;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Under which subjects the audit speaks of what a contact takes part in. */
@Component
class AuditEntries {

  private final JdbcClient jdbc;

  AuditEntries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Its contracts and their definitions, those that are removed by now as well. */
  List<String> subjectsOfContracts(DataSubject subject) {
    return jdbc.sql(
            """
            WITH own AS (
              SELECT k.id, k.number FROM contract k
              WHERE k.company_id = :company AND k.contracting_party_id IN (:contacts))
            SELECT CONCAT('contract:', number) FROM own
            UNION
            SELECT CONCAT('definition:', f.id) FROM dispatch_definition f JOIN own ON own.id = f.contract_id
            UNION
            SELECT a.subject FROM audit_event a
              JOIN own ON own.id = JSON_VALUE(COALESCE(a.new_values, a.old_values), '$.contract.value')
            WHERE a.subject LIKE 'definition:%'
              AND a.action IN ('definition.create', 'definition.delete')
            """)
        .param("company", subject.company())
        .param("contacts", subject.ids())
        .query(String.class)
        .list();
  }
}
