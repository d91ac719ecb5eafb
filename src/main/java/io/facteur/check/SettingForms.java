package io.facteur.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;

/** Settings that are read late, or by others than Facteur, and what they may be. */
final class SettingForms {

  private record Form(String name, Predicate<String> right, String wanted) {}

  private static final List<Form> FORMS =
      List.of(
          new Form(
              "facteur.installation",
              value -> value.matches("[A-Za-z0-9-]{1,40}"),
              "use letters, digits and hyphens only, at most 40"),
          new Form(
              "facteur.node",
              value -> value.isBlank() || value.strip().matches("[A-Za-z0-9._-]{1,80}"),
              "use letters, digits, dots, hyphens and underscores only, at most 80; or leave it"
                  + " out, then a name is made up and kept"),
          new Form(
              "facteur.hand-out",
              value -> value.equals("seda") || value.equals("jms"),
              "there are seda and jms"),
          new Form(
              "server.port",
              SettingForms::isPort,
              "a port is a whole number from 1 to 65535, or 0 for any free one"),
          new Form(
              "management.server.port",
              SettingForms::isPort,
              "a port is a whole number from 1 to 65535, or 0 for any free one"));

  private SettingForms() {}

  /** Settings that are none of what they may be; one that is not made is all right. */
  static List<String> check(ConfigurableEnvironment environment) {
    Binder binder = Binder.get(environment);
    List<String> findings = new ArrayList<>();
    for (Form form : FORMS) {
      try {
        String value = binder.bind(form.name(), String.class).orElse(null);
        if (value != null && !form.right().test(value)) {
          findings.add(
              "%ssetting '%s' is '%s': %s"
                  .formatted(
                      SettingPlace.of(environment, form.name()),
                      form.name(),
                      value,
                      form.wanted()));
        }
      } catch (BindException e) {
        findings.addAll(SettingReasons.of(e, environment));
      }
    }
    return findings;
  }

  private static boolean isPort(String value) {
    return value.matches("\\d{1,5}") && Integer.parseInt(value) <= 65_535;
  }
}
