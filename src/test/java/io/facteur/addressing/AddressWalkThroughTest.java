package io.facteur.addressing;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.testing.RunningFacteur;
import io.facteur.testing.WalkThrough;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The commands of docs/addresses.md answer what stands there, mails included. */
class AddressWalkThroughTest {

  private static final String PASSWORD = "only-for-tests";

  @Test
  void theWalkThroughIsTrue() throws IOException {
    try (var facteur = RunningFacteur.start("--facteur.admin.password=" + PASSWORD)) {
      var walk = new WalkThrough(facteur.port(), Map.of("FACTEUR_ADMIN_PASSWORD", PASSWORD));

      int compared = walk.run(Path.of("docs/addresses.md"));

      assertThat(compared).isGreaterThan(10);
    }
  }
}
