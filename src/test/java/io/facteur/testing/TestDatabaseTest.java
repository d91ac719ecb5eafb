package io.facteur.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.TimeZone;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class TestDatabaseTest {

  @Test
  void eachDatabaseIsEmptyMigratedAndItsOwn() {
    JdbcClient one = JdbcClient.create(TestDatabase.fresh());
    JdbcClient other = JdbcClient.create(TestDatabase.fresh());

    one.sql("INSERT INTO app_user (name, password_hash) VALUES ('ada', 'x')").update();

    assertThat(users(one)).isEqualTo(1);
    assertThat(users(other)).isZero();
  }

  @Test
  void sessionsUseUtcAndReadCommitted() {
    JdbcClient database = JdbcClient.create(TestDatabase.fresh());

    assertThat(value(database, "SELECT @@session.time_zone")).isEqualTo("+00:00");
    assertThat(value(database, "SELECT @@session.tx_isolation")).isEqualTo("READ-COMMITTED");
    assertThat(value(database, "SELECT @@sql_mode")).contains("STRICT_TRANS_TABLES");
  }

  @Test
  void instantsAreStoredInUtcWhateverTheTimeZoneOfTheMachineIs() {
    DataSource dataSource = TestDatabase.fresh();
    Instant noon = Instant.parse("2026-07-01T12:00:00.123456Z");
    TimeZone before = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
      JdbcClient database = JdbcClient.create(dataSource);
      database
          .sql("INSERT INTO app_user (name, password_hash, created_at) VALUES ('ada', 'x', :at)")
          .param("at", java.sql.Timestamp.from(noon))
          .update();

      assertThat(value(database, "SELECT CAST(created_at AS CHAR) FROM app_user"))
          .isEqualTo("2026-07-01 12:00:00.123456");
      assertThat(
              database
                  .sql("SELECT created_at FROM app_user")
                  .query((row, n) -> row.getTimestamp(1).toInstant())
                  .single())
          .isEqualTo(noon);
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void constraintsAndTriggersOfTheSchemaHold() {
    JdbcClient database = JdbcClient.create(TestDatabase.fresh());

    assertThat(
            database
                .sql(
                    "SELECT COUNT(*) FROM information_schema.triggers WHERE trigger_schema ="
                        + " DATABASE()")
                .query(Integer.class)
                .single())
        .isEqualTo(31);
    assertThatThrownBy(
            () ->
                database
                    .sql("INSERT INTO app_user_role (user_name, role) VALUES ('ada', 'king')")
                    .update())
        .hasMessageContaining("app_user_role_role");
  }

  private static int users(JdbcClient database) {
    return database.sql("SELECT COUNT(*) FROM app_user").query(Integer.class).single();
  }

  private static String value(JdbcClient database, String sql) {
    return database.sql(sql).query(String.class).single();
  }
}
