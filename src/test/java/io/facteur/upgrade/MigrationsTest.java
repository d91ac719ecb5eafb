package io.facteur.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * A migration that databases have seen never changes: Flyway would refuse to start on them. A new
 * migration gets its line with its release.
 */
class MigrationsTest {

  @ParameterizedTest(name = "{1}")
  @CsvFileSource(files = "src/test/resources/upgrade/migrations.sha256", delimiterString = "  ")
  void aMigrationNeverChanges(String sha256, String file) throws Exception {
    byte[] bytes = Files.readAllBytes(Path.of("src/main/resources/db/migration", file));

    assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)))
        .isEqualTo(sha256);
  }
}
