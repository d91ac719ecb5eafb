package io.facteur.rendering;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.facteur.document.Document;
import io.facteur.testing.OneTemplate;
import io.facteur.testing.Rendering;
import io.facteur.testing.SampleDocuments;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Templates that mean harm, or have it done by a mistake: none reaches classes, files or the
 * network, none takes all time or memory, and each is named with its line.
 */
class TemplateAttacksTest {

  private static final String SVG =
      "<fo:block><fo:instream-foreign-object><svg xmlns='http://www.w3.org/2000/svg'"
          + " xmlns:xlink='http://www.w3.org/1999/xlink' width='9' height='9'>%s</svg>"
          + "</fo:instream-foreign-object></fo:block>";
  private static final Document INVOICE = SampleDocuments.lac().build();

  @TempDir static Path templates;

  @BeforeEach
  void copyTemplates() {
    OneTemplate.copyTo(templates);
  }

  @AfterEach
  void noThreadIsLost() {
    await().atMost(20, SECONDS).until(() -> TimeLimit.runaway() == 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "${'freemarker.template.utility.Execute'?new()('id')}       | there is no ?new",
        "${'freemarker.template.utility.ObjectConstructor'?new()}   | there is no ?new",
        "${document?api.class}                                      | there is no ?api",
        "<#assign x = '1 + 1'?eval>                                 | there is no ?eval",
        "<#assign x = '[1]'?evalJson>                               | there is no ?evalJson",
        "<@('x'?interpret)/>                                        | there is no ?interpret",
        "${'aaaaaaaaaaaaaaaaaaaaaaaaaaaaab'?matches('(a+)+c')?c}    | there is no ?matches",
        "${\"${'x'?new()}\"}                                        | there is no ?new",
        "<#function f x><#return x?api></#function>                 | there is no ?api",
        "<#setting classic_compatible=true>                         | missing values stay errors",
        "<#assign x = (1..)?filter(i -> false)?first>               | a range of numbers",
        "<#assign n = 999999999><#assign x = (1..n)?join(',')>      | a range of numbers",
        "<#assign x = (1..999999999)?reverse>                       | a range of numbers"
      })
  void whatCouldNotBeStoppedOrReachesCodeIsRefusedWhenItIsRead(String body, String reason) {
    OneTemplate.write(templates, "\n" + body);

    assertThatThrownBy(() -> new Templates(templates))
        .hasMessageContaining("fo/own.fo.ftlx:10: ")
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${document.getClass()}",
        "${document.class.forName('java.lang.Runtime')}",
        "${.data_model.getClass()}",
        "${statics['java.lang.System'].exit(1)}",
        "<#include '/etc/passwd'>",
        "<#include 'file:///etc/passwd'>",
        "<#include '../../../../etc/passwd'>",
        "<#include '../labels/fr.properties'>",
        "<#import '/fonts/OpenSans-LICENSE.txt' as x>",
        "<#include 'http://127.0.0.1:9/x'>",
        "${.get_optional_template('/etc/passwd').include()}",
        "<@'x'/>"
      })
  void freeMarkerReachesNothingOutside(String body) {
    assertThat(failure("\n" + body, Limits.USUAL))
        .isInstanceOf(TemplateFailedException.class)
        .hasMessageContaining("fo/own.fo.ftlx, line 10: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<fo:external-graphic src='file:///etc/passwd'/>             | 'file:///etc/passwd' is not in templates/assets",
        "<fo:external-graphic src='http://127.0.0.1:9/x.png'/>       | is not in templates/assets",
        "<fo:external-graphic src='url(\"jar:file:/a.jar!/x.png\")'/> | is not in templates/assets",
        "<fo:external-graphic src='data:image/png;base64,iVBORw0KGgo='/> | is not in templates/assets",
        "<fo:external-graphic src='assets/../../pom.xml'/>           | is not in templates/assets",
        "<fo:external-graphic src='../config/application.yaml'/>     | is not in templates/assets",
        "<fo:block background-image='url(http://127.0.0.1:9/x)'>x</fo:block> | is not in templates/assets",
        "<fo:external-graphic xml:base='http://127.0.0.1:9/' src='assets/x.png'/> | there is no picture",
        "<fo:basic-link external-destination='url(file:///etc/passwd)'>x</fo:basic-link> | a link goes to",
        "<fo:basic-link external-destination='javascript:alert(1)'>x</fo:basic-link> | a link goes to",
        "<fox:external-document xmlns:fox='http://xmlgraphics.apache.org/fop/extensions' src='x.pdf'/> | <fox:external-document> is neither",
        "<pdf:embedded-file xmlns:pdf='http://xmlgraphics.apache.org/fop/extensions/pdf' src='x' filename='y'/> | <pdf:embedded-file> is neither",
        "<pdf:action xmlns:pdf='http://xmlgraphics.apache.org/fop/extensions/pdf' type='uri'/> | <pdf:action> is neither",
        "<pdf:catalog xmlns:pdf='http://xmlgraphics.apache.org/fop/extensions/pdf'/> | <pdf:catalog> is neither",
        "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='/etc/passwd'/> | <xi:include> is neither",
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'/>                       | <x:xmpmeta> is neither"
      })
  void fopReachesNothingOutsideAndHidesNothingInThePdf(String body, String reason) {
    assertThat(failure("\n<fo:block>" + body + "</fo:block>", Limits.USUAL))
        .hasMessageContaining("fo/own.fo.ftlx, line 10: ")
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<image xlink:href='http://127.0.0.1:9/x.png' width='9' height='9'/>",
        "<image xlink:href='data:image/png;base64,iVBORw0KGgo=' width='9' height='9'/>",
        "<style>@import 'http://127.0.0.1:9/x.css';</style>",
        "<script>alert(1)</script>",
        "<foreignObject><x/></foreignObject>",
        "<rect style='fill:url(#a);mask:url(http://127.0.0.1:9/x#y)' width='9' height='9'/>",
        "<rect onload='x()' width='9' height='9'/>",
        "<g id='a'/><use xlink:href='#a'/>",
        "<filter id='f'><feTurbulence/></filter>",
        "<text xlink:href='file:///etc/passwd'>x</text>"
      })
  void svgRefersToNothingOutsideIt(String content) {
    assertThat(failure("\n" + SVG.formatted(content), Limits.USUAL))
        .hasMessageContaining("fo/own.fo.ftlx, line 10: SVG in a document");
  }

  @Test
  void aLinkToAWebsiteIsAllowed() {
    OneTemplate.write(
        templates,
        "<fo:block><fo:basic-link external-destination='url(https://example.org/pay)'>pay"
            + "</fo:basic-link></fo:block>");

    assertThat(render(Limits.USUAL).bytes()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>",
        "<!DOCTYPE x SYSTEM 'http://127.0.0.1:9/x.dtd'><x/>",
        "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><x>&b;</x>"
      })
  void documentTypesAndEntitiesAreRefused(String fo) throws IOException {
    Files.writeString(templates.resolve(OneTemplate.FILE), fo);

    assertThatThrownBy(() -> render(Limits.USUAL))
        .hasMessageContaining("fo/own.fo.ftlx, line 1: ")
        .hasMessageContaining("DOCTYPE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<#list 1.. as i></#list>",
        "<#list 1.. as i><#attempt><#list 1.. as j></#list><#recover></#attempt></#list>",
        "<#function f x><#return x></#function><#list 1.. as i><#assign y = f(i)></#list>"
      })
  void aTemplateThatDoesNotEndIsStoppedAndItsLineNamed(String body) {
    assertThat(failure("\n" + body, new Limits(Duration.ofMillis(200), 1 << 20)))
        .isInstanceOf(TemplateFailedException.class)
        // Which of the limits comes first depends on the machine.
        .hasMessageMatching(
            "(?s).*fo/own.fo.ftlx, line 10: (took more than 200 ms|takes more than \\d+ MB).*");
  }

  @Test
  void aMacroThatCallsItselfWithoutEndIsNamed() {
    assertThat(failure("<#macro m><@m/></#macro><@m/>", Limits.USUAL))
        .isInstanceOf(TemplateFailedException.class)
        .hasMessageContaining("fo/own.fo.ftlx")
        .hasMessageContaining("look for a macro that uses itself");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<#assign x = 'xx'><#list 1.. as i><#assign x = x + x></#list>            | MB: look for a text or list that grows",
        "<#assign x = 'xx'><#list 1.. as i><#assign x>${x}${x}</#assign></#list>  | MB: look for a text or list that grows",
        "<#assign s = []><#list 1.. as i><#assign s = s + ['a long enough text ${i}']></#list> | MB: look for a text or list that grows",
        "<#macro m x><@m x + x/></#macro><@m 'xx'/>                               | MB: look for a text or list that grows",
        "${'x'?left_pad(2000000000)}                                              | gives a text of more than",
        "${'x'?rightPad(2000000000)}                                              | gives a text of more than",
        "${'1e999999999'?number}                                                  | the number is too long",
        "${'x'?replace('(x+)+', 'y', 'r')}                                        | no flag 'r'",
        "${'x'?split('(x+)+', 'r')?size}                                          | no flag 'r'",
        "${'x'?keep_before('(x+)+', 'ri')}                                        | no flag 'r'",
        "<#list 1.. as i>too much</#list>                                         | facteur.rendering.size-limit"
      })
  void aTemplateTakesNoMoreMemoryThanOneDocumentNeeds(String body, String reason) {
    assertThat(failure("\n" + body, new Limits(Duration.ofSeconds(60), 4 << 20)))
        .isInstanceOf(TemplateFailedException.class)
        .hasMessageContaining("fo/own.fo.ftlx")
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<#list 1..210 as i><fo:block></#list>x<#list 1..210 as i></fo:block></#list> | more than 200 deep",
        "<#list 1..301000 as i><fo:block/></#list>                                    | more than 300,000 elements",
        "<fo:block-container><#list 1..40000 as i><fo:block break-before='page' page-break-inside='avoid'>x</fo:block></#list></fo:block-container> | took more than"
      })
  void fopTakesNoMoreThanOneDocumentNeeds(String body, String reason) {
    Duration time = reason.startsWith("took") ? Duration.ofMillis(300) : Duration.ofSeconds(60);

    assertThat(failure("\n" + body, new Limits(time, 20 << 20)))
        .isInstanceOf(TemplateFailedException.class)
        .hasMessageContaining("fo/own.fo.ftlx")
        .hasMessageContaining(reason);
  }

  @Test
  void aPictureThatUnfoldsToGigabytesIsRefusedWhenItIsRead() throws IOException {
    Path bomb = templates.resolve("assets/bomb.png");
    ImageIO.write(
        new BufferedImage(6000, 5000, BufferedImage.TYPE_BYTE_BINARY), "png", bomb.toFile());

    assertThat(Files.size(bomb)).isLessThan(20_000);
    assertThatThrownBy(() -> new Templates(templates))
        .hasMessageContaining("assets/bomb.png: has 6,000 × 5,000 pixels");
    Files.delete(bomb);
  }

  @Test
  void otherDocumentsGoOnWhileATemplateRuns() {
    OneTemplate.write(templates, "<#list 1.. as i></#list>");
    Templates both = new Templates(templates);
    DocumentRenderer impatient =
        new DocumentRenderer(
            both,
            Rendering.validator(),
            new Limits(Duration.ofMillis(300), 1 << 20),
            Rendering.CLOCK);
    assertThat(catchThrowable(() -> impatient.render(INVOICE, own())))
        .isInstanceOf(TemplateFailedException.class);

    assertThat(
            DocumentRenderer.with(both, Rendering.validator(), Rendering.CLOCK)
                .render(INVOICE, Variant.original(Format.PDF))
                .bytes())
        .isNotEmpty();
  }

  private static Throwable failure(String body, Limits limits) {
    OneTemplate.write(templates, body);
    return catchThrowable(() -> render(limits));
  }

  private static Rendered render(Limits limits) {
    return new DocumentRenderer(
            new Templates(templates), Rendering.validator(), limits, Rendering.CLOCK)
        .render(INVOICE, own());
  }

  private static Variant own() {
    return new Variant(Format.PDF, null, OneTemplate.NAME, false, Variant.Window.BUYER);
  }
}
