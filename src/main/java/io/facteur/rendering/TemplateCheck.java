package io.facteur.rendering;

import io.facteur.document.Document;
import io.facteur.document.DocumentType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Checks a templates folder without database and without starting Facteur (ROUTE-3). */
public final class TemplateCheck {

  private static final Pattern LABEL = Pattern.compile("\\btext\\(\\s*\"([\\w.-]+)\"\\s*[,)]");

  private TemplateCheck() {}

  /** Everything that is wrong with documents of the folder; empty if it can be used. */
  public static List<TemplateProblem> check(Path templates) {
    return check(templates, TemplateTrial.NONE);
  }

  /**
   * Everything that is wrong in the folder; empty if it can be used.
   *
   * @param others what else is written with its templates
   */
  public static List<TemplateProblem> check(Path templates, TemplateTrial others) {
    return check(templates, true, others);
  }

  /** What can be seen without printing anything: quick enough for every start. */
  public static List<TemplateProblem> read(Path templates) {
    return check(templates, false, TemplateTrial.NONE);
  }

  private static List<TemplateProblem> check(Path templates, boolean print, TemplateTrial others) {
    List<TemplateProblem> problems = new ArrayList<>();
    if (!Files.isDirectory(templates)) {
      problems.add(
          new TemplateProblem(
              templates.toString(), 0, "there is no such folder (facteur.templates)"));
      return problems;
    }
    TemplateFiles files = new TemplateFiles(templates, problems);
    TemplateSet set = new TemplateSet(files, problems);
    read(files, set, problems);
    if (print && problems.isEmpty()) {
      tryOut(set, problems);
      problems.addAll(others.of(new Templates(templates, set)));
    }
    if (print && problems.isEmpty()) {
      problems.addAll(EInvoiceTemplateCheck.check(set));
    }
    return List.copyOf(problems);
  }

  /**
   * All checks of a set; what is wrong is added to the problems, which reading it may have found.
   */
  static void check(TemplateFiles files, TemplateSet set, List<TemplateProblem> problems) {
    read(files, set, problems);
    if (problems.isEmpty()) {
      tryOut(set, problems);
    }
  }

  private static void read(TemplateFiles files, TemplateSet set, List<TemplateProblem> problems) {
    Stream.concat(
            Stream.concat(Specimen.E_INVOICES.stream(), Specimen.PAPERS.stream())
                .map(Templates::defaultFor)
                .map(Templates::foFile),
            Arrays.stream(EInvoiceProfile.values())
                .map(profile -> TemplateFiles.EINVOICE + profile.template() + ".ftlx"))
        .distinct()
        .filter(name -> !set.has(name))
        .forEach(name -> problems.add(new TemplateProblem(name, 0, "the template is missing")));
    files
        .labels(new ArrayList<>())
        .forEach((language, labels) -> checkLabels(files, labels, problems));
  }

  /** Prints specimens: a misspelt name, a missing picture or glyph shows only then. */
  private static void tryOut(TemplateSet set, List<TemplateProblem> problems) {
    Set<TemplateProblem> found = new LinkedHashSet<>();
    for (String language : set.languages()) {
      for (String country : List.of("CH", "DE", "FR")) {
        tryOut(set, Specimen.E_INVOICES, language, country, found);
      }
      tryOut(set, Specimen.PAPERS, language, "DE", found);
      for (String brand : set.brands()) {
        tryOut(set, Specimen.of(DocumentType.INVOICE, language, "DE", brand), found);
      }
    }
    problems.addAll(found);
  }

  private static void tryOut(
      TemplateSet set,
      List<DocumentType> types,
      String language,
      String country,
      Set<TemplateProblem> found) {
    for (DocumentType type : types) {
      tryOut(set, Specimen.of(type, language, country), found);
    }
  }

  private static void tryOut(TemplateSet set, Document specimen, Set<TemplateProblem> found) {
    try {
      DocumentRenderer.tryOut(set, specimen);
    } catch (TemplateFailedException e) {
      found.addAll(e.problems());
    }
  }

  /** A label that is asked for by name has to exist; made-up names show only when printing. */
  private static void checkLabels(
      TemplateFiles files, Labels labels, List<TemplateProblem> problems) {
    for (Map.Entry<String, String> template : files.templates(new ArrayList<>()).entrySet()) {
      if (!template.getKey().startsWith(TemplateFiles.FO)) {
        continue;
      }
      Matcher label = LABEL.matcher(template.getValue());
      while (label.find()) {
        if (!label.group(1).startsWith(Labels.OWN) && labels.textOrNull(label.group(1)) == null) {
          problems.add(
              new TemplateProblem(
                  template.getKey(),
                  lineAt(template.getValue(), label.start()),
                  "labels/%s.properties has no text '%s'"
                      .formatted(labels.language(), label.group(1))));
        }
      }
    }
  }

  private static int lineAt(String text, int position) {
    return (int) text.substring(0, position).chars().filter(character -> character == '\n').count()
        + 1;
  }
}
