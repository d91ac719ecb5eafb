package io.facteur.contract;

import io.facteur.party.EmailAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** Rows of the table {@code dispatch_definition}. */
@Repository
class DefinitionRows {

  private static final String SELECT =
      """
      SELECT id, version, contract_id, domain, channel, role, individual_address, format, language,
        template, is_copy, valid_from, valid_to
      FROM dispatch_definition
      """;

  private final JdbcClient jdbc;

  DefinitionRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<DispatchDefinition> ofContract(ContractId contract) {
    return jdbc.sql(SELECT + "WHERE contract_id = :contract ORDER BY id")
        .param("contract", contract.value())
        .query(DefinitionRows::read)
        .list();
  }

  List<DispatchDefinition> byIds(Collection<DefinitionId> ids) {
    return jdbc.sql(SELECT + "WHERE id IN (:ids) ORDER BY id")
        .param("ids", ids.stream().map(DefinitionId::value).distinct().toList())
        .query(DefinitionRows::read)
        .list();
  }

  List<DispatchDefinition> ofContracts(Collection<ContractId> contracts) {
    return jdbc.sql(SELECT + "WHERE contract_id IN (:contracts) ORDER BY contract_id, id")
        .param("contracts", contracts.stream().map(ContractId::value).distinct().toList())
        .query(DefinitionRows::read)
        .list();
  }

  DefinitionId insert(DispatchDefinition definition) {
    var key = new GeneratedKeyHolder();
    jdbc.sql(
            """
            INSERT INTO dispatch_definition (contract_id, domain, channel, role,
              individual_address, format, language, template, is_copy, valid_from, valid_to)
            VALUES (:contract, :domain, :channel, :role, :individualAddress, :format, :language,
              :template, :copy, :validFrom, :validTo)
            """)
        .params(values(definition))
        .param("contract", definition.contract().value())
        .update(key, "id");
    return new DefinitionId(key.getKeyAs(Number.class).longValue());
  }

  boolean update(DispatchDefinition definition) {
    return jdbc.sql(
                """
                UPDATE dispatch_definition SET domain = :domain, channel = :channel, role = :role,
                  individual_address = :individualAddress, format = :format, language = :language,
                  template = :template, is_copy = :copy, valid_from = :validFrom,
                  valid_to = :validTo, version = version + 1
                WHERE id = :id AND version = :version
                """)
            .params(values(definition))
            .param("id", definition.id().value())
            .param("version", definition.version())
            .update()
        == 1;
  }

  boolean delete(DefinitionId id, int version) {
    return jdbc.sql("DELETE FROM dispatch_definition WHERE id = :id AND version = :version")
            .param("id", id.value())
            .param("version", version)
            .update()
        == 1;
  }

  private static DispatchDefinition read(ResultSet row, int number) throws SQLException {
    String individual = row.getString("individual_address");
    return new DispatchDefinition(
        new DefinitionId(row.getLong("id")),
        row.getInt("version"),
        new ContractId(row.getLong("contract_id")),
        Domain.valueOf(row.getString("domain")),
        row.getString("channel"),
        Role.valueOf(row.getString("role")),
        individual == null ? null : EmailAddress.kept(individual),
        row.getString("format"),
        row.getString("language"),
        row.getString("template"),
        row.getBoolean("is_copy"),
        row.getObject("valid_from", LocalDate.class),
        row.getObject("valid_to", LocalDate.class));
  }

  private static Map<String, Object> values(DispatchDefinition definition) {
    EmailAddress individual = definition.individualAddress();
    Map<String, Object> values = new HashMap<>();
    values.put("domain", definition.domain().name());
    values.put("channel", definition.channel());
    values.put("role", definition.role().name());
    values.put("individualAddress", individual == null ? null : individual.value());
    values.put("format", definition.format());
    values.put("language", definition.language());
    values.put("template", definition.template());
    values.put("copy", definition.copy());
    values.put("validFrom", definition.validFrom());
    values.put("validTo", definition.validTo());
    return values;
  }
}
