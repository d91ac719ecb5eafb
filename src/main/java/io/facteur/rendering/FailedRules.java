package io.facteur.rendering;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Picks the broken rules out of a validation report (SVRL) as it is written: the report itself,
 * most of which is about rules that are kept, is never built.
 */
final class FailedRules extends DefaultHandler {

  private static final Set<String> HARMLESS = Set.of("warning", "information", "info");

  private final List<FailedRule> all = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private String id;
  private String location;
  private boolean fatal;
  private boolean inText;

  List<FailedRule> all() {
    return List.copyOf(all);
  }

  @Override
  public void startElement(String uri, String name, String qualified, Attributes attributes) {
    switch (name) {
      case "failed-assert", "successful-report" -> {
        id = orEmpty(attributes.getValue("id"));
        location = orEmpty(attributes.getValue("location"));
        fatal = !HARMLESS.contains(severity(attributes));
        text.setLength(0);
      }
      case "text" -> inText = id != null;
      default -> {}
    }
  }

  @Override
  public void characters(char[] characters, int start, int length) {
    if (inText) {
      text.append(characters, start, length);
    }
  }

  @Override
  public void endElement(String uri, String name, String qualified) {
    switch (name) {
      case "text" -> inText = false;
      case "failed-assert", "successful-report" -> {
        String oneLine = text.toString().replaceAll("\\s+", " ").strip();
        all.add(new FailedRule(id, oneLine, location, fatal));
        id = null;
      }
      default -> {}
    }
  }

  private static String severity(Attributes attributes) {
    String flag = attributes.getValue("flag");
    return flag == null ? orEmpty(attributes.getValue("role")) : flag;
  }

  private static String orEmpty(String value) {
    return value == null ? "" : value;
  }
}
