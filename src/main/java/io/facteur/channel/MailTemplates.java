package io.facteur.channel;

import freemarker.template.TemplateHashModelEx;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateScalarModel;
import io.facteur.delivery.Shipment;
import io.facteur.document.Document;
import io.facteur.rendering.TemplateFailedException;
import io.facteur.rendering.Templates;
import io.facteur.rendering.TextTemplates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

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

  private final Templates templates;
  private final Duration longest;

  /** Writes with the templates in force. */
  public MailTemplates(Templates templates) {
    this(templates, LONGEST_TIME);
  }

  MailTemplates(Templates templates, Duration longest) {
    this.templates = templates;
    this.longest = longest;
  }

  /**
   * Writes the mail of a shipment, in English if there are no words of its language.
   *
   * @throws TemplateFailedException if a template is wrong
   */
  MailText write(Shipment shipment, List<Document> carried) {
    Shipment.Item first = shipment.items().get(0);
    String language = first.language() == null ? carried.get(0).language() : first.language();
    Map<String, Object> model = MailModel.of(shipment, carried, language);
    List<String> names = new ArrayList<>();
    if (first.template() != null) {
      names.add(first.template());
    }
    names.add(ofType(model.get("type").toString()));
    return write(carried.get(0).seller().companyCode(), names, language, model);
  }

  /** The name of the words for a type of document. */
  static String ofType(String type) {
    return type.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private MailText write(
      String company, List<String> names, String language, Map<String, Object> model) {
    return templates.write(
        "mail/" + names.get(0),
        longest,
        LONGEST,
        texts -> written(texts, company, names, spoken(texts, language), model));
  }

  private static MailText written(
      TextTemplates texts,
      String company,
      List<String> names,
      String language,
      Map<String, Object> model) {
    Map<String, TemplateModel> words =
        new HashMap<>(texts.assigned(file("words", language), model));
    for (String name : candidates(company, names)) {
      String file = file(name, language);
      if (texts.has(file)) {
        Map<String, Object> known = new HashMap<>(model);
        known.putAll(words);
        words.putAll(texts.assigned(file, known));
        break;
      }
    }
    Map<String, Object> layout = new HashMap<>(words);
    layout.putAll(model);
    layout.put("language", language);
    layout.put("paragraphs", paragraphs(said(words, "text", language)));
    String text = texts.print("mail/layout.txt.ftl", layout);
    String html = texts.print("mail/layout.html.ftlh", layout);
    return new MailText(
        language, oneLine(said(words, "subject", language)), text, html, nouns(words));
  }

  private static String spoken(TextTemplates texts, String language) {
    String primary = language.replaceFirst("[-_].*", "").toLowerCase(Locale.ROOT);
    boolean known = primary.matches("[a-z]{2,3}") && texts.has(file("words", primary));
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

  private static String file(String name, String language) {
    return "mail/" + name + "." + language + ".ftl";
  }

  private static String said(Map<String, TemplateModel> words, String name, String language) {
    try {
      if (words.get(name) instanceof TemplateScalarModel text) {
        return text.getAsString();
      }
    } catch (TemplateModelException e) {
      throw new TemplateFailedException(file("words", language), e.getMessage());
    }
    throw new TemplateFailedException(
        file("words", language), "the words of mails have to assign '" + name + "' a text");
  }

  private static Map<String, String> nouns(Map<String, TemplateModel> words) {
    Map<String, String> nouns = new TreeMap<>();
    try {
      if (words.get("nouns") instanceof TemplateHashModelEx all) {
        var names = all.keys().iterator();
        while (names.hasNext()) {
          String name = names.next().toString();
          nouns.put(name, all.get(name).toString());
        }
      }
    } catch (TemplateModelException e) {
      throw new IllegalStateException("a list of words that are there", e);
    }
    return nouns;
  }

  private static List<String> paragraphs(String text) {
    return List.of(text.strip().split("\\R\\s*\\R")).stream().map(MailTemplates::oneLine).toList();
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
