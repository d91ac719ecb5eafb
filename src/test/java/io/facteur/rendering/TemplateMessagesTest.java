package io.facteur.rendering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.facteur.testing.OneTemplate;
import io.facteur.testing.Rendering;
import io.facteur.testing.SampleDocuments;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an engineer reads when a template fails: which line of which file, what, and what to do. */
class TemplateMessagesTest {

  @TempDir static Path templates;

  @BeforeEach
  void copyTemplates() {
    OneTemplate.copyTo(templates);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // FreeMarker knows the line
        "10 | first\\n${document.colour}                  | document.colour",
        "9  | ${text('no.such.label')}                    | labels/fr.properties has no text 'no.such.label'",
        "9  | ${money('x')}                               | money(): argument 1 is missing or no number",
        "11 | \\n\\n<#include 'shared/nothing.ftlx'>      | shared/nothing.ftlx",
        // FOP knows a line of what the template printed
        "11 | <fo:block/>\\n<#if true>\\n<fo:wrong/></#if> | XSL-FO has no element <fo:wrong>",
        "10 | \\n<fo:external-graphic src='assets/lac.png'/> | <fo:external-graphic> cannot stand in <fo:flow>",
        "10 | \\n<fo:block><fo:external-graphic src='assets/nobody.png'/></fo:block> | there is no picture 'assets/nobody.png' below templates",
        "12 | <fo:block>\\n\\n\\n<fo:inline font-family='Comic'>x</fo:inline></fo:block> | there is no font family 'Comic': put Comic-Regular.ttf into templates/fonts",
        "11 | \\n<#list 1..3 as i>\\n<fo:block>row ${i} 中</fo:block></#list> | no font has the character U+4E2D (中) of the text \"row 1 中\"",
        "10 | \\n<fo:block colr='red'>x</fo:block>        | <fo:block> has no attribute 'colr'",
        "10 | \\n<fo:block color='redd'>x</fo:block>      | <fo:block> has color=\"redd\"",
        "10 | \\n<fo:table><fo:block>x</fo:block></fo:table> | <fo:block> cannot stand in <fo:table>",
        "10 | \\n<fo:block id='a'/><fo:block id='a'/>     | two elements have id=\"a\"",
        "10 | \\n<fo:block margin-right='160mm'>Unbreakable</fo:block> | text runs over its line by",
        "10 | \\n<fo:block-container width='5mm' height='3mm' overflow='error-if-overflow'><fo:block>too much for this</fo:block></fo:block-container> | too high for it (overflow)",
        "10 | <fo:block>\\n</fo:blok>                     | must be terminated by the matching end-tag"
      })
  void aFailureNamesFileLineAndReason(int line, String body, String reason) {
    TemplateFailedException failure = failure(body.replace("\\n", "\n"));

    assertThat(failure).hasMessageContaining(reason);
    assertThat(failure.template()).isEqualTo(OneTemplate.FILE);
    assertThat(failure.line()).isEqualTo(line);
  }

  @Test
  void allThatIsWrongIsNamedAtOnce() {
    TemplateFailedException failure =
        failure(
            """
            <fo:block color="redd">one</fo:block>
            <fo:block><fo:external-graphic src="assets/a.png"/></fo:block>
            <fo:block>中</fo:block>""");

    assertThat(failure.problems())
        .extracting(TemplateProblem::line)
        .contains(9, 10, 11)
        .hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void aMistakeThatASharedPartPrintsIsNamedThere() {
    TemplateFailedException failure =
        failure(
            "<#import \"shared/letter.ftlx\" as letter>\n<@wrong/>\n<#macro wrong>\n<fo:no/>\n</#macro>");

    assertThat(failure.problems())
        .contains(new TemplateProblem(OneTemplate.FILE, 12, "XSL-FO has no element <fo:no>"));
  }

  private static TemplateFailedException failure(String body) {
    OneTemplate.write(templates, body);
    Variant own = new Variant(Format.PDF, null, OneTemplate.NAME, false, Variant.Window.BUYER);
    return catchThrowableOfType(
        TemplateFailedException.class,
        () -> Rendering.renderer(templates).render(SampleDocuments.lac().build(), own));
  }
}
