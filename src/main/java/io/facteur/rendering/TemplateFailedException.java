package io.facteur.rendering;

/** A template, or something that it uses, does not give a document. */
public class TemplateFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String template;
  private final int line;
  private final String reason;

  TemplateFailedException(String template, int line, String reason, Throwable cause) {
    super(
        "Template %s%s: %s"
            .formatted(template, line > 0 ? ", line " + line : "", reason.replaceAll("\\s+", " ")),
        cause);
    this.template = template;
    this.line = line;
    this.reason = reason;
  }

  TemplateFailedException(String template, String reason) {
    this(template, 0, reason, null);
  }

  /** Path below the templates folder. */
  public String template() {
    return template;
  }

  /** In the template; 0 if the failure belongs to no line of it. */
  public int line() {
    return line;
  }

  public String reason() {
    return reason;
  }
}
