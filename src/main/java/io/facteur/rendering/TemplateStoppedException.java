package io.facteur.rendering;

/**
 * A template was stopped, or not run at all, for time or memory that it did not get: the fault may
 * be its own, another document's or the machine's, so that another attempt may succeed.
 */
public final class TemplateStoppedException extends TemplateFailedException {

  private static final long serialVersionUID = 1L;

  TemplateStoppedException(String template, int line, String reason, Throwable cause) {
    super(template, line, reason, cause);
  }
}
