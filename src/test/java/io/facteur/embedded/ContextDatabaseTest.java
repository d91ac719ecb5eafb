package io.facteur.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;

@SpringBootTest
@ContextConfiguration(initializers = TestDatabase.Initializer.class)
class ContextDatabaseTest {

  @Autowired private JdbcClient database;

  @Test
  void aContextHasItsOwnMigratedDatabase() {
    assertThat(database.sql("SELECT COUNT(*) FROM document").query(Integer.class).single())
        .isZero();
  }
}
