package io.facteur.check;

import io.facteur.camel.RouteCheck;
import io.facteur.channel.MailTrial;
import io.facteur.rendering.TemplateCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.env.ConfigurableEnvironment;

/** Everything that can be wrong in the folders config, routes and templates (ROUTE-3). */
final class ProductCheck {

  private ProductCheck() {}

  /** All findings, as {@code file:line: reason}; needs no database and starts nothing. */
  static List<String> all(ConfigurableEnvironment environment) {
    List<String> findings = new ArrayList<>(SettingsCheck.values(environment));
    findings.addAll(beforeStart(environment));
    if (findings.isEmpty()) {
      Path templates = templates(environment);
      TemplateCheck.check(templates, new MailTrial())
          .forEach(problem -> findings.add(in(templates, problem)));
    }
    return findings;
  }

  /**
   * What every start checks: all but the values of settings, which Spring checks as it goes, and
   * the printing of specimens.
   */
  static List<String> beforeStart(ConfigurableEnvironment environment) {
    Path routes = Path.of(environment.getRequiredProperty("facteur.routes"));
    Path templates = templates(environment);
    List<String> findings = new ArrayList<>(SettingsCheck.names(environment, routes));
    RouteCheck.check(routes, environment).forEach(finding -> findings.add(in(routes, finding)));
    TemplateCheck.read(templates).forEach(problem -> findings.add(in(templates, problem)));
    return findings;
  }

  private static Path templates(ConfigurableEnvironment environment) {
    return Path.of(environment.getRequiredProperty("facteur.templates"));
  }

  /** A finding about the folder itself names it already. */
  private static String in(Path folder, Object finding) {
    String text = finding.toString();
    return text.startsWith(folder + ":") ? text : folder + "/" + text;
  }
}
