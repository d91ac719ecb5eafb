package io.facteur.rendering;

import io.facteur.document.DocumentType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The templates in force, read from their folder when Facteur starts or is told to. */
public final class Templates {

  /** The family of {@code templates/fonts} that widths are measured with. */
  static final String TEXT_FONT = "OpenSans";

  private final Path folder;
  private volatile TemplateSet current;

  /**
   * Reads the folder.
   *
   * @throws IllegalStateException naming every file, line and reason, if something is wrong in it
   */
  public Templates(Path folder) {
    this.folder = folder;
    this.current = read();
  }

  /** The template that documents of a type are printed with when nothing else is asked for. */
  public static String defaultFor(DocumentType type) {
    return switch (type) {
      case INVOICE, INSTALMENT, SETTLEMENT, CREDIT_NOTE -> "invoice";
      case QUOTE, ORDER, PURCHASE_ORDER -> "order";
      case REMINDER, PAYMENT_NOTICE -> "reminder";
      default -> type.name().toLowerCase(Locale.ROOT).replace('_', '-');
    };
  }

  /** Whether a dispatch definition may ask for that template. */
  public boolean exists(String template) {
    return template.matches("[A-Za-z0-9_-]+") && current.has(foFile(template));
  }

  /** Whether documents of that type can be printed. */
  public boolean exists(DocumentType type) {
    return exists(defaultFor(type));
  }

  /** The languages that there are texts in. */
  public List<String> languages() {
    return current.languages();
  }

  /** Identifies the templates in force (ROUTE-6). */
  public String version() {
    return current.version();
  }

  /**
   * Takes over what has changed in the folder.
   *
   * @throws IllegalStateException if something is wrong in it; then all stays as it was
   */
  public void reload() {
    current = read();
  }

  /**
   * Writes texts, within a time limit.
   *
   * @param name of what is written, for messages
   * @param characters that one text may have
   * @throws TemplateFailedException if it takes longer, or what the work throws
   */
  public <T> T write(
      String name, Duration limit, long characters, Function<TextTemplates, T> work) {
    TemplateSet set = current;
    Limits limits = new Limits(limit, characters, false);
    return set.within(limits, name, () -> work.apply(new TextTemplates(set, limits)));
  }

  TemplateSet current() {
    return current;
  }

  static String foFile(String template) {
    return TemplateFiles.FO + template + ".fo.ftlx";
  }

  private TemplateSet read() {
    List<TemplateProblem> problems = new ArrayList<>();
    TemplateSet read = new TemplateSet(new TemplateFiles(folder, problems), problems);
    if (!problems.isEmpty()) {
      throw new IllegalStateException(
          "The templates in %s cannot be used:%n%s"
              .formatted(
                  folder.toAbsolutePath(),
                  problems.stream()
                      .map(TemplateProblem::toString)
                      .collect(Collectors.joining(System.lineSeparator()))));
    }
    return read;
  }
}
