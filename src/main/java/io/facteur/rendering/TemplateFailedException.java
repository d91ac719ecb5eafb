package io.facteur.rendering;

import java.util.List;
import java.util.stream.Collectors;

/** A template, or something that it uses, does not give a document. */
public class TemplateFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<TemplateProblem> problems;

  /**
   * For several reasons.
   *
   * @param problems at least one; the first is what {@link #template}, {@link #line} and {@link
   *     #reason} give
   */
  TemplateFailedException(List<TemplateProblem> problems, Throwable cause) {
    super(
        problems.stream()
            .map(TemplateFailedException::sentence)
            .collect(Collectors.joining("; ", "Template ", "")),
        cause);
    this.problems = List.copyOf(problems);
  }

  TemplateFailedException(String template, int line, String reason, Throwable cause) {
    this(List.of(new TemplateProblem(template, line, reason)), cause);
  }

  /** For a reason that belongs to no line. */
  public TemplateFailedException(String template, String reason) {
    this(template, 0, reason, null);
  }

  /** Path below the templates folder. */
  public String template() {
    return problems.get(0).file();
  }

  /** In the template; 0 if the failure belongs to no line of it. */
  public int line() {
    return problems.get(0).line();
  }

  public String reason() {
    return problems.get(0).reason();
  }

  /** All that is known to be wrong; at least one. */
  public List<TemplateProblem> problems() {
    return problems;
  }

  private static String sentence(TemplateProblem problem) {
    return "%s%s: %s"
        .formatted(
            problem.file(),
            problem.line() > 0 ? ", line " + problem.line() : "",
            problem.reason().replaceAll("\\s+", " "));
  }
}
