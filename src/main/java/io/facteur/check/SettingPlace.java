package io.facteur.check;

import java.io.IOException;
import java.nio.file.Path;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.ConfigurableEnvironment;

/** Where a setting stands, as the head of a finding: {@code file:line: }. */
final class SettingPlace {

  private SettingPlace() {}

  /** Of a setting, or of the first item of a list. */
  static String of(ConfigurableEnvironment environment, String name) {
    ConfigurationPropertyName wanted = ConfigurationPropertyName.adapt(name, '.');
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      ConfigurationProperty setting = source.getConfigurationProperty(wanted);
      if (setting == null) {
        setting = source.getConfigurationProperty(wanted.append("[0]"));
      }
      if (setting != null) {
        return of(setting.getOrigin());
      }
    }
    return of(null);
  }

  static String of(Origin origin) {
    if (origin instanceof PropertySourceOrigin inSource && inSource.getOrigin() != null) {
      return of(inSource.getOrigin());
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
