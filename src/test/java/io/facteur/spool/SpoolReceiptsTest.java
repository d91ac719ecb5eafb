package io.facteur.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolReceiptsTest {

  @TempDir private Path folder;
  private final SpoolReceipts receipts = new SpoolReceipts();

  @Test
  void theConsumersReasonComesOnOneLine() throws Exception {
    reason("paper jam\r\nin\ttray 2\u0007");

    assertThat(receipts.reason(file())).isEqualTo("paper jam in tray 2");
  }

  @Test
  void aReasonOfAnyLengthIsCut() throws Exception {
    reason("é".repeat(1_000_000));

    assertThat(receipts.reason(file())).hasSize(501);
  }

  @Test
  void aFailureNeedsNoReason() {
    assertThat(receipts.reason(file())).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ready", "taken", "done", "failed"})
  void manifestAndReasonGoWhereTheFileGoes(String left) throws Exception {
    for (String one : List.of("ready", "taken", "done", "failed")) {
      Files.createDirectories(folder.resolve(one));
    }
    File reported = folder.resolve("failed/post-0000000042-r2.pdf").toFile();
    Files.writeString(folder.resolve(left + "/post-0000000042-r2.pdf.json"), "{}");
    Files.writeString(folder.resolve("failed/post-0000000042-r2.pdf.reason.txt"), "torn");
    Files.writeString(folder.resolve(left + "/post-0000000043-r1.pdf.json"), "another's");

    receipts.putAside(reported, "acknowledged");

    assertThat(folder.resolve("failed/acknowledged"))
        .isDirectoryContaining("glob:**/post-0000000042-r2.pdf.json")
        .isDirectoryContaining("glob:**/post-0000000042-r2.pdf.reason.txt");
    assertThat(folder.resolve(left)).isDirectoryContaining("glob:**/post-0000000043-r1.pdf.json");
    assertThat(folder.resolve(left))
        .isDirectoryNotContaining("glob:**/post-0000000042-r2.pdf.json");
  }

  @Test
  void aFileWithoutThemIsPutAsideAllTheSame() throws Exception {
    File reported = folder.resolve("done/post-0000000042-r2.pdf").toFile();
    Files.createDirectories(folder.resolve("done"));

    receipts.putAside(reported, "acknowledged");

    assertThat(folder.resolve("done")).isDirectoryNotContaining("glob:**/*.json");
  }

  private void reason(String text) throws Exception {
    Files.writeString(folder.resolve("post-0000000042-r2.pdf.reason.txt"), text);
  }

  private File file() {
    return folder.resolve("post-0000000042-r2.pdf").toFile();
  }
}
