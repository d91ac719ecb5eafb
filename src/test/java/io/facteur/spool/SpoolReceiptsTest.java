package io.facteur.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  private void reason(String text) throws Exception {
    Files.writeString(folder.resolve("post-0000000042-r2.pdf.reason.txt"), text);
  }

  private File file() {
    return folder.resolve("post-0000000042-r2.pdf").toFile();
  }
}
