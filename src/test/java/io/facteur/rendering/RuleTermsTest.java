package io.facteur.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every official rule that can be broken by what people enter is told in our words (EINV-2). */
class RuleTermsTest {

  private static final Pattern FAILED =
      Pattern.compile(
          "<svrl:failed-assert test=\"[^\"]*\">(.*?)</svrl:failed-assert>", Pattern.DOTALL);
  private static final Pattern ID = Pattern.compile("name=\"id\">([^<]*)<");
  private static final Pattern FLAG = Pattern.compile("name=\"flag\">([^<]*)<");

  /** Rules that have no field of ours, with the reason why. */
  private static final Map<Pattern, String> ABOUT_NO_DATA =
      Map.of(
          Pattern.compile("CII-(SR|DT)-\\d+|UBL-(SR|CR|DT)-\\d+"),
          "which elements stand how often and with which attributes: only a template breaks them",
          Pattern.compile("BR-(DE|TMP)-CVD-.*"),
          "clean vehicles: for e-invoices that classify their items, which ours never do",
          Pattern.compile("BR-DEX-(01|03|1\\d)"),
          "the extension of XRechnung, which ours never claim: sub lines, third party payments",
          Pattern.compile("PEPPOL-EN16931-(R008|R043(-\\d)?|R044|F001|R100|R101)"),
          "empty elements, true or false, dates, invoiced objects: only a template breaks them");

  private final RuleTerms terms = new RuleTerms();

  @ParameterizedTest
  @EnumSource(value = RuleSheet.class, names = "FACTUR_X", mode = EnumSource.Mode.EXCLUDE)
  void everyFatalRuleNamesATermAndAFieldOrIsAboutNoData(RuleSheet sheet) throws Exception {
    List<String> untold =
        fatalRules(sheet).entrySet().stream()
            .filter(rule -> !isAboutNoData(rule.getKey()))
            .filter(
                rule ->
                    terms
                        .field(terms.term(rule.getKey(), "no term"))
                        .contains("structure of the XML"))
            .map(rule -> rule.getKey() + ": " + rule.getValue())
            .toList();

    assertThat(untold).isEmpty();
  }

  @Test
  void noFieldIsLeftForRulesThatAreGone() throws Exception {
    var official = new TreeSet<String>();
    for (RuleSheet sheet : RuleSheet.values()) {
      Matcher id = ID.matcher(source(sheet));
      while (id.find()) {
        official.add(id.group(1));
      }
    }

    assertThat(official).containsAll(terms.rules());
  }

  @Test
  void everyTermOfARuleHasAField() {
    for (String rule : terms.rules()) {
      assertThat(terms.field(terms.term(rule, ""))).as(rule).doesNotContain("structure");
    }
    assertThat(terms.rules()).hasSizeGreaterThan(350);
  }

  @Test
  void aRuleAboutNoDataSaysThatTheTemplateIsToBeCorrected() {
    assertThat(terms.field(terms.term("CII-SR-001", "no term"))).contains("templates/einvoice");
    assertThat(terms.field(terms.term("cvc-type.3.1.3", "no term"))).contains("templates/einvoice");
  }

  private static boolean isAboutNoData(String rule) {
    return ABOUT_NO_DATA.keySet().stream().anyMatch(pattern -> pattern.matcher(rule).matches());
  }

  private static Map<String, String> fatalRules(RuleSheet sheet) throws IOException {
    Map<String, String> rules = new LinkedHashMap<>();
    Matcher failed = FAILED.matcher(source(sheet));
    while (failed.find()) {
      Matcher id = ID.matcher(failed.group(1));
      Matcher flag = FLAG.matcher(failed.group(1));
      assertThat(id.find() && flag.find()).isTrue();
      if (flag.group(1).equals("fatal")) {
        rules.put(id.group(1), failed.group(1).replaceAll("<[^>]*>|\\s+", " ").strip());
      }
    }
    assertThat(rules).hasSizeGreaterThan(50);
    return rules;
  }

  private static String source(RuleSheet sheet) throws IOException {
    try (InputStream in = RuleSheet.class.getClassLoader().getResourceAsStream(sheet.resource())) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
