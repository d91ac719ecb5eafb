package io.facteur.rendering;

import freemarker.template.TemplateModel;
import java.util.Map;

/**
 * Templates that give texts instead of documents, those of mails: they see what they are given and
 * nothing else.
 */
public final class TextTemplates {

  private final TemplateSet set;
  private final Limits limits;

  TextTemplates(TemplateSet set, Limits limits) {
    this.set = set;
    this.limits = limits;
  }

  /** Whether there is a template of that path below the templates folder. */
  public boolean has(String name) {
    return set.has(name);
  }

  /**
   * Fills in a template.
   *
   * @throws TemplateFailedException with the line, if it gives no text within the limits
   */
  public String print(String name, Map<String, ?> model) {
    return set.print(name, model, limits);
  }

  /**
   * Runs a template that prints nothing; what it assigns, by name.
   *
   * @throws TemplateFailedException with the line, if it cannot
   */
  public Map<String, TemplateModel> assigned(String name, Map<String, ?> model) {
    return set.assigned(name, model, limits);
  }
}
