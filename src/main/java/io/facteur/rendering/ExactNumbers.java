package io.facteur.rendering;

import freemarker.core.Environment;
import freemarker.core.TemplateNumberFormat;
import freemarker.core.TemplateNumberFormatFactory;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateNumberModel;
import java.math.BigDecimal;
import java.util.Locale;

/**
 * Prints numbers as computers read them, with the decimals that they have: {@code 10.00}, never
 * {@code 10}, {@code 1E+1} or {@code 10,00}. The default in all templates; people's numbers come
 * from the functions {@code amount}, {@code price} and so on.
 */
final class ExactNumbers extends TemplateNumberFormatFactory {

  private static final TemplateNumberFormat FORMAT =
      new TemplateNumberFormat() {
        @Override
        public String formatToPlainText(TemplateNumberModel number) throws TemplateModelException {
          Number value = number.getAsNumber();
          return value instanceof BigDecimal exact
              ? exact.toPlainString()
              : new BigDecimal(value.toString()).toPlainString();
        }

        @Override
        public boolean isLocaleBound() {
          return false;
        }

        @Override
        public String getDescription() {
          return "exact";
        }
      };

  @Override
  public TemplateNumberFormat get(String parameters, Locale locale, Environment environment) {
    return FORMAT;
  }
}
