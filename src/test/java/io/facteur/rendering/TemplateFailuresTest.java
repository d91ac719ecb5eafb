package io.facteur.rendering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.facteur.document.Document;
import io.facteur.document.DocumentType;
import io.facteur.testing.Rendering;
import io.facteur.testing.SampleDocuments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** A template's mistake is named and never gives a wrong document. */
class TemplateFailuresTest {

  private static final String FO =
      """
      <fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format" font-family="OpenSans">
        <fo:layout-master-set>
          <fo:simple-page-master master-name="a" page-width="210mm" page-height="297mm">
            <fo:region-body margin="20mm"/>
          </fo:simple-page-master>
        </fo:layout-master-set>
        <fo:page-sequence master-reference="a">
          <fo:flow flow-name="xsl-region-body">
            <fo:block>%s</fo:block>
          </fo:flow>
        </fo:page-sequence>
      </fo:root>
      """;

  private static final Document INVOICE = SampleDocuments.lac().build();

  @TempDir Path templates;

  @BeforeEach
  void copyTemplates() throws IOException {
    FileSystemUtils.copyRecursively(Rendering.TEMPLATES, templates);
  }

  @Test
  void aMissingValueIsNamedWithTemplateAndLine() throws IOException {
    TemplateFailedException failure = failure("first line\n${document.colour}\n");

    assertThat(failure.template()).isEqualTo("fo/own.fo.ftlx");
    assertThat(failure.line()).isEqualTo(10);
    assertThat(failure.reason()).contains("document.colour");
    assertThat(failure).hasMessageContaining("fo/own.fo.ftlx, line 10");
  }

  @Test
  void aMistakeInASharedPartIsNamedThere() throws IOException {
    Path shared = templates.resolve("fo/shared/payment.ftlx");
    Files.writeString(
        shared, Files.readString(shared).replace("document.dueDate)", "document.due)"));

    TemplateFailedException failure =
        catchThrowableOfType(
            TemplateFailedException.class,
            () -> Rendering.renderer(templates).render(INVOICE, Variant.original(Format.PDF)));

    assertThat(failure.template()).isEqualTo("fo/shared/payment.ftlx");
    assertThat(failure.line()).isPositive();
  }

  @Test
  void textOfDocumentsIsNeverMarkup() throws IOException {
    Document document =
        SampleDocuments.lac().note("</fo:block><fo:external-graphic src='x'/> & ${1+1}").build();

    assertThat(
            Pdf.textOf(
                Rendering.renderer().render(document, Variant.original(Format.PDF)).bytes(), 1))
        .contains("</fo:block><fo:external-graphic src='x'/> & ${1+1}");
  }

  @Test
  void aLanguageWithoutTextsIsNamedWithWhatToDo() {
    assertThatThrownBy(
            () ->
                Rendering.renderer()
                    .render(
                        INVOICE, new Variant(Format.PDF, "nl", null, false, Variant.Window.BUYER)))
        .hasMessageContaining("labels/nl.properties")
        .hasMessageContaining("de, en, fr, it");
  }

  @Test
  void aLanguageWithRegionIsPrintedInTheLanguage() {
    assertThat(
            Pdf.textOf(
                Rendering.renderer()
                    .render(
                        INVOICE,
                        new Variant(Format.PDF, "de-CH", null, false, Variant.Window.BUYER))
                    .bytes(),
                1))
        .contains("Rechnung");
  }

  @Test
  void anOwnTemplateIsAFileAndNothingMore() throws IOException {
    Files.writeString(
        templates.resolve("fo/own.fo.ftlx"), FO.formatted("Hello ${document.number}"));
    Templates own = new Templates(templates);

    assertThat(own.exists("own")).isTrue();
    assertThat(own.exists("invoice")).isTrue();
    assertThat(own.exists("shared/letter")).isFalse();
    assertThat(own.exists("../fo/own")).isFalse();
    assertThat(own.exists("nowhere")).isFalse();
    assertThat(own.exists(DocumentType.CREDIT_NOTE)).isTrue();
    assertThat(Pdf.textOf(render().bytes(), 1)).contains("Hello LAC-2026-00042");
  }

  @Test
  void anEditComesIntoForceWhenItIsAtRestAndABadOneIsReportedAndLeavesAllAsItWas()
      throws IOException {
    Path file = templates.resolve("fo/own.fo.ftlx");
    Files.writeString(file, FO.formatted("one"));
    Templates loaded = new Templates(templates);
    String first = loaded.version();

    Files.writeString(file, FO.formatted("two ${"));
    loaded.takeOverChanges();
    assertThat(loaded.problems()).isEmpty();
    loaded.takeOverChanges();
    assertThat(loaded.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.file()).isEqualTo("fo/own.fo.ftlx");
              assertThat(problem.line()).isPositive();
            });
    assertThat(loaded.version()).isEqualTo(first);

    Files.writeString(file, FO.formatted("two"));
    loaded.takeOverChanges();
    assertThat(loaded.version()).isEqualTo(first);
    loaded.takeOverChanges();
    assertThat(loaded.problems()).isEmpty();
    assertThat(loaded.version()).isNotEqualTo(first).hasSize(12);
    assertThat(
            Pdf.textOf(
                DocumentRenderer.with(loaded, Rendering.validator(), Rendering.CLOCK)
                    .render(INVOICE, own())
                    .bytes(),
                1))
        .contains("two");
  }

  private TemplateFailedException failure(String body) throws IOException {
    Files.writeString(templates.resolve("fo/own.fo.ftlx"), FO.formatted(body));
    return catchThrowableOfType(TemplateFailedException.class, this::render);
  }

  private Rendered render() {
    return Rendering.renderer(templates).render(INVOICE, own());
  }

  private static Variant own() {
    return new Variant(Format.PDF, null, "own", false, Variant.Window.BUYER);
  }
}
