package io.facteur.check;

import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.env.RandomValuePropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * {@code --check}: says whether routes, templates and configuration are in order, without starting
 * anything (ROUTE-3).
 */
public final class CheckCommand {

  private static final String OPTION = "--check";

  private CheckCommand() {}

  public static boolean isAskedFor(String... args) {
    return Arrays.asList(args).contains(OPTION);
  }

  /**
   * Prints each finding as {@code file:line: reason}.
   *
   * @param args further settings, as for the start
   * @return the exit code: 0 if all is well, 1 if there are findings
   */
  public static int run(String[] args, PrintStream out) {
    ProductCheck.Result result = check(args);
    List<String> findings = result.findings();
    findings.forEach(out::println);
    out.println(
        switch (findings.size()) {
          case 0 -> "routes, templates and configuration are in order";
          case 1 -> "1 finding";
          default -> findings.size() + " findings";
        });
    if (!result.tried()) {
      out.println("no specimens were printed with the templates: correct this, and check again");
    }
    return findings.isEmpty() ? 0 : 1;
  }

  private static ProductCheck.Result check(String... args) {
    List<String> notYaml = notYaml(Path.of("config"));
    return notYaml.isEmpty()
        ? ProductCheck.all(environment(args))
        : new ProductCheck.Result(notYaml, false);
  }

  static StandardEnvironment environment(String... args) {
    StandardEnvironment environment = new StandardEnvironment();
    String[] settings =
        Stream.of(args).filter(argument -> !argument.equals(OPTION)).toArray(String[]::new);
    environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(settings));
    RandomValuePropertySource.addToEnvironment(environment);
    ConfigDataEnvironmentPostProcessor.applyTo(environment);
    return environment;
  }

  /** Spring's own message for such a file does not name it. */
  private static List<String> notYaml(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<String> findings = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).sorted().toList()) {
        try (Reader text = Files.newBufferedReader(file)) {
          new Yaml().composeAll(text).forEach(document -> {});
        } catch (MarkedYAMLException e) {
          int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
          findings.add("%s:%d: is not YAML: %s".formatted(file, line, e.getProblem()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder, e);
    }
    return findings;
  }
}
