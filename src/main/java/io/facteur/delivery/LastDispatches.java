package io.facteur.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.facteur.contract.ContractId;
import io.facteur.contract.Domain;
import io.facteur.contract.Role;
import io.facteur.dispatch.Destination;
import io.facteur.dispatch.LastDispatch;
import io.facteur.document.DocumentId;
import io.facteur.document.DocumentType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads how the last document of contracts went out, to compare a plan with. */
@Repository
public class LastDispatches {

  private final JdbcClient jdbc;
  private final LedgerJson json;

  LastDispatches(JdbcClient jdbc, LedgerJson json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  private record Last<K>(K of, Long document) {}

  /**
   * The contracts' last issued documents of a domain; contracts without any are left out. Two
   * queries, whatever the number.
   */
  public Map<ContractId, LastDispatch> of(Collection<ContractId> contracts, Domain domain) {
    return last(
        """
        SELECT c.id, (
          SELECT p.id FROM document p
          WHERE p.contract_id = c.id AND p.issued_at IS NOT NULL AND p.type IN (:types)
          ORDER BY p.issued_at DESC, p.id DESC LIMIT 1) AS last
        FROM contract c WHERE c.id IN (:ids)
        """,
        contracts.stream().map(ContractId::value).toList(),
        domain,
        (row, i) -> new ContractId(row.getLong("id")));
  }

  /**
   * For documents of contracts, drafts as issued ones: what was issued before them; documents
   * without any such are left out. Two queries, whatever the number.
   */
  public Map<DocumentId, LastDispatch> before(Collection<DocumentId> documents, Domain domain) {
    return last(
        """
        SELECT d.id, (
          SELECT p.id FROM document p
          WHERE p.contract_id = d.contract_id AND p.issued_at IS NOT NULL AND p.type IN (:types)
            AND (d.issued_at IS NULL OR p.issued_at < d.issued_at
              OR (p.issued_at = d.issued_at AND p.id < d.id))
          ORDER BY p.issued_at DESC, p.id DESC LIMIT 1) AS last
        FROM document d WHERE d.id IN (:ids)
        """,
        documents.stream().map(DocumentId::value).toList(),
        domain,
        (row, i) -> new DocumentId(row.getLong("id")));
  }

  private <K> Map<K, LastDispatch> last(
      String sql, List<Long> ids, Domain domain, RowMapper<K> key) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    List<Last<K>> found =
        jdbc.sql(sql)
            .param("ids", ids)
            .param("types", types(domain))
            .query((row, i) -> new Last<>(key.mapRow(row, i), row.getObject("last", Long.class)))
            .list();
    Map<Long, LastDispatch> dispatches =
        dispatches(found.stream().map(Last::document).filter(Objects::nonNull).toList());
    Map<K, LastDispatch> all = new HashMap<>();
    for (Last<K> one : found) {
      if (one.document() != null) {
        all.put(one.of(), dispatches.get(one.document()));
      }
    }
    return all;
  }

  private static List<String> types(Domain domain) {
    return Stream.of(DocumentType.values())
        .filter(type -> type.domain() == domain)
        .map(DocumentType::name)
        .toList();
  }

  private Map<Long, LastDispatch> dispatches(List<Long> documents) {
    Map<Long, String> numbers = new LinkedHashMap<>();
    Map<Long, List<LastDispatch.Delivery>> deliveries = new HashMap<>();
    if (!documents.isEmpty()) {
      jdbc.sql(
              """
              SELECT d.id, d.number, v.origin, v.channel, v.role, v.individual_address, v.is_copy, v.state,
                v.recipient
              FROM document d
              LEFT JOIN delivery v
                ON v.document_id = d.id AND v.revision = 1 AND v.origin NOT LIKE 'manual:%'
              WHERE d.id IN (:ids) ORDER BY d.id, v.id
              """)
          .param("ids", documents)
          .query(
              row -> {
                long document = row.getLong("id");
                numbers.put(document, row.getString("number"));
                if (row.getString("origin") != null) {
                  deliveries
                      .computeIfAbsent(document, none -> new ArrayList<>())
                      .add(delivery(row));
                }
              });
    }
    return numbers.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                one ->
                    new LastDispatch(
                        one.getValue(), deliveries.getOrDefault(one.getKey(), List.of()))));
  }

  private LastDispatch.Delivery delivery(ResultSet row) throws SQLException {
    String recipient = row.getString("recipient");
    return new LastDispatch.Delivery(
        row.getString("origin"),
        row.getString("channel"),
        Role.valueOf(row.getString("role")),
        row.getString("individual_address"),
        row.getBoolean("is_copy"),
        DeliveryState.valueOf(row.getString("state")) == DeliveryState.SKIPPED,
        recipient == null ? null : destination(json.read(recipient, JsonNode.class)));
  }

  /** As it was frozen, by whatever rules for addresses. */
  private static Destination destination(JsonNode recipient) {
    JsonNode endpoint = recipient.path("endpoint");
    JsonNode postal = recipient.path("postal");
    boolean toNetwork = endpoint.hasNonNull("id");
    return new Destination(
        texts(recipient.path("to")),
        texts(recipient.path("cc")),
        texts(recipient.path("bcc")),
        toNetwork || !postal.isObject() ? null : line(postal),
        toNetwork ? endpoint.path("scheme").asText() + ":" + endpoint.path("id").asText() : null);
  }

  private static String line(JsonNode party) {
    JsonNode address = party.path("address");
    return Destination.line(
        Stream.of(
                party.path("name"),
                party.path("additionalName"),
                address.path("street"),
                address.path("postcode"),
                address.path("city"),
                address.path("country"))
            .map(part -> part.isTextual() ? part.asText() : null));
  }

  private static List<String> texts(JsonNode mailboxes) {
    return StreamSupport.stream(mailboxes.spliterator(), false).map(JsonNode::asText).toList();
  }
}
