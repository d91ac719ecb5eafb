package freemarker.core;

import freemarker.template.TemplateMethodModel;
import freemarker.template.TemplateMethodModelEx;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** FreeMarker's built-ins without those that could not be stopped or bounded. */
@SuppressWarnings("deprecation") // FreeMarker calls so whatever is not meant for applications
final class GuardedBuiltIns {

  /** Characters that one call may give. */
  private static final long LONGEST = 1_000_000;

  private static final String NO_JAVA = "templates reach no Java";
  private static final String NO_CODE = "code that is made while it runs cannot be checked";
  private static final String NO_REGEXP = "a regular expression cannot be stopped";

  private static final Map<String, String> REFUSED =
      Map.of(
          "new", NO_JAVA,
          "api", NO_JAVA,
          "eval", NO_CODE,
          "eval_json", NO_CODE,
          "interpret", NO_CODE,
          "matches", NO_REGEXP,
          "groups", NO_REGEXP);

  /** Built-ins with flags, one of which asks for a regular expression; where the flags stand. */
  private static final Map<String, Integer> WITH_FLAGS =
      Map.of(
          "replace", 2,
          "split", 1,
          "keep_before", 1,
          "keep_after", 1,
          "keep_before_last", 1,
          "keep_after_last", 1);

  static {
    for (String name : List.copyOf(BuiltIn.BUILT_INS_BY_NAME.keySet())) {
      BuiltIn original = BuiltIn.BUILT_INS_BY_NAME.get(name);
      String snake = name.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
      original.key = name;
      if (REFUSED.containsKey(snake)) {
        BuiltIn.BUILT_INS_BY_NAME.put(name, new Refused(REFUSED.get(snake)));
      } else if (WITH_FLAGS.containsKey(snake)) {
        bound(name, original, (text, a) -> checkFlags(text, a, WITH_FLAGS.get(snake)));
      } else if (snake.endsWith("_pad")) {
        bound(name, original, (text, a) -> checkLength(Double.parseDouble(a.get(0).toString())));
      } else if (snake.equals("number")) {
        BuiltIn.BUILT_INS_BY_NAME.put(name, new WrittenNumber((BuiltInForString) original));
      }
    }
  }

  private GuardedBuiltIns() {}

  /** What the static part does, once. */
  static void install() {
    // Loading this class was all that was to be done.
  }

  private static void bound(String name, BuiltIn original, ArgumentCheck check) {
    BuiltIn.BUILT_INS_BY_NAME.put(name, new Bounded((BuiltInForString) original, check));
  }

  private static void checkFlags(String text, List<?> arguments, int flags)
      throws TemplateModelException {
    if (arguments.size() > flags && arguments.get(flags).toString().indexOf('r') >= 0) {
      throw new TemplateModelException("no flag 'r': " + NO_REGEXP);
    }
    if (flags == 2 && arguments.size() >= 2) {
      int wanted = arguments.get(0).toString().length();
      long times = text.length() / Math.max(1, wanted) + 1L;
      checkLength(text.length() + (double) times * arguments.get(1).toString().length());
    }
  }

  private static void checkLength(double characters) throws TemplateModelException {
    if (characters > LONGEST) {
      throw new TemplateModelException(
          "gives a text of more than %,d characters".formatted(LONGEST));
    }
  }

  /** Says what is wrong with the arguments of a call. */
  private interface ArgumentCheck {
    void check(String text, List<?> arguments) throws TemplateModelException;
  }

  /** Found when a template is read. */
  static final class Refused extends BuiltIn {
    private final String reason;

    Refused(String reason) {
      this.reason = reason;
    }

    String reason() {
      return "there is no ?" + key + ": " + reason;
    }

    @Override
    TemplateModel _eval(Environment running) throws TemplateModelException {
      throw new TemplateModelException(reason());
    }
  }

  /** Looks at the arguments first. */
  private static final class Bounded extends BuiltInForString {
    private final BuiltInForString original;
    private final ArgumentCheck check;

    Bounded(BuiltInForString original, ArgumentCheck check) {
      this.original = original;
      this.check = check;
    }

    @Override
    TemplateModel calculateResult(String text, Environment running)
        throws freemarker.template.TemplateException {
      TemplateMethodModel method = (TemplateMethodModel) original.calculateResult(text, running);
      if (method instanceof TemplateMethodModelEx) {
        return (TemplateMethodModelEx) arguments -> checked(text, arguments, method);
      }
      return (TemplateMethodModel) arguments -> checked(text, arguments, method);
    }

    private Object checked(String text, List<?> arguments, TemplateMethodModel method)
        throws TemplateModelException {
      check.check(text, arguments);
      return method.exec(arguments);
    }
  }

  /** {@code "1e999999999"} is a short text, but no short number. */
  private static final class WrittenNumber extends BuiltInForString {
    private final BuiltInForString original;

    WrittenNumber(BuiltInForString original) {
      this.original = original;
    }

    @Override
    TemplateModel calculateResult(String text, Environment running)
        throws freemarker.template.TemplateException {
      if (text.length() > 100 || text.matches(".*[eE][+-]?\\d{3,}.*")) {
        throw new TemplateModelException("?number: the number is too long");
      }
      return original.calculateResult(text, running);
    }
  }
}
