package io.facteur.rendering;

import io.facteur.document.DocumentType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The templates in force, read from their folder when Facteur starts and when they change. */
public final class Templates {

  private static final Logger log = LoggerFactory.getLogger(Templates.class);

  /** The family of {@code templates/fonts} that widths are measured with. */
  static final String TEXT_FONT = "OpenSans";

  /** Families that have the characters which that one lacks, in the order they are asked. */
  static final String FALLBACK_FONTS = "DejaVuSans";

  private final Path folder;
  private final TemplateTrial others;
  private volatile TemplateSet current;
  private volatile List<TemplateProblem> refused = List.of();
  private String looked;
  private String judged;

  /**
   * Reads the folder.
   *
   * @throws IllegalStateException naming every file, line and reason, if something is wrong in it
   */
  public Templates(Path folder) {
    this(folder, TemplateTrial.NONE);
  }

  /**
   * Reads the folder.
   *
   * @param others what changed templates have to stand besides the printing of specimens
   * @throws IllegalStateException naming every file, line and reason, if something is wrong in it
   */
  public Templates(Path folder, TemplateTrial others) {
    this.folder = folder;
    this.others = others;
    this.current = read();
  }

  /** Nobody's but the caller's. */
  Templates(Path folder, TemplateSet set) {
    this.folder = folder;
    this.others = TemplateTrial.NONE;
    this.current = set;
  }

  /**
   * What is in the folder, with edited texts laid over it. Nothing is written, and nobody else sees
   * it.
   *
   * @param texts by path, e.g. {@code fo/invoice.fo.ftlx}
   * @throws IllegalArgumentException if a path can be none of a template or of labels
   * @throws TemplateFailedException naming all that is wrong
   */
  public Templates edited(Map<String, String> texts) {
    texts.keySet().stream()
        .filter(path -> !TemplateFiles.isText(path))
        .findFirst()
        .ifPresent(
            path -> {
              throw new IllegalArgumentException(
                  "'" + path + "' is no path of a template or of labels, e.g. fo/invoice.fo.ftlx");
            });
    List<TemplateProblem> problems = new ArrayList<>();
    TemplateFiles files = new TemplateFiles(folder, problems).with(texts);
    TemplateSet set = new TemplateSet(files, problems);
    if (!problems.isEmpty()) {
      throw new TemplateFailedException(problems, null);
    }
    return new Templates(folder, set);
  }

  /** The files in force: sizes in bytes by path. */
  public Map<String, Integer> files() {
    return current.files().sizes();
  }

  /** The text in force of a template or of labels; empty if there is no such file. */
  public Optional<String> source(String path) {
    return Optional.ofNullable(current.files().textOrNull(path));
  }

  /** Threads that are lost to templates which cannot be stopped; they end with the process. */
  public static int runaway() {
    return TimeLimit.runaway();
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

  /** Why what is in the folder now is not in force; empty if it is. */
  public List<TemplateProblem> problems() {
    return refused;
  }

  /**
   * Takes over what has changed in the folder, once it stays the same from one call to the next (a
   * deployment may still be copying), and specimens of all documents and mails can be made with it.
   * If not, all stays as it was, and {@link #problems} says why.
   */
  public synchronized void takeOverChanges() {
    List<TemplateProblem> problems = new ArrayList<>();
    TemplateFiles files = new TemplateFiles(folder, problems);
    String version = files.version();
    boolean settled = version.equals(looked);
    looked = version;
    if (version.equals(current.version()) && problems.isEmpty()) {
      refused = List.of();
      judged = version;
    } else if (settled && !version.equals(judged)) {
      judged = version;
      TemplateSet set = new TemplateSet(files, problems);
      TemplateCheck.check(files, set, problems);
      if (problems.isEmpty()) {
        problems.addAll(others.of(new Templates(folder, set)));
      }
      judge(set, List.copyOf(problems));
    }
  }

  private void judge(TemplateSet set, List<TemplateProblem> problems) {
    refused = problems;
    if (problems.isEmpty()) {
      log.info("Templates {} take the place of {}", set.version(), current.version());
      current = set;
    } else {
      log.error(
          "Changed templates in {} cannot be used, templates {} stay in force:\n{}",
          folder,
          current.version(),
          lines(problems));
    }
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
              .formatted(folder.toAbsolutePath(), lines(problems)));
    }
    return read;
  }

  private static String lines(List<TemplateProblem> problems) {
    return problems.stream()
        .map(TemplateProblem::toString)
        .collect(Collectors.joining(System.lineSeparator()));
  }
}
