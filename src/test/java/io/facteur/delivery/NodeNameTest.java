package io.facteur.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By its name a restarted node knows its own claims again. */
class NodeNameTest {

  @TempDir Path data;

  @Test
  void aNameIsMadeUpOnceAndKept() {
    String first = name("");

    assertThat(first).matches("node-[0-9a-f]{8}");
    assertThat(name("")).isEqualTo(first);
  }

  @Test
  void aNameThatIsSetGoesBeforeTheOneThatIsKept() {
    name("");

    assertThat(name(" paris-1 ")).isEqualTo("paris-1");
  }

  @Test
  void aFileThatWasLeftEmptyIsNoName() throws IOException {
    Files.writeString(data.resolve("node"), "");

    String name = name("");

    assertThat(name).isNotBlank();
    assertThat(name("")).isEqualTo(name);
  }

  private String name(String configured) {
    return new NodeConfiguration().node(configured, data).name();
  }
}
