package io.facteur.rendering;

import freemarker.cache.StringTemplateLoader;
import freemarker.cache.StrongCacheStorage;
import freemarker.core.Environment;
import freemarker.core.ParseException;
import freemarker.core.TemplateClassResolver;
import freemarker.core.TemplateGuard;
import freemarker.template.Configuration;
import freemarker.template.SimpleObjectWrapper;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.fop.render.pdf.ArchivePdfDocumentHandler;

/**
 * All templates, texts, fonts and pictures as they stood at one moment. Documents are made from
 * this alone: whatever a template names, nothing else on the machine or the network can be reached.
 */
final class TemplateSet {

  private static final Pattern FAILED_AT = Pattern.compile("Failed at: (.+?) {2}\\[in ");

  /** The brand of companies that have no file of their own. */
  static final String DEFAULT_BRAND = "default";

  static {
    TemplateGuard.install();
  }

  private final Configuration freemarker = configuration();
  private final TemplateFiles files;
  private final TimeLimit time = new TimeLimit();
  private final Map<String, Labels> labels;
  private final FontSet fonts;
  private final FoPrinter printer;
  private final String version;
  private final List<String> brands;

  /**
   * Parses the files.
   *
   * @param problems where what is wrong is added
   */
  TemplateSet(TemplateFiles files, List<TemplateProblem> problems) {
    this.files = files;
    version = files.version();
    Map<String, String> sources = files.templates(problems);
    parse(sources, problems);
    brands =
        sources.keySet().stream()
            .filter(name -> name.startsWith(TemplateFiles.BRANDS))
            .map(name -> name.substring(TemplateFiles.BRANDS.length(), name.length() - 5))
            .filter(name -> !name.equals(DEFAULT_BRAND))
            .toList();
    labels = files.labels(problems);
    fonts = files.fonts(problems);
    printer = new FoPrinter(files.resources(problems), fonts);
  }

  String version() {
    return version;
  }

  TemplateFiles files() {
    return files;
  }

  /** Whether there is a template of that path, be it right or wrong. */
  boolean has(String template) {
    return ((StringTemplateLoader) freemarker.getTemplateLoader()).findTemplateSource(template)
        != null;
  }

  /** The name of the brand file that a company's documents are printed with. */
  String brandOf(String companyCode) {
    return has(TemplateFiles.BRANDS + companyCode + ".ftlx") ? companyCode : DEFAULT_BRAND;
  }

  /** Codes of the companies that have a brand file. */
  List<String> brands() {
    return brands;
  }

  FontSet fonts() {
    return fonts;
  }

  FoPrinter printer() {
    return printer;
  }

  List<String> languages() {
    return List.copyOf(labels.keySet());
  }

  /**
   * The texts of a language.
   *
   * @throws TemplateFailedException if there are none
   */
  Labels labels(String language) {
    Labels found = labels.get(language);
    if (found == null) {
      throw new TemplateFailedException(
          "labels/" + language + ".properties",
          "there are no texts in language '%s', only in %s. Add the file, or set another language"
              .formatted(language, String.join(", ", labels.keySet())));
    }
    return found;
  }

  /**
   * Does work of a template aside.
   *
   * @throws TemplateFailedException if it takes too long, or memory or stack do not suffice
   */
  <T> T within(Limits limits, String template, Callable<T> work) {
    return time.within(limits, template, work);
  }

  /**
   * Fills in a template.
   *
   * @throws TemplateFailedException with the line, if it does not give a text within the limits
   */
  String print(String name, Map<String, ?> data, Limits limits) {
    LimitedWriter out = new LimitedWriter(name, limits);
    run(name, data, out);
    return out.toString();
  }

  /**
   * Fills in a template of XSL-FO and prints it.
   *
   * @param attachment null if nothing goes inside
   * @throws TemplateFailedException with the lines of templates, if the document would not be as
   *     they want it
   */
  byte[] pdf(
      String name,
      Map<String, ?> data,
      FoPrinter.About about,
      ArchivePdfDocumentHandler.Attachment attachment,
      Limits limits) {
    String fo = Scripts.printable(name, print(name, data, limits));
    try {
      return printer.print(name, fo, about, attachment, limits);
    } catch (FoFailedException e) {
      PrintTrace trace = new PrintTrace(new LimitedWriter(name, limits));
      run(name, data, trace);
      throw new TemplateFailedException(
          e.complaints().stream()
              .map(complaint -> problem(FoSource.located(complaint, fo), name, trace))
              .distinct()
              .toList(),
          e);
    }
  }

  private static TemplateProblem problem(FoComplaint complaint, String name, PrintTrace trace) {
    TemplateGuard.Place place =
        complaint.line() > 0 ? trace.placeOf(complaint.line(), complaint.column()) : null;
    return place == null
        ? new TemplateProblem(name, 0, complaint.reason())
        : new TemplateProblem(place.template(), place.line(), complaint.reason());
  }

