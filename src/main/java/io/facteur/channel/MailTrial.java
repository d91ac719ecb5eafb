package io.facteur.channel;

import io.facteur.document.Document;
import io.facteur.document.DocumentType;
import io.facteur.rendering.Specimen;
import io.facteur.rendering.TemplateFailedException;
import io.facteur.rendering.TemplateProblem;
import io.facteur.rendering.TemplateTrial;
import io.facteur.rendering.Templates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes mails about specimens: subject, text and HTML, in every language that has words, about
 * every type of document, and with every file of words for a type, a company or a definition. A
 * misspelt name shows only then.
 */
public final class MailTrial implements TemplateTrial {

  private static final Pattern WORDS =
      Pattern.compile("mail/(?:([\\w-]{1,60})/)?([\\w-]{1,60})\\.([a-z]{2,3})\\.ftl");
  private static final String ALL = "words";
  private static final String NOBODY = "SPECIMEN";
  private static final List<String> COUNTRIES = List.of("CH", "DE", "FR");
  private static final Duration SLOW = Duration.ofSeconds(2);

  @Override
  public List<TemplateProblem> of(Templates templates) {
    MailTemplates mails = new MailTemplates(templates);
    Set<TemplateProblem> found = new LinkedHashSet<>();
    for (String file : templates.files().keySet()) {
      Matcher words = WORDS.matcher(file);
      if (words.matches()) {
        found.addAll(failing(mails, words.group(1), words.group(2), words.group(3)));
      }
    }
    return List.copyOf(found);
  }

  /**
   * What fails with one file of words. One that is named by definitions may be meant for some types
   * of documents only, so it has to do for one of them.
   */
  private static Set<TemplateProblem> failing(
      MailTemplates mails, String company, String name, String language) {
    String seller = company == null ? NOBODY : company;
    boolean everyType = name.equals(ALL) && company == null;
    String template = everyType ? null : name;
    List<DocumentType> types =
        Arrays.stream(DocumentType.values())
            .filter(type -> MailTemplates.ofType(type.name()).equals(name))
            .toList();
    Set<TemplateProblem> all = new LinkedHashSet<>();
    for (DocumentType type : types.isEmpty() ? List.of(DocumentType.values()) : types) {
      List<TemplateProblem> failed = failing(mails, seller, template, type, language);
      if (failed.isEmpty() && types.isEmpty() && !everyType) {
        return Set.of();
      }
      all.addAll(failed);
    }
    return all;
  }

  private static List<TemplateProblem> failing(
      MailTemplates mails, String company, String template, DocumentType type, String language) {
    List<TemplateProblem> failed = new ArrayList<>();
    for (String country : COUNTRIES) {
      for (List<Document> carried : mails(type, language, country, company)) {
        for (boolean copy : List.of(false, true)) {
          long begin = System.nanoTime();
          try {
            mails.write(SpecimenShipment.of(carried, template, copy), carried);
          } catch (TemplateFailedException e) {
            failed.addAll(e.problems());
            if (System.nanoTime() - begin > SLOW.toNanos()) {
              return failed; // an endless template would take its time again and again
            }
          }
        }
      }
    }
    return failed;
  }

  /** Alone, twice in one mail, and together with one of another type. */
  private static List<List<Document>> mails(
      DocumentType type, String language, String country, String company) {
    Document document = Specimen.of(type, language, country, company);
    DocumentType another =
        Stream.of(DocumentType.INVOICE, DocumentType.CREDIT_NOTE)
            .filter(one -> one != type)
            .findFirst()
            .orElseThrow();
    List<List<Document>> mails = new ArrayList<>();
    mails.add(List.of(document));
    mails.add(List.of(document, document));
    mails.add(List.of(document, Specimen.of(another, language, country, company)));
    return mails;
  }
}
