package io.facteur.channel;

import freemarker.core.Environment;
import freemarker.core.TemplateClassResolver;
import freemarker.core._CoreAPI;
import freemarker.template.Configuration;
import freemarker.template.SimpleObjectWrapper;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import freemarker.template.TemplateHashModelEx;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateNotFoundException;
import freemarker.template.TemplateScalarModel;
import io.facteur.delivery.Receipt;
import io.facteur.delivery.TransmissionFailure;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.concurrent.TimeoutException;

/**
 * The texts of mails (MAIL-2), from {@code templates/mail}: {@code words.<language>.ftl} holds what
 * is said in a language, {@code <type>.<language>.ftl} changes any of it for a type of document,
 * {@code <company>/<type>.<language>.ftl} for a company's; {@code layout.txt.ftl} and {@code
 * layout.html.ftlh} put it into shape. A template sees plain maps, lists and texts only.
 */
public final class MailTemplates {

  private static final String FALLBACK = "en";
  private static final int LONGEST = 1_000_000;
  private static final Duration LONGEST_TIME = Duration.ofSeconds(5);

  private final Configuration templates;
  private final Duration longest;
  private final Set<Template> interruptible =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  /**
   * Reads templates when they are needed, and again when they have changed.
   *
   * @param folder with the folder {@code mail} inside
   */
  public MailTemplates(Path folder) {
    this(folder, LONGEST_TIME);
  }

  MailTemplates(Path folder, Duration longest) {
    this.longest = longest;
    templates = new Configuration(Configuration.VERSION_2_3_34);
    try {
      templates.setDirectoryForTemplateLoading(folder.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException("no folder of templates: " + folder.toAbsolutePath(), e);
    }
    templates.setDefaultEncoding("UTF-8");
    templates.setObjectWrapper(new SimpleObjectWrapper(Configuration.VERSION_2_3_34));
    templates.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
    templates.setAPIBuiltinEnabled(false);
    templates.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    templates.setLogTemplateExceptions(false);
    templates.setWrapUncheckedExceptions(true);
    templates.setLocalizedLookup(false);
    templates.setNumberFormat("computer");
  }

  /**
   * Writes a mail.
   *
   * @param names of the words to be used, the first one found
   * @param language if it has no words, English is written
   * @throws TransmissionFailure a temporary one, if a template is wrong
   */
  MailText write(String company, List<String> names, String language, Map<String, Object> model) {
    try {
      return TimeLimit.within(longest, () -> written(company, names, spoken(language), model));
    } catch (TimeoutException e) {
      throw failure("the texts of a mail take more than " + longest.toMillis() + " ms", e);
    } catch (TemplateNotFoundException e) {
      throw failure("template " + e.getTemplateName() + " is missing", e);
    } catch (TemplateException e) {
      String where = e.getTemplateSourceName() + ", line " + e.getLineNumber();
      throw failure("template " + where + ": " + firstLine(e.getMessageWithoutStackTop()), e);
    } catch (UncheckedIOException e) {
      throw failure("template " + e.getCause().getMessage(), e);
    } catch (IOException e) {
      throw failure("templates of mails: " + firstLine(e.getMessage()), e);
    }
  }

  private MailText written(
      String company, List<String> names, String language, Map<String, Object> model)
      throws IOException, TemplateException {
    Map<String, Object> known = new HashMap<>(model);
    Map<String, TemplateModel> words = new HashMap<>();
    learn(words, template(file("words", language)), known);
    for (String name : candidates(company, names)) {
      if (exists(name, language)) {
        learn(words, template(file(name, language)), known);
        break;
      }
    }
    Map<String, Object> layout = new HashMap<>(words);
    layout.putAll(model);
    layout.put("language", language);
    layout.put("paragraphs", paragraphs(said(words, "text")));
    String text = print(template("mail/layout.txt.ftl"), layout);
    String html = print(template("mail/layout.html.ftlh"), layout);
    return new MailText(language, oneLine(said(words, "subject")), text, html, nouns(words));
  }

  /** Runs a template of words: what it assigns is what it says. */
  private static void learn(
      Map<String, TemplateModel> words, Template template, Map<String, Object> model)
      throws IOException, TemplateException {
    model.putAll(words);
    Environment run = template.createProcessingEnvironment(model, Writer.nullWriter());
    run.process();
    for (Object name : run.getKnownVariableNames()) {
      TemplateModel said = run.getCurrentNamespace().get(name.toString());
      if (said != null) {
        words.put(name.toString(), said);
      }
    }
  }

  private String spoken(String language) throws IOException {
    String primary = language.replaceFirst("[-_].*", "").toLowerCase(Locale.ROOT);
    boolean known = primary.matches("[a-z]{2,3}") && exists("words", primary);
    return known ? primary : FALLBACK;
  }

  private static List<String> candidates(String company, List<String> names) {
    List<String> candidates = new ArrayList<>();
    for (String name : names) {
      if (name.matches("[A-Za-z0-9_-]{1,60}")) {
        if (company.matches("[A-Za-z0-9_-]{1,60}")) {
          candidates.add(company + "/" + name);
        }
        candidates.add(name);
      }
    }
    return candidates;
  }

  private boolean exists(String name, String language) throws IOException {
    return templates.getTemplate(file(name, language), null, null, null, true, true) != null;
  }

  private Template template(String file) throws IOException {
    Template template = templates.getTemplate(file);
    if (interruptible.add(template)) {
      _CoreAPI.addThreadInterruptedChecks(template);
    }
    return template;
  }

  private static String file(String name, String language) {
    return "mail/" + name + "." + language + ".ftl";
  }

  private static String print(Template template, Map<String, Object> model)
      throws IOException, TemplateException {
    StringWriter out = new LimitedWriter(template.getName());
    template.process(model, out);
    return out.toString();
  }

  private static String said(Map<String, TemplateModel> words, String name)
      throws TemplateModelException {
    if (words.get(name) instanceof TemplateScalarModel text) {
      return text.getAsString();
    }
    throw new TemplateModelException("the words of mails do not assign '" + name + "'");
  }

  private static Map<String, String> nouns(Map<String, TemplateModel> words)
      throws TemplateModelException {
    Map<String, String> nouns = new TreeMap<>();
    if (words.get("nouns") instanceof TemplateHashModelEx all) {
      var names = all.keys().iterator();
      while (names.hasNext()) {
        String name = names.next().toString();
        nouns.put(name, all.get(name).toString());
      }
    }
    return nouns;
  }

  private static List<String> paragraphs(String text) {
    return List.of(text.strip().split("\\R\\s*\\R")).stream().map(MailTemplates::oneLine).toList();
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  private static String firstLine(String text) {
    return String.valueOf(text).lines().findFirst().orElse("");
  }

  private static TransmissionFailure failure(String reason, Exception cause) {
    return new TransmissionFailure(
        Receipt.failedTemporarily(reason + ". Correct it: the mails are tried again", Map.of()),
        cause);
  }

  /** Ends a template that prints without end. */
  private static final class LimitedWriter extends StringWriter {

    private final String template;

    LimitedWriter(String template) {
      this.template = template;
    }

    @Override
    public void write(char[] text, int from, int length) {
      super.write(text, from, length);
      check();
    }

    @Override
    public void write(String text) {
      super.write(text);
      check();
    }

    @Override
    public void write(String text, int from, int length) {
      super.write(text, from, length);
      check();
    }

    private void check() {
      if (getBuffer().length() > LONGEST) {
        throw new UncheckedIOException(
            new IOException(template + " prints more than " + LONGEST + " characters"));
      }
    }
  }
}
