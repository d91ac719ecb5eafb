package io.facteur.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.testing.Rendering;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** The check names file, line and reason, without database or Spring (ROUTE-3). */
class TemplateCheckTest {

  @TempDir Path templates;

  @BeforeEach
  void copyTemplates() throws IOException {
    FileSystemUtils.copyRecursively(Rendering.TEMPLATES, templates);
  }

  @Test
  void theProductsOwnTemplatesAreInOrder() {
    assertThat(TemplateCheck.check(Rendering.TEMPLATES)).isEmpty();
  }

  @Test
  void aTemplateThatDoesNotParseIsNamedWithItsLine() throws IOException {
    write("fo/own.fo.ftlx", "<a>\n<#if x>\n</a>\n");
    write("fo/invoice.fo.ftlx", "<a>\n${");
    write("einvoice/own.ftlx", "<a>\n\n${</a>\n");
    write("mail/own.ftlh", "<p>\n</#list></p>\n");

    assertThat(check())
        .extracting(TemplateProblem::file)
        .containsExactlyInAnyOrder(
            "fo/own.fo.ftlx", "fo/invoice.fo.ftlx", "einvoice/own.ftlx", "mail/own.ftlh");
    assertThat(check()).allSatisfy(problem -> assertThat(problem.line()).isBetween(1, 4));
    assertThat(check().get(0).toString()).matches("\\S+:\\d+: .+");
  }

  @Test
  void aTextThatIsMissingInOneLanguageIsNamed() throws IOException {
    Path german = templates.resolve("labels/de.properties");
    Files.writeString(german, Files.readString(german).replace("pay.title =", "pay.titel ="));

    assertThat(check())
        .anySatisfy(
            problem -> {
              assertThat(problem.file()).isEqualTo("labels/de.properties");
              assertThat(problem.reason()).contains("'pay.title'");
            })
        .anySatisfy(problem -> assertThat(problem.reason()).contains("'pay.titel'"));
  }

  @Test
  void aTextThatATemplateAsksForAndNoLanguageHasIsNamedWithItsLine() throws IOException {
    write("fo/own.fo.ftlx", "<a>\n${text(\"no.such\")}</a>\n");

    assertThat(check())
        .contains(
            new TemplateProblem("fo/own.fo.ftlx", 2, "labels/fr.properties has no text 'no.such'"));
  }

  @Test
  void aNameThatDoesNotExistIsNamedBecauseSpecimensArePrinted() throws IOException {
    Path totals = templates.resolve("fo/shared/totals.ftlx");
    Files.writeString(totals, Files.readString(totals).replace("sums.taxInclusive", "sums.gross"));

    assertThat(check())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.file()).isEqualTo("fo/shared/totals.ftlx");
              assertThat(problem.line()).isPositive();
              assertThat(problem.reason()).contains("money(): argument 1 is missing");
            });
  }

  @Test
  void aTemplateWhoseEInvoicesBreakAnOfficialRuleOrSchemaIsNamedWithTheRule() throws IOException {
    replace("einvoice/ubl.ftlx", "<cbc:ProfileID>${profile.processId}</cbc:ProfileID>", "");
    replace("einvoice/cii.ftlx", "<ram:TypeCode>${e.typeCode}</ram:TypeCode>", "");

    assertThat(check())
        .anySatisfy(
            problem -> {
              assertThat(problem.file()).isEqualTo("einvoice/ubl.ftlx");
              assertThat(problem.reason()).contains("PEPPOL_UBL", "breaks PEPPOL-EN16931-R001");
            })
        .anySatisfy(
            problem -> {
              assertThat(problem.file()).isEqualTo("einvoice/cii.ftlx");
              assertThat(problem.reason()).contains("EN16931_CII", "breaks cvc-complex-type.2.4");
            })
        .anySatisfy(problem -> assertThat(problem.reason()).contains("breaks BR-04"));
  }

  @Test
  void aRuleOfFacturXAloneIsCheckedAsWell() throws IOException {
    replace("einvoice/cii.ftlx", "<#if document.deliveryDate??>", "<#if false>");
    replace("einvoice/cii.ftlx", "<#if e.shipTo.name??>", "<#if false>");

    assertThat(check()).anySatisfy(problem -> assertThat(problem.reason()).contains("BR-FX-EN-04"));
  }

  @Test
  void brokenFontsAndPicturesAreNamed() throws IOException {
    write("fonts/Broken-Regular.ttf", "no font");
    write("fonts/Fancy-Wobbly.ttf", "no font");
    write("assets/broken.png", "no picture");

    assertThat(check())
        .extracting(TemplateProblem::file)
        .containsExactlyInAnyOrder(
            "fonts/Broken-Regular.ttf", "fonts/Fancy-Wobbly.ttf", "assets/broken.png");
  }

  @Test
  void filesThatAreNotUtf8AreNamed() throws IOException {
    Files.write(templates.resolve("fo/own.fo.ftlx"), new byte[] {'<', (byte) 0xE9, '>'});

    assertThat(check())
        .containsExactly(new TemplateProblem("fo/own.fo.ftlx", 0, "is not in UTF-8"));
  }

  @Test
  void linksOutOfTheFolderAreRefused(@TempDir Path elsewhere) throws IOException {
    Path secret = Files.writeString(elsewhere.resolve("secret"), "<a/>");
    Files.createSymbolicLink(templates.resolve("fo/link.fo.ftlx"), secret);

    assertThat(check())
        .containsExactly(
            new TemplateProblem(
                "fo/link.fo.ftlx", 0, "is a link that leaves the templates folder"));
  }

  @Test
  void aMissingFolderIsNamed() {
    assertThat(TemplateCheck.check(templates.resolve("nowhere")))
        .singleElement()
        .satisfies(problem -> assertThat(problem.reason()).contains("facteur.templates"));
  }

  private List<TemplateProblem> check() {
    return TemplateCheck.check(templates);
  }

  private void replace(String name, String text, String by) throws IOException {
    String content = Files.readString(templates.resolve(name));
    assertThat(content).contains(text);
    write(name, content.replace(text, by));
  }

  private void write(String name, String content) throws IOException {
    Path file = templates.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
