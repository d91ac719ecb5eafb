package io.facteur.testing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Looks for texts in every column of every table that can hold a text, JSON or bytes. */
public final class TextScan {

  private static final String TEXTUAL =
      """
      SELECT c.table_name, c.column_name FROM information_schema.columns c
      JOIN information_schema.tables t
        ON t.table_schema = c.table_schema AND t.table_name = c.table_name
      WHERE c.table_schema = DATABASE() AND t.table_type = 'BASE TABLE'
        AND c.data_type IN ('char', 'varchar', 'tinytext', 'text', 'mediumtext', 'longtext', 'json',
          'binary', 'varbinary', 'tinyblob', 'blob', 'mediumblob', 'longblob', 'enum', 'set')
      ORDER BY c.table_name, c.column_name
      """;

  private TextScan() {}

  /** As {@code table.column}. */
  public static Set<String> columns(JdbcClient jdbc) {
    return new TreeSet<>(
        jdbc.sql(TEXTUAL).query((row, i) -> row.getString(1) + "." + row.getString(2)).list());
  }

  /** Where any of the texts stands, in any capitals: {@code table.column: text}. */
  public static List<String> find(JdbcClient jdbc, Collection<String> texts) {
    List<String> found = new ArrayList<>();
    for (String column : columns(jdbc)) {
      String table = column.substring(0, column.indexOf('.'));
      String name = column.substring(column.indexOf('.') + 1);
      for (String text : texts) {
        boolean there =
            jdbc.sql(
                    """
                    SELECT EXISTS (SELECT 1 FROM `%s`
                      WHERE INSTR(LOWER(CONVERT(`%s` USING utf8mb4)), LOWER(:text)) > 0)
                    """
                        .formatted(table, name))
                .param("text", text)
                .query(Boolean.class)
                .single();
        if (there) {
          found.add(column + ": " + text);
        }
      }
    }
    return found;
  }
}
