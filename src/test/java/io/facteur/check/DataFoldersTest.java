package io.facteur.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.env.MockEnvironment;

/** Invoices are not for every user of the machine. */
class DataFoldersTest {

  @TempDir Path folder;

  private final MockEnvironment settings = new MockEnvironment();

  @BeforeEach
  void shippedSettings() {
    settings
        .withProperty("facteur.data", folder.resolve("data").toString())
        .withProperty("facteur.store", "${facteur.data}/store")
        .withProperty("facteur.spool", folder.resolve("print room/spool").toString())
        .withProperty("facteur.outbox", "${facteur.data}/outbox")
        .withProperty("facteur.archive", "${facteur.data}/archive");
  }

  @Test
  void theyAreMadeForOwnerAndGroupWhereverTheyLie() throws IOException {
    assertThat(DataFolders.create(settings)).isEmpty();

    assertThat(permissions("data")).isEqualTo("rwxr-x---");
    assertThat(permissions("data/store")).isEqualTo("rwxr-x---");
    assertThat(permissions("print room/spool")).isEqualTo("rwxr-x---");
  }

  @Test
  void oneThatIsThereKeepsThePermissionsThatItWasGiven() throws IOException {
    Path data = Files.createDirectory(folder.resolve("data"));
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxr-x"));

    assertThat(DataFolders.create(settings)).isEmpty();

    assertThat(permissions("data")).isEqualTo("rwxrwxr-x");
  }

  @Test
  void oneThatCannotBeMadeIsNamedWithItsSetting() throws IOException {
    Files.writeString(folder.resolve("print room"), "a file");

    assertThat(DataFolders.create(settings))
        .singleElement()
        .asString()
        .startsWith("setting 'facteur.spool': the folder " + folder.resolve("print room/spool"));
  }

  private String permissions(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
  }
}
