package io.facteur.check;

import io.facteur.addressing.ReachSettings;
import io.facteur.addressing.ReachTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.validation.ValidationBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
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
              SettingPlace.of(file.getOrigin(name))
                  + "setting '"
                  + name
                  + "' is unknown: nothing reads it");
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
          if (binder.bindOrCreate(prefix, Bindable.of(type), handler)
              instanceof ReachSettings reach) {
            ReachTable.check(reach);
          }
        } catch (BindException e) {
          findings.addAll(SettingReasons.of(e, environment));
        } catch (IllegalArgumentException e) {
          findings.add(SettingReasons.of(e.getMessage(), environment));
        }
      }
      KnownSettings.ofCode()
          .injected()
          .forEach((name, type) -> findings.addAll(unlike(type, name, environment)));
    }
    findings.addAll(SettingForms.check(environment));
    return findings;
  }

  private static List<String> unlike(
      Class<?> type, ConfigurationPropertyName name, ConfigurableEnvironment environment) {
    try {
      Binder.get(environment).bind(name, Bindable.of(type));
      return List.of();
    } catch (BindException e) {
      return SettingReasons.of(e, environment);
    }
  }
}
