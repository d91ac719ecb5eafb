package io.facteur.rendering;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.facteur.document.DocumentId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code rendition}: which file each variant of a document has. Rows never change. */
final class RenditionTable {

  private static final String COLUMNS =
      "document_id, format, language, template, is_copy, window_party, sha256, size_bytes,"
          + " embeds_xml, violations, template_version";

  private static final TypeReference<List<RuleViolation>> VIOLATIONS = new TypeReference<>() {};

  private final JdbcClient database;
  private final ObjectMapper json = new ObjectMapper();

  RenditionTable(JdbcClient database) {
    this.database = database;
  }

  Optional<Rendition> find(DocumentId document, Variant variant) {
    return find(document, variant, "");
  }

  /** All that documents have. */
  List<Rendition> of(Collection<DocumentId> documents) {
    return documents.isEmpty()
        ? List.of()
        : database
            .sql("SELECT %s FROM rendition WHERE document_id IN (:documents)".formatted(COLUMNS))
            .param("documents", documents.stream().map(DocumentId::value).toList())
            .query((row, number) -> rendition(row))
            .list();
  }

  /**
   * Adds the row, unless the variant has one already.
   *
   * @return the row that stands: this one, or that of another node that was first
   */
  Rendition add(Rendition rendition) {
    try {
      insert(rendition);
      return rendition;
    } catch (DuplicateKeyException e) {
      // A locking read, because a running transaction may not see what another one has added since.
      return find(rendition.document(), rendition.variant(), " LOCK IN SHARE MODE").orElseThrow();
    }
  }

  private Optional<Rendition> find(DocumentId document, Variant variant, String lock) {
    return database
        .sql(
            """
            SELECT %s
              FROM rendition
             WHERE document_id = :document AND format = :format AND language = :language
               AND template = :template AND is_copy = :copy AND window_party = :window%s
            """
                .formatted(COLUMNS, lock))
        .param("document", document.value())
        .param("format", variant.format().name())
        .param("language", variant.language())
        .param("template", variant.template())
        .param("copy", variant.copy())
        .param("window", variant.window().name())
        .query((row, number) -> rendition(row))
        .optional();
  }

  private void insert(Rendition rendition) {
    database
        .sql(
            """
            INSERT INTO rendition (%s)
            VALUES (:document, :format, :language, :template, :copy, :window, :sha256, :size,
                    :embeds, :violations, :version)
            """
                .formatted(COLUMNS))
        .param("document", rendition.document().value())
        .param("format", rendition.variant().format().name())
        .param("language", rendition.variant().language())
        .param("template", rendition.variant().template())
        .param("copy", rendition.variant().copy())
        .param("window", rendition.variant().window().name())
        .param("sha256", rendition.sha256())
        .param("size", rendition.sizeBytes())
        .param("embeds", rendition.embedsXml())
        .param(
            "violations", rendition.violations().isEmpty() ? null : write(rendition.violations()))
        .param("version", rendition.templateVersion())
        .update();
  }

  private Rendition rendition(ResultSet row) throws SQLException {
    String violations = row.getString("violations");
    return new Rendition(
        new DocumentId(row.getLong("document_id")),
        new Variant(
            Format.valueOf(row.getString("format")),
            row.getString("language"),
            row.getString("template"),
            row.getBoolean("is_copy"),
            Variant.Window.valueOf(row.getString("window_party"))),
        row.getString("sha256"),
        row.getLong("size_bytes"),
        row.getBoolean("embeds_xml"),
        violations == null ? List.of() : read(violations),
        row.getString("template_version"));
  }

  private String write(List<RuleViolation> violations) {
    try {
      return json.writeValueAsString(violations);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("rule violations cannot be written as JSON", e);
    }
  }

  private List<RuleViolation> read(String violations) {
    try {
      return json.readValue(violations, VIOLATIONS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("column rendition.violations holds no rule violations", e);
    }
  }
}
