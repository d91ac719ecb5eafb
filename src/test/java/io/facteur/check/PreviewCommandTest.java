package io.facteur.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** What {@code --preview} writes, and says when it cannot. */
class PreviewCommandTest {

  @TempDir private Path folder;

  private int exitCode;

  @Test
  void aMadeUpDocumentIsWrittenIntoTheFile() throws IOException {
    Path file = folder.resolve("order.pdf");

    assertThat(run("--preview=" + file, "--preview-of=ORDER,de,DE")).startsWith(file.toString());
    assertThat(exitCode).isZero();
    assertThat(Files.readAllBytes(file)).startsWith("%PDF-".getBytes(UTF_8));
  }

  @Test
  void aFailureIsToldAsFileLineAndReason() throws IOException {
    FileSystemUtils.copyRecursively(Path.of("templates"), folder);
    Files.writeString(folder.resolve("fo/order.fo.ftlx"), "<x>\n${document.colour}");
    Path file = folder.resolve("order.pdf");

    assertThat(run("--preview=" + file, "--preview-of=ORDER", "--facteur.templates=" + folder))
        .startsWith("fo/order.fo.ftlx:2: ")
        .contains("document.colour");
    assertThat(exitCode).isEqualTo(1);
    assertThat(file).doesNotExist();
  }

  @Test
  void aTypeThatDoesNotExistIsAnsweredWithThoseThatDo() {
    assertThat(run("--preview=" + folder.resolve("x.pdf"), "--preview-of=BILL"))
        .contains("'BILL'", "INVOICE", "CREDIT_NOTE");
    assertThat(exitCode).isEqualTo(1);
  }

  private String run(String... arguments) {
    var out = new ByteArrayOutputStream();
    assertThat(PreviewCommand.isAskedFor(arguments)).isTrue();
    exitCode = PreviewCommand.run(arguments, new PrintStream(out, true, UTF_8));
    return out.toString(UTF_8);
  }
}
