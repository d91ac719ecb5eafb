package io.facteur.rendering;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

class DocumentStoreTest {

  private static final byte[] HELLO = "hello".getBytes(UTF_8);
  private static final String HELLO_SHA =
      "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

  @TempDir Path folder;
  private DocumentStore store;

  @BeforeEach
  void open() {
    store = new DocumentStore(folder);
  }

  @Test
  void filesLieUnderTheirSha256InTwoLevelsOfFolders() {
    assertThat(store.put(HELLO)).isEqualTo(HELLO_SHA);

    assertThat(store.path(HELLO_SHA)).isEqualTo(folder.resolve("2c/f2/" + HELLO_SHA)).exists();
    assertThat(store.read(HELLO_SHA)).isEqualTo(HELLO);
  }

  @Test
  void theSameContentIsStoredOnce() throws IOException {
    store.put(HELLO);
    FileTime longAgo = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
    Files.setLastModifiedTime(store.path(HELLO_SHA), longAgo);

    store.put(HELLO);

    assertThat(Files.getLastModifiedTime(store.path(HELLO_SHA))).isEqualTo(longAgo);
    assertThat(files()).hasSize(1);
  }

  @Test
  void nothingIsLeftBesideTheFile() throws IOException {
    store.put(HELLO);

    assertThat(files()).containsExactly(store.path(HELLO_SHA));
  }

  @Test
  void whatCouldNotBeStoredTakesNoRoom() throws IOException {
    byte[] content = "content".getBytes(UTF_8);
    Path first = store.path(store.put(content)).getParent().getParent();
    FileSystemUtils.deleteRecursively(first);
    Files.writeString(first, "in the way");

    assertThatThrownBy(() -> store.put(content)).isInstanceOf(UncheckedIOException.class);

    assertThat(folder.resolve("incoming")).isEmptyDirectory();
  }

  @Test
  void aFileThatACrashLeftHalfWrittenIsInvisibleAndIsClearedAwayLater() throws IOException {
    Path half = folder.resolve("incoming").resolve(HELLO_SHA + ".1234.part");
    Files.writeString(half, "hel");

    assertThatThrownBy(() -> store.read(HELLO_SHA)).isInstanceOf(DamagedFileException.class);
    assertThat(store.put(HELLO)).isEqualTo(HELLO_SHA);
    assertThat(store.read(HELLO_SHA)).isEqualTo(HELLO);

    new DocumentStore(folder);
    assertThat(half).as("another node may still be writing it").exists();
    Files.setLastModifiedTime(half, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    new DocumentStore(folder);
    assertThat(half).doesNotExist();
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> store.read(HELLO_SHA))
        .isInstanceOf(DamagedFileException.class)
        .hasMessageContaining(store.path(HELLO_SHA).toString())
        .hasMessageContaining("missing");
  }

  @Test
  void aDamagedFileIsNeverGivenOutAndIsRepairedByTheNextWrite() throws IOException {
    store.put(HELLO);
    Files.writeString(store.path(HELLO_SHA), "hellO");

    assertThatThrownBy(() -> store.read(HELLO_SHA))
        .isInstanceOf(DamagedFileException.class)
        .hasMessageContaining(store.path(HELLO_SHA).toString())
        .hasMessageContaining("damaged");

    store.put(HELLO);
    assertThat(store.read(HELLO_SHA)).isEqualTo(HELLO);
  }

  @Test
  void onlyHashesAreNames() {
    for (String name :
        List.of(
            "../../etc/passwd",
            "",
            HELLO_SHA.toUpperCase(java.util.Locale.ROOT),
            HELLO_SHA + "0")) {
      assertThatThrownBy(() -> store.path(name)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void manyWritersOfTheSameContentDoNotDisturbEachOther() {
    Stream.generate(() -> HELLO)
        .limit(200)
        .parallel()
        .forEach(content -> assertThat(store.put(content)).isEqualTo(HELLO_SHA));

    assertThat(store.read(HELLO_SHA)).isEqualTo(HELLO);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }
}
