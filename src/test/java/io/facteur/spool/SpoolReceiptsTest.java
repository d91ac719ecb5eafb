package io.facteur.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.facteur.delivery.TransmissionId;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolReceiptsTest {

  @TempDir private Path folder;
  private final SpoolReceipts receipts = new SpoolReceipts();

  @Test
  void aFileInDoneIsAcknowledged() {
    SpoolAcknowledgement acknowledged = receipts.done(file("post-0000000042-r2.pdf"));

    assertThat(acknowledged.transmission()).isEqualTo(new TransmissionId(42));
    assertThat(acknowledged.revision()).isEqualTo(2);
    assertThat(acknowledged.channel()).isEqualTo("POST");
    assertThat(acknowledged.done()).isTrue();
  }

  @Test
  void aFileInFailedBringsTheConsumersReasonOnOneLine() throws Exception {
    reason("paper jam\r\nin\ttray 2\u0007");

    SpoolAcknowledgement acknowledged = receipts.failed(file("post-0000000042-r2.pdf"));

    assertThat(acknowledged.done()).isFalse();
    assertThat(acknowledged.reason()).isEqualTo("paper jam in tray 2");
  }

  @Test
  void aReasonOfAnyLengthIsCut() throws Exception {
    reason("é".repeat(1_000_000));

    assertThat(receipts.failed(file("post-0000000042-r2.pdf")).reason()).hasSize(501);
  }

  @Test
  void aFailureNeedsNoReason() {
    assertThat(receipts.failed(file("post-0000000042-r2.pdf")).reason()).isNull();
  }

  @Test
  void aFileThatIsNotOursIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> receipts.failed(file("scan.pdf")))
        .withMessageContaining("'scan.pdf' is no file of Facteur");
  }

  private void reason(String text) throws Exception {
    Files.writeString(folder.resolve("post-0000000042-r2.pdf.reason.txt"), text);
  }

  private File file(String name) {
    return folder.resolve(name).toFile();
  }
}
