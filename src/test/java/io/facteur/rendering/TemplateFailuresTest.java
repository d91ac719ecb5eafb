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
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.FileSystemUtils;

/** A template's mistake is named and never gives a wrong document; and it reaches nothing else. */
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "${text('no.such.label')}                                          | no.such.label",
        "<fo:external-graphic src='assets/nobody.png'/>                    | nobody.png",
        "<fo:block font-family='Comic'>x</fo:block>                        | Comic",
        "<fo:block>&#x16A0;&#x4E2D;</fo:block>                             | not available in font",
        "<fo:wrong/>                                                       | wrong",
        "<fo:block                                                         | (line 9 of the XSL-FO",
        "<fo:block-container width='5mm' height='3mm' overflow='error-if-overflow'><fo:block>too much for this box</fo:block></fo:block-container> | overflow",
        "<fo:block margin-right='160mm'>Unbreakable</fo:block>              | exceed the available area"
      })
  void whatWouldMakeAWrongDocumentMakesNone(String body, String reason) throws IOException {
    assertThat(failure(body)).hasMessageContaining("fo/own.fo.ftlx").hasMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<fo:external-graphic src='file:///etc/passwd'/>",
        "<fo:external-graphic src='http://127.0.0.1:9/x.png'/>",
        "<fo:external-graphic src='../../etc/passwd'/>",
        "<fo:external-graphic src='assets/../../pom.xml'/>",
        "<fo:instream-foreign-object><svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><image xmlns:xlink='http://www.w3.org/1999/xlink' xlink:href='http://127.0.0.1:9/x.png' width='9' height='9'/></svg></fo:instream-foreign-object>",
        "<fo:instream-foreign-object><svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><style>@import 'http://127.0.0.1:9/x.css';</style></svg></fo:instream-foreign-object>",
        "<fo:instream-foreign-object><svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect style=\"fill:url(#a);mask:url(http://127.0.0.1:9/x#y)\" width='9' height='9'/></svg></fo:instream-foreign-object>",
        "${'freemarker.template.utility.Execute'?new()('id')}",
        "${document?api.class}",
        "${document.getClass()}",
        "<#include '/etc/passwd'>",
        "<#include '../../../../etc/passwd'>"
      })
  void aTemplateReachesNothingOutsideTheTemplates(String body) throws IOException {
    assertThat(failure(body)).isNotNull().hasMessageContaining("fo/own.fo.ftlx");
  }

  @Test
  void documentTypesAndEntitiesAreRefused() throws IOException {
    Files.writeString(
        templates.resolve("fo/own.fo.ftlx"),
        "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>" + FO.formatted("&e;"));

    assertThatThrownBy(() -> render()).hasMessageContaining("DOCTYPE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<#list 1.. as i></#list>", "<#macro m><@m/></#macro><@m/>"})
  void aTemplateThatDoesNotEndIsStopped(String body) throws IOException {
    Files.writeString(templates.resolve("fo/own.fo.ftlx"), FO.formatted(body));
    DocumentRenderer renderer = limited(new Limits(Duration.ofMillis(700), 1 << 20));

    assertThatThrownBy(() -> renderer.render(INVOICE, own()))
        .isInstanceOf(TemplateFailedException.class);
  }

  @Test
  void aTemplateThatPrintsWithoutEndIsStopped() throws IOException {
    Files.writeString(
        templates.resolve("fo/own.fo.ftlx"), FO.formatted("<#list 1.. as i>too much</#list>"));

    assertThatThrownBy(
            () -> limited(new Limits(Duration.ofSeconds(30), 1 << 20)).render(INVOICE, own()))
        .isInstanceOf(TemplateFailedException.class)
        .hasMessageContaining("facteur.rendering.size-limit");
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
  void anEditIsTakenOverByReloadAndABadOneLeavesAllAsItWas() throws IOException {
    Path file = templates.resolve("fo/own.fo.ftlx");
    Files.writeString(file, FO.formatted("one"));
    Templates loaded = new Templates(templates);
    String first = loaded.version();

    Files.writeString(file, FO.formatted("two ${"));
    assertThatThrownBy(loaded::reload).hasMessageContaining("fo/own.fo.ftlx");
    assertThat(loaded.version()).isEqualTo(first);

    Files.writeString(file, FO.formatted("two"));
    loaded.reload();
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

  private DocumentRenderer limited(Limits limits) {
    return new DocumentRenderer(
        new Templates(templates), Rendering.validator(), limits, Rendering.CLOCK);
  }

  private static Variant own() {
    return new Variant(Format.PDF, null, "own", false, Variant.Window.BUYER);
  }
}
