package io.facteur.rendering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facteur.testing.Rendering;
import io.facteur.testing.SampleDocuments;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.sf.saxon.s9api.XdmNode;
import net.sf.saxon.s9api.XsltExecutable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xml.sax.InputSource;

/** The official rules as they are applied: what they find, and what happens without them. */
class RuleSheetsTest {

  /** Each spoils an e-invoice in another way, in both languages. */
  private static final List<String[]> SPOILED =
      List.of(
          new String[] {"", ""},
          new String[] {"380<", "999<"},
          new String[] {"unitCode=\"MON\"", "unitCode=\"QQQ\""},
          new String[] {">DE<", ">ZZ<"},
          new String[] {"schemeID=\"9930\"", "schemeID=\"EM\""},
          new String[] {">120.00<", ">121.00<"},
          new String[] {">S<", ">O<"},
          new String[] {">19<", ">0<"},
          new String[] {"DE75512108001245126199", " "},
          new String[] {"04011000-12345-34", " "},
          new String[] {"Claude Weber", ""},
          new String[] {"EUR", "XXX"},
          new String[] {"2026-11-21", "2026-31-21"});

  @ParameterizedTest
  @EnumSource(EInvoiceProfile.class)
  void whatIsLeftOutOfTheSheetsChangesNoFinding(EInvoiceProfile profile) throws Exception {
    String valid = xml(profile);
    for (RuleSheet sheet : profile.sheets()) {
      XsltExecutable published = RuleSheet.compile(sheet.resource(), Xml.reader());
      List<FailedRule> found = new ArrayList<>();
      for (String[] change : SPOILED) {
        XdmNode tree = profile.schema().parse(valid.replace(change[0], change[1])).tree();
        List<FailedRule> asPublished;
        try {
          asPublished = RuleSheet.apply(published, tree);
        } catch (IllegalStateException e) {
          assertThatThrownBy(() -> sheet.apply(tree)).hasMessage(e.getMessage());
          continue;
        }
        assertThat(sheet.apply(tree)).as("%s for %s", sheet, change[1]).isEqualTo(asPublished);
        found.addAll(asPublished);
      }
      assertThat(found).as("%s", sheet).isNotEmpty();
    }
  }

  @Test
  void aRuleAboutAttributesIsNotLost() {
    LeanRules rules = new LeanRules(Xml.reader());
    String sheet =
        """
        <xsl:stylesheet version="2.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
          <xsl:template match="a[@b]/c/@unitCode[. = 'd']" mode="M7"/>
        </xsl:stylesheet>
        """;

    assertThatThrownBy(() -> rules.parse(new InputSource(new StringReader(sheet))))
        .hasMessageContaining("a rule is about something else than an element");
  }

  @Test
  void whatCannotBeMadeReadyIsToldToEachWhoNeedsItAndToNobodyElse() {
    Prepared<String> missing =
        new Prepared<>(
            "The rules of nowhere",
            () -> RuleSheet.compile("no/such.xslt", Xml.reader()).toString());

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(missing::get)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "The rules of nowhere are not available: no/such.xslt is not on the class path");
    }
    assertThat(Rendering.violations(SampleDocuments.lac().build(), Format.CII)).isEmpty();
  }

  @Test
  void whatIsNoXmlOrBreaksTheSchemaIsAViolationOfTheTemplate() {
    EInvoiceValidator validator = Rendering.validator();
    String xml = xml(EInvoiceProfile.PEPPOL_UBL);

    assertThat(validator.validate(Format.PEPPOL_UBL, xml.substring(0, 500)))
        .singleElement()
        .satisfies(
            broken -> {
              assertThat(broken.ruleId()).isEqualTo("XML");
              assertThat(broken.ourField()).contains("templates/einvoice");
              assertThat(broken.fatal()).isTrue();
            });
    assertThat(
            validator.validate(
                Format.PEPPOL_UBL, xml.replaceFirst("<cbc:IssueDate>", "<cbc:Note>1</cbc:Note>$0")))
        .anySatisfy(
            broken -> {
              assertThat(broken.ruleId()).isEqualTo("cvc-complex-type.2.4.a");
              assertThat(broken.location()).startsWith("line ");
              assertThat(broken.fatal()).isTrue();
            });
  }

  private static String xml(EInvoiceProfile profile) {
    Format format = Format.valueOf(profile == EInvoiceProfile.EN16931_CII ? "CII" : profile.name());
    return new String(
        Rendering.renderer()
            .render(
                SampleDocuments.nordlicht()
                    .networked("9930", "DE123456789", "0204", "04011000-12345-34")
                    .build(),
                Variant.original(format))
            .bytes(),
        StandardCharsets.UTF_8);
  }
}