  /** Runs a template for what it assigns instead of for what it prints. */
  Map<String, TemplateModel> assigned(String name, Map<String, ?> data, Limits limits) {
    Environment run = run(name, data, new LimitedWriter(name, limits));
    try {
      Map<String, TemplateModel> assigned = new HashMap<>();
      for (Object variable : run.getKnownVariableNames()) {
        TemplateModel value = run.getCurrentNamespace().get(variable.toString());
        if (value != null) {
          assigned.put(variable.toString(), value);
        }
      }
      return assigned;
    } catch (TemplateModelException e) {
      throw new TemplateFailedException(name, 0, firstLine(e), e);
    }
  }

  private Environment run(String name, Map<String, ?> data, Writer out) {
    Template template = parsed(name);
    if (template == null) {
      throw new TemplateFailedException(name, "there is no such template");
    }
    MemoryLimit.begin(lines(data));
    try {
      Environment run = template.createProcessingEnvironment(data, out);
      run.process();
      return run;
    } catch (ParseException e) {
      throw new TemplateFailedException(
          e.getTemplateName(), e.getLineNumber(), e.getEditorMessage(), e);
    } catch (TemplateException e) {
      if (e.getCause() instanceof TemplateFailedException limit) {
        throw limit;
      }
      boolean known = e.getTemplateSourceName() != null;
      throw new TemplateFailedException(
          known ? e.getTemplateSourceName() : name, known ? e.getLineNumber() : 0, firstLine(e), e);
    } catch (IOException e) {
      throw new TemplateFailedException(name, 0, String.valueOf(e.getMessage()), e);
    } finally {
      MemoryLimit.end();
    }
  }

  private static int lines(Map<String, ?> data) {
    return data.get("document") instanceof Map<?, ?> document
            && document.get("lines") instanceof List<?> lines
        ? lines.size()
        : 0;
  }

  /** Templates ask this in each turn of a loop, each call of a macro and before assignments. */
  private static void mayGoOn() {
    if (Thread.currentThread().isInterrupted()) {
      throw stopped("was stopped");
    }
    if (MemoryLimit.isExceeded()) {
      throw stopped(
          ("takes more than %d MB: look for a text or list that grows in a loop, or for a loop"
                  + " without end")
              .formatted(MemoryLimit.BYTES >> 20));
    }
  }

  private static TemplateFailedException stopped(String reason) {
    TemplateGuard.Place place = TemplateGuard.place(Environment.getCurrentEnvironment());
    return new TemplateFailedException(place.template(), place.line(), reason, null);
  }

  /** How Facteur runs FreeMarker: no classes, no methods, no files, errors are errors. */
  static Configuration configuration() {
    Configuration freemarker = new Configuration(Configuration.VERSION_2_3_34);
    freemarker.setTemplateLoader(new StringTemplateLoader());
    freemarker.setCacheStorage(new StrongCacheStorage());
    freemarker.setTemplateUpdateDelayMilliseconds(Long.MAX_VALUE);
    freemarker.setLocalizedLookup(false);
    freemarker.setDefaultEncoding(StandardCharsets.UTF_8.name());
    freemarker.setOutputEncoding(StandardCharsets.UTF_8.name());
    freemarker.setLocale(Locale.ROOT);
    freemarker.setTimeZone(TimeZone.getTimeZone("UTC"));
    freemarker.setObjectWrapper(new SimpleObjectWrapper(Configuration.VERSION_2_3_34));
    freemarker.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
    freemarker.setAPIBuiltinEnabled(false);
    freemarker.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    freemarker.setLogTemplateExceptions(false);
    freemarker.setWrapUncheckedExceptions(true);
    freemarker.setFallbackOnNullLoopVariable(false);
    freemarker.setCustomNumberFormats(Collections.singletonMap("exact", new ExactNumbers()));
    freemarker.setNumberFormat("@exact");
    return freemarker;
  }

  private void parse(Map<String, String> sources, List<TemplateProblem> problems) {
    StringTemplateLoader loader = (StringTemplateLoader) freemarker.getTemplateLoader();
    sources.forEach(loader::putTemplate);
    for (String name : new TreeMap<>(sources).keySet()) {
      try {
        // The cache never lets go, so an import gets this very object, with its checks.
        TemplateGuard.guard(freemarker.getTemplate(name), TemplateSet::mayGoOn);
      } catch (ParseException e) {
        problems.add(new TemplateProblem(name, e.getLineNumber(), oneLine(e.getEditorMessage())));
      } catch (IOException e) {
        problems.add(new TemplateProblem(name, 0, String.valueOf(e.getMessage())));
      }
    }
  }

  private Template parsed(String name) {
    try {
      return has(name) ? freemarker.getTemplate(name) : null;
    } catch (IOException e) {
      throw new TemplateFailedException(name, 0, String.valueOf(e.getMessage()), e);
    }
  }

  private static String firstLine(TemplateException e) {
    String message = oneLine(e.getMessageWithoutStackTop());
    Throwable cause = e.getCause();
    if (cause != null && cause.getMessage() != null && !message.contains(cause.getMessage())) {
      message += " " + oneLine(cause.getMessage());
    }
    Matcher place = FAILED_AT.matcher(String.valueOf(e.getFTLInstructionStack()));
    return place.find() ? message + " at " + place.group(1) : message;
  }

  private static String oneLine(String text) {
    String first = text.split("\\R\\s*\\R|----", 2)[0];
    return first.replaceAll("\\s+", " ").strip();
  }
}
