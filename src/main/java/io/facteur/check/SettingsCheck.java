package io.facteur.check;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.bind.validation.ValidationBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;

/** Checks Facteur's settings in the configuration files: their names, and their values. */
final class SettingsCheck {

  private SettingsCheck() {}

  /** Settings in files that nothing reads: most often a misspelt name. */
  static List<String> names(ConfigurableEnvironment environment, Path routes) {
    KnownSettings known = KnownSettings.ofCode();
    known.addUsedBelow(routes);
    List<OriginTrackedMapPropertySource> files = new ArrayList<>();
    for (PropertySource<?> source : environment.getPropertySources()) {
      if (source instanceof OriginTrackedMapPropertySource file) {
        files.add(file);
        file.getSource().values().forEach(value -> known.addUsedIn(String.valueOf(value)));
      }
    }
    List<String> findings = new ArrayList<>();
    for (OriginTrackedMapPropertySource file : files) {
      for (String name : file.getPropertyNames()) {
        if (name.startsWith("facteur.")
            && !known.contains(ConfigurationPropertyName.adapt(name, '.'))) {
          findings.add(
              at(file.getOrigin(name)) + "setting '" + name + "' is unknown: nothing reads it");
        }
      }
    }
    return findings;
  }

  /** Settings whose values cannot be used. */
  static List<String> values(ConfigurableEnvironment environment) {
    List<String> findings = new ArrayList<>();
    try (LocalValidatorFactoryBean validator = new LocalValidatorFactoryBean()) {
      validator.afterPropertiesSet();
      Binder binder = Binder.get(environment);
      BindHandler handler = new ValidationBindHandler(validator);
      for (Class<?> type : KnownSettings.records()) {
        String prefix = type.getAnnotation(ConfigurationProperties.class).value();
        try {
          binder.bindOrCreate(prefix, Bindable.of(type), handler);
        } catch (BindException e) {
          findings.addAll(reasons(e));
        }
      }
    }
    return findings;
  }

  private static List<String> reasons(BindException e) {
    if (e.getCause() instanceof BindValidationException invalid) {
      return invalid.getValidationErrors().getAllErrors().stream()
          .map(error -> at(Origin.from(error)) + invalid(invalid, error))
          .toList();
    }
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    Origin origin = e.getProperty() == null ? null : e.getProperty().getOrigin();
    return List.of(at(origin) + "setting '" + e.getName() + "': " + root.getMessage());
  }

  private static String invalid(BindValidationException invalid, ObjectError error) {
    String prefix = String.valueOf(invalid.getValidationErrors().getName());
    String field = error instanceof FieldError at ? "." + at.getField() : "";
    return "setting '" + prefix + field + "': " + error.getDefaultMessage();
  }

  private static String at(Origin origin) {
    if (origin instanceof PropertySourceOrigin inSource && inSource.getOrigin() != null) {
      return at(inSource.getOrigin());
    }
    if (origin instanceof TextResourceOrigin text && text.getLocation() != null) {
      return file(text) + ":" + (text.getLocation().getLine() + 1) + ": ";
    }
    return origin == null ? "configuration: " : origin + ": ";
  }

  private static String file(TextResourceOrigin origin) {
    try {
      Path file = origin.getResource().getFile().toPath().toAbsolutePath();
      Path here = Path.of("").toAbsolutePath();
      return (file.startsWith(here) ? here.relativize(file) : file).toString();
    } catch (IOException e) {
      return origin.getResource().getDescription(); // inside the jar
    }
  }
}
