package io.facteur.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseVersionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.6.0-MariaDB",
        "10.11.8-MariaDB-0ubuntu0.24.04.1",
        "5.5.5-10.6.18-MariaDB-log",
        "11.4.5-MariaDB",
        "11.8.2-MariaDB-ubu2404",
        "12.0.1-MariaDB"
      })
  void mariaDb10Dot6AndLaterIsTaken(String version) {
    assertThat(DatabaseVersion.problem(version)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "10.5.29-MariaDB, it is too old (10.5.29-MariaDB)",
    "5.5.5-10.3.39-MariaDB-log, it is too old (5.5.5-10.3.39-MariaDB-log)",
    "5.5.68-MariaDB, it is too old (5.5.68-MariaDB)",
    "8.0.36, it is not MariaDB (its version is 8.0.36)",
    "8.4.0-google, it is not MariaDB (its version is 8.4.0-google)",
    "MariaDB, its version is not understood: MariaDB"
  })
  void everythingElseIsRefusedWithItsReason(String version, String problem) {
    assertThat(DatabaseVersion.problem(version)).contains(problem);
  }
}
