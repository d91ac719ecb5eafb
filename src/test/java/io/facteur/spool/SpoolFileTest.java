package io.facteur.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.facteur.delivery.TransmissionId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolFileTest {

  @ParameterizedTest
  @CsvSource({
    "POST, 42, 1, pdf, post-0000000042-r1.pdf",
    "PEPPOL_FR, 12345678901, 12, xml, peppol_fr-12345678901-r12.xml",
    "E-POST, 7, 2, pdf, e-post-0000000007-r2.pdf"
  })
  void aNameTellsWhoseFileItIs(
      String channel, long transmission, int revision, String extension, String name) {
    SpoolFile file = new SpoolFile(channel, new TransmissionId(transmission), revision, extension);

    assertThat(file.name()).isEqualTo(name);
    assertThat(SpoolFile.named(name)).isEqualTo(file);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "invoice.pdf",
        "post-42-r1.pdf",
        "post-0000000042-r0.pdf",
        "post-0000000042-r1.pdf.json",
        "post-0000000042-r1.pdf.reason.txt",
        "../post-0000000042-r1.pdf",
        "post-0000000042-r1.pdf\n",
        ""
      })
  void aNameThatIsNotOursIsRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpoolFile.named(name))
        .withMessageContaining("no file of Facteur");
  }

  @Test
  void aChannelNeverBringsAPathIntoAName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SpoolFile("../X", new TransmissionId(1), 1, "pdf"));
  }
}
