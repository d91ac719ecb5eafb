package db.migration;

import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.EncodedResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/** Creates Quartz's job store with the script that Quartz itself brings along. */
public class V005__Quartz_tables extends BaseJavaMigration {

  private static final String SCRIPT = "org/quartz/impl/jdbcjobstore/tables_mysql_innodb.sql";

  @Override
  public void migrate(Context context) {
    ScriptUtils.executeSqlScript(
        context.getConnection(),
        new EncodedResource(new ClassPathResource(SCRIPT)),
        false,
        false,
        "#",
        ScriptUtils.DEFAULT_STATEMENT_SEPARATOR,
        ScriptUtils.DEFAULT_BLOCK_COMMENT_START_DELIMITER,
        ScriptUtils.DEFAULT_BLOCK_COMMENT_END_DELIMITER);
  }
}
