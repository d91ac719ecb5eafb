package io.facteur.contract;

import io.facteur.party.EmailAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The addresses that contracts may send to individuals (DISP-2): the private e-mail places of the
 * contracting party, the delivery address and the people who belong to them.
 */
@Repository
public class IndividualAddresses {

  /**
   * One of them.
   *
   * @param contact code of the contact whose private place it is
   */
  public record Offered(EmailAddress address, String contact) {}

  private final JdbcClient jdbc;

  IndividualAddresses(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The contacts themselves first, then their people, by code. */
  public List<Offered> of(ContractId contract) {
    return of(List.of(contract)).getOrDefault(contract, List.of());
  }

  /** As they are now; contracts without any are left out. One query, whatever the number. */
  public Map<ContractId, List<Offered>> of(Collection<ContractId> contracts) {
    Map<ContractId, List<Offered>> offered = new HashMap<>();
    if (contracts.isEmpty()) {
      return offered;
    }
    jdbc.sql(
            """
            WITH party AS (
              SELECT id AS contract_id, company_id, contracting_party_id AS contact_id
              FROM contract WHERE id IN (:contracts)
              UNION
              SELECT id, company_id, delivery_address_id
              FROM contract WHERE id IN (:contracts) AND delivery_address_id IS NOT NULL),
            taking_part AS (
              SELECT contract_id, contact_id, FALSE AS belongs FROM party
              UNION ALL
              SELECT party.contract_id, person.id, TRUE
              FROM party JOIN contact person
                ON person.company_id = party.company_id AND person.organisation_id = party.contact_id),
            each_contact AS (
              SELECT contract_id, contact_id, MIN(belongs) AS belongs
              FROM taking_part GROUP BY contract_id, contact_id)
            SELECT t.contract_id, c.code, p.value
            FROM each_contact t
            JOIN contact c ON c.id = t.contact_id
            JOIN communication_place p
              ON p.contact_id = c.id AND p.kind = 'EMAIL' AND p.place = 'PRIVATE'
            ORDER BY t.contract_id, t.belongs, c.code, p.id
            """)
        .param("contracts", contracts.stream().map(ContractId::value).distinct().toList())
        .query(
            row -> {
              offered
                  .computeIfAbsent(
                      new ContractId(row.getLong("contract_id")), none -> new ArrayList<>())
                  .add(
                      new Offered(
                          EmailAddress.kept(row.getString("value")), row.getString("code")));
            });
    return offered;
  }
}
