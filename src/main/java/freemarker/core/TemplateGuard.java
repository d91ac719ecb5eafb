package freemarker.core;

import freemarker.template.Template;
import java.util.List;
import java.util.Set;

/**
 * What FreeMarker has to know so that a template can be stopped and cannot take all memory. It
 * stands in FreeMarker's own package because the tree of a template is not open to others; for all
 * templates of this JVM, some built-ins are taken away and some get a limit ({@link
 * GuardedBuiltIns}).
 */
@SuppressWarnings("deprecation") // FreeMarker calls so whatever is not meant for applications
public final class TemplateGuard {

  /** More than that, a list of numbers has to be one that {@code <#list>} goes through. */
  private static final int LONGEST_RANGE = 10_000;

  private TemplateGuard() {}

  /**
   * Where something stands in a template.
   *
   * @param literal whether it is text that is printed as it stands
   */
  public record Place(String template, int line, boolean literal) {}

  /** Takes the dangerous built-ins away; before any template is parsed. */
  public static void install() {
    GuardedBuiltIns.install();
  }

  /**
   * Makes a template ask whether it may go on: at its start, in each turn of a loop, in each call
   * of a macro or function, and before each assignment, which is where a text may double.
   *
   * @param mayGoOn throws if the template is to be stopped
   * @throws ParseException if the template has what could not be stopped
   */
  public static void guard(Template template, Runnable mayGoOn) throws ParseException {
    TemplateElement root = template.getRootTreeNode();
    check(root, null);
    addChecks(root, mayGoOn);
  }

  /** Where a running template is. */
  public static Place place(Environment running) {
    TemplateElement[] stack = running.getInstructionStackSnapshot();
    if (stack == null || stack.length == 0) {
      return new Place(running.getMainTemplate().getSourceName(), 0, false);
    }
    TemplateElement top = stack[0];
    return new Place(
        top.getTemplate().getSourceName(), top.getBeginLine(), top instanceof TextBlock);
  }

  private static void check(TemplateObject node, TemplateObject parent) throws ParseException {
    if (node instanceof Range range && !isHarmless(range, parent)) {
      throw new ParseException(
          "a range of numbers stands in <#list from..to as x> or text[from..to]; elsewhere both its"
              + " ends are written as numbers, at most "
              + LONGEST_RANGE
              + " apart, because what goes through it cannot be stopped",
          node);
    }
    if (node instanceof GuardedBuiltIns.Refused refused) {
      throw new ParseException(refused.reason(), node);
    }
    if (node instanceof PropertySetting
        && Set.of("classic_compatible", "classicCompatible").contains(node.getParameterValue(0))) {
      throw new ParseException("missing values stay errors: there is no " + name(node), node);
    }
    for (int i = 0; i < node.getParameterCount(); i++) {
      Object value = node.getParameterValue(i);
      if (value instanceof TemplateObject inner) {
        check(inner, node instanceof ParentheticalExpression ? parent : node);
      } else if (value instanceof List<?> several) {
        for (Object each : several) {
          if (each instanceof TemplateObject inner) {
            check(inner, node);
          }
        }
      }
    }
    if (node instanceof TemplateElement element) {
      for (int i = 0; i < element.getChildCount(); i++) {
        check(element.getChild(i), element);
      }
    }
  }

  private static String name(TemplateObject setting) {
    return "<#setting " + setting.getParameterValue(0) + "=...>";
  }

  private static boolean isHarmless(Range range, TemplateObject parent) {
    if (parent instanceof IteratorBlock) {
      return true;
    }
    if (parent instanceof DynamicKeyName slice && inner(slice.getParameterValue(1)) == range) {
      return true;
    }
    return range.lho instanceof NumberLiteral from
        && range.rho instanceof NumberLiteral to
        && Math.abs(to.getAsNumber().doubleValue() - from.getAsNumber().doubleValue())
            <= LONGEST_RANGE;
  }

  private static Object inner(Object expression) {
    Object inner = expression;
    while (inner instanceof ParentheticalExpression parentheses) {
      inner = parentheses.getNestedExpression();
    }
    return inner;
  }

  private static void addChecks(TemplateElement element, Runnable mayGoOn) throws ParseException {
    for (int i = element.getChildCount() - 1; i >= 0; i--) {
      TemplateElement child = element.getChild(i);
      addChecks(child, mayGoOn);
      if (child instanceof Assignment || child instanceof BlockAssignment) {
        element.addChild(i, new Check(child, mayGoOn));
      }
    }
    if (element.isNestedBlockRepeater()) {
      element.addChild(0, new Check(element, mayGoOn));
    }
  }

  /** An invisible element. */
  @SuppressWarnings("unchecked") // its base class is older than generics
  private static final class Check extends TemplateElement {

    private final Runnable mayGoOn;

    Check(TemplateElement place, Runnable mayGoOn) {
      this.mayGoOn = mayGoOn;
      setLocation(
          place.getTemplate(),
          place.getBeginColumn(),
          place.getBeginLine(),
          place.getBeginColumn(),
          place.getBeginLine());
    }

    @Override
    TemplateElement[] accept(Environment running) {
      mayGoOn.run();
      return null;
    }

    @Override
    boolean isNestedBlockRepeater() {
      return false;
    }

    @Override
    protected String dump(boolean canonical) {
      return canonical ? "" : "--" + getNodeTypeSymbol() + "--";
    }

    @Override
    String getNodeTypeSymbol() {
      return "##check";
    }

    @Override
    int getParameterCount() {
      return 0;
    }

    @Override
    Object getParameterValue(int index) {
      throw new IndexOutOfBoundsException(index);
    }

    @Override
    ParameterRole getParameterRole(int index) {
      throw new IndexOutOfBoundsException(index);
    }
  }
}
