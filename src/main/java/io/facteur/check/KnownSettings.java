package io.facteur.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;

/** The settings below {@code facteur} that something reads: code, routes, or another setting. */
final class KnownSettings {

  private static final Pattern WHOLE = Pattern.compile("\\$\\{(facteur\\.[\\w.-]+)(?::[^}]*)?}");
  private static final Pattern USED = Pattern.compile("(?:\\$\\{|\\{\\{[?!]?)(facteur\\.[\\w.-]+)");

  private final Set<ConfigurationPropertyName> names = new HashSet<>();
  private final Set<ConfigurationPropertyName> trees = new HashSet<>();
  private final Map<ConfigurationPropertyName, Class<?>> injected = new LinkedHashMap<>();

  /** The records that settings are bound to. */
  static List<Class<?>> records() {
    return annotated(ConfigurationProperties.class);
  }

  /** What code reads. */
  static KnownSettings ofCode() {
    KnownSettings known = new KnownSettings();
    for (Class<?> type : records()) {
      known.addComponents(
          type,
          ConfigurationPropertyName.of(type.getAnnotation(ConfigurationProperties.class).value()));
    }
    annotated(Component.class).forEach(known::addInjected);
    return known;
  }

  boolean contains(ConfigurationPropertyName name) {
    return names.contains(name) || trees.stream().anyMatch(tree -> tree.isAncestorOf(name));
  }

  /**
   * Single settings that code takes, beside those of the records, and the types it takes them as.
   */
  Map<ConfigurationPropertyName, Class<?>> injected() {
    return injected;
  }

  /** Notes the settings that a text refers to, as ${facteur.x} or {{facteur.x}}. */
  void addUsedIn(String text) {
    Matcher used = USED.matcher(text);
    while (used.find()) {
      names.add(ConfigurationPropertyName.of(used.group(1)));
    }
  }

  /** Notes the settings that route files refer to. */
  void addUsedBelow(Path routes) {
    if (!Files.isDirectory(routes)) {
      return;
    }
    try (Stream<Path> files = Files.walk(routes)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
        addUsedIn(Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + routes, e);
    }
  }

  private void addComponents(Class<?> type, ConfigurationPropertyName prefix) {
    RecordComponent[] components = type.getRecordComponents();
    Parameter[] parameters = canonical(type).getParameters();
    for (int i = 0; i < components.length; i++) {
      Name named = parameters[i].getAnnotation(Name.class);
      String word = named == null ? kebab(components[i].getName()) : named.value();
      ConfigurationPropertyName name = prefix.append(word);
      Class<?> value = components[i].getType();
      names.add(name);
      if (value.isRecord() && value.getName().startsWith("io.facteur.")) {
        addComponents(value, name);
      } else if (value.isArray()
          || Map.class.isAssignableFrom(value)
          || Collection.class.isAssignableFrom(value)) {
        trees.add(name);
      }
    }
  }

  private static Constructor<?> canonical(Class<?> type) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(types);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("every record has its canonical constructor", e);
    }
  }

  private void addInjected(Class<?> component) {
    Stream<Executable> executables =
        Stream.concat(
            Arrays.stream(component.getDeclaredConstructors()),
            Arrays.stream(component.getDeclaredMethods()));
    addCondition(component);
    Arrays.stream(component.getDeclaredFields()).forEach(this::addConstant);
    Arrays.stream(component.getDeclaredMethods()).forEach(this::addCondition);
    executables
        .flatMap(executable -> Arrays.stream(executable.getParameters()))
        .forEach(
            parameter -> {
              String text = value(parameter);
              addUsedIn(text);
              Matcher whole = WHOLE.matcher(text);
              if (whole.matches()) {
                injected.put(
                    ConfigurationPropertyName.of(whole.group(1)),
                    ClassUtils.resolvePrimitiveIfNecessary(parameter.getType()));
              }
            });
  }

  private void addCondition(AnnotatedElement element) {
    ConditionalOnProperty condition = element.getAnnotation(ConditionalOnProperty.class);
    if (condition != null) {
      String prefix = condition.prefix().isEmpty() ? "" : condition.prefix() + ".";
      Stream.of(condition.name(), condition.value())
          .flatMap(Arrays::stream)
          .forEach(name -> names.add(ConfigurationPropertyName.of(prefix + name)));
    }
  }

  /** Code that asks the environment has the setting's name as a constant. */
  private void addConstant(Field field) {
    if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
      try {
        field.setAccessible(true);
        if (field.get(null) instanceof String text && text.startsWith("facteur.")) {
          names.add(ConfigurationPropertyName.adapt(text, '.'));
        }
      } catch (IllegalAccessException e) {
        throw new IllegalStateException("it was made accessible", e);
      }
    }
  }

  private static String value(Parameter parameter) {
    Value value = parameter.getAnnotation(Value.class);
    return value == null ? "" : value.value();
  }

  private static List<Class<?>> annotated(Class<? extends Annotation> with) {
    var scanner = new ClassPathScanningCandidateComponentProvider(false);
    scanner.addIncludeFilter(new AnnotationTypeFilter(with));
    return scanner.findCandidateComponents("io.facteur").stream()
        .<Class<?>>map(found -> ClassUtils.resolveClassName(found.getBeanClassName(), null))
        .toList();
  }

  private static String kebab(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }
}
