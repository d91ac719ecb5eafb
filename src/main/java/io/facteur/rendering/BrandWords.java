package io.facteur.rendering;

import freemarker.core.Environment;
import freemarker.template.TemplateDirectiveBody;
import freemarker.template.TemplateDirectiveModel;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateScalarModel;
import java.util.HashMap;
import java.util.Map;

/**
 * {@code <@words key="pay.until" de="..." fr="..."/>}: what a brand says in place of a label, by
 * language.
 */
final class BrandWords implements TemplateDirectiveModel {

  private final Notation notation;

  BrandWords(Notation notation) {
    this.notation = notation;
  }

  @Override
  public void execute(
      Environment environment,
      @SuppressWarnings("rawtypes") Map parameters, // as FreeMarker declares it
      TemplateModel[] loopVariables,
      TemplateDirectiveBody body)
      throws TemplateModelException {
    Map<String, String> texts = new HashMap<>();
    for (Object parameter : parameters.entrySet()) {
      Map.Entry<?, ?> entry = (Map.Entry<?, ?>) parameter;
      if (!(entry.getValue() instanceof TemplateScalarModel text)) {
        throw new TemplateModelException("words: '" + entry.getKey() + "' is no text");
      }
      texts.put(String.valueOf(entry.getKey()), text.getAsString());
    }
    String key = texts.remove("key");
    if (key == null) {
      throw new TemplateModelException("words: a key is needed, e.g. key=\"pay.until\"");
    }
    try {
      notation.say(key, texts);
    } catch (IllegalArgumentException e) {
      throw new TemplateModelException("words: " + e.getMessage(), e);
    }
  }
}
