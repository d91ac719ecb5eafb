package io.facteur.testing;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Changes one value deep inside of a record, by a path such as {@code buyer.address.country} or
 * {@code lines[2].unitCode}: for data that no way into the product lets through.
 */
public final class RecordChange {

  private static final Pattern STEP = Pattern.compile("(\\w+)(?:\\[(\\d+)])?(?:\\.(.+))?");
  private static final String NONE = "–";
  private static final String BLANK = "(blank)";

  private RecordChange() {}

  /**
   * The record with another value at the path.
   *
   * @param value as a person writes it; {@code –}: null, or an empty list; {@code (blank)}: a space
   */
  public static <R> R change(R record, String path, String value) {
    Matcher step = STEP.matcher(path);
    if (!step.matches()) {
      throw new AssertionError("'%s' is no path to a value".formatted(path));
    }
    RecordComponent component = component(record.getClass(), step.group(1));
    Object old = get(record, component);
    Object changed =
        step.group(2) == null
            ? inside(old, component.getGenericType(), step.group(3), value)
            : inList(old, component, Integer.parseInt(step.group(2)), step.group(3), value);
    return with(record, component, changed);
  }

  /** The record with that value of a component. */
  public static <R> R with(R record, String component, Object value) {
    return with(record, component(record.getClass(), component), value);
  }

  private static Object inside(Object old, Type type, String path, String value) {
    if (path == null) {
      return parsed(type, value);
    }
    return change(old == null ? empty((Class<?>) type) : old, path, value);
  }

  /** Beyond the end a new element begins, all null. */
  private static Object inList(
      Object old, RecordComponent component, int position, String path, String value) {
    Type element = ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
    List<Object> list = new ArrayList<>((List<?>) old);
    if (NONE.equals(value) && path == null) {
      list.remove(position - 1);
    } else if (position > list.size()) {
      list.add(inside(null, element, path, value));
    } else {
      list.set(position - 1, inside(list.get(position - 1), element, path, value));
    }
    return list;
  }

  private static Object parsed(Type type, String value) {
    if (type instanceof ParameterizedType) {
      if (!NONE.equals(value)) {
        throw new AssertionError("a list can only be emptied: " + value);
      }
      return List.of();
    }
    if (NONE.equals(value)) {
      return null;
    }
    String text = value.equals(BLANK) ? " " : value;
    Class<?> wanted = (Class<?>) type;
    if (wanted.isEnum()) {
      return Arrays.stream(wanted.getEnumConstants())
          .filter(one -> one.toString().equals(text))
          .findFirst()
          .orElseThrow(() -> new AssertionError(text + " is no " + wanted.getSimpleName()));
    }
    return switch (wanted.getSimpleName()) {
      case "String" -> text;
      case "BigDecimal" -> new BigDecimal(text);
      case "LocalDate" -> LocalDate.parse(text);
      case "Currency" -> Currency.getInstance(text);
      case "boolean" -> Boolean.valueOf(text);
      case "int" -> Integer.valueOf(text);
      default -> throw new AssertionError("cannot be written in a cell: " + wanted);
    };
  }

  private static RecordComponent component(Class<?> type, String name) {
    return Arrays.stream(type.getRecordComponents())
        .filter(one -> one.getName().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new AssertionError("%s has no '%s'".formatted(type.getSimpleName(), name)));
  }

  private static Object get(Object record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(component.getName(), e);
    }
  }

  @SuppressWarnings("unchecked")
  private static <R> R with(R record, RecordComponent changed, Object value) {
    RecordComponent[] components = record.getClass().getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      values[i] =
          components[i].getName().equals(changed.getName()) ? value : get(record, components[i]);
    }
    return (R) construct(record.getClass(), values);
  }

  private static Object empty(Class<?> type) {
    return construct(type, new Object[type.getRecordComponents().length]);
  }

  private static Object construct(Class<?> type, Object[] values) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new AssertionError(type.getSimpleName() + " refuses these values", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type.getName(), e);
    }
  }
}
