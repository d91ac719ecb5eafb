package io.facteur.rendering;

import java.util.regex.Pattern;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;
import org.xml.sax.helpers.AttributesImpl;
import org.xml.sax.helpers.XMLFilterImpl;

/**
 * Leaves out of an official stylesheet, while it is read, what costs a third of its time and cannot
 * find anything: that rules are kept is not reported, each pattern does not walk through the whole
 * e-invoice once more in the mode that has no rules, and attributes, which no rule is about, are
 * not looked at one by one. No rule and no test of one is touched.
 */
final class LeanRules extends XMLFilterImpl {

  private static final String XSLT = "http://www.w3.org/1999/XSL/Transform";
  private static final Pattern RULE_MODE = Pattern.compile("M\\d+");
  private static final Pattern EVERYTHING = Pattern.compile("text\\(\\)|@\\*\\|node\\(\\)");
  private static final Pattern IN_BRACKETS = Pattern.compile("\\[[^\\[\\]]*]");
  private static final Pattern NO_ELEMENT =
      Pattern.compile("(@|attribute::|text\\(|node\\(|comment\\(|processing-instruction\\().*");

  private int skipped;

  LeanRules(XMLReader reader) {
    super(reader);
  }

  @Override
  public void startElement(String uri, String name, String qualified, Attributes attributes)
      throws SAXException {
    if (skipped > 0 || findsNothing(uri, name, attributes)) {
      skipped++;
      return;
    }
    if (uri.equals(XSLT) && isRuleMode(attributes)) {
      if (name.equals("template")) {
        checkIsAboutElements(attributes.getValue("match"));
      } else if (name.equals("apply-templates")) {
        super.startElement(uri, name, qualified, elementsOnly(attributes));
        return;
      }
    }
    super.startElement(uri, name, qualified, attributes);
  }

  @Override
  public void endElement(String uri, String name, String qualified) throws SAXException {
    if (skipped > 0) {
      skipped--;
      return;
    }
    super.endElement(uri, name, qualified);
  }

  @Override
  public void characters(char[] characters, int start, int length) throws SAXException {
    if (skipped == 0) {
      super.characters(characters, start, length);
    }
  }

  private static boolean findsNothing(String uri, String name, Attributes attributes) {
    return name.equals("fired-rule")
        || (uri.equals(XSLT) && name.equals("apply-templates") && attributes.getLength() == 0);
  }

  private static boolean isRuleMode(Attributes attributes) {
    String mode = attributes.getValue("mode");
    return mode != null && RULE_MODE.matcher(mode).matches();
  }

  private static Attributes elementsOnly(Attributes attributes) {
    int select = attributes.getIndex("select");
    if (select < 0 || !attributes.getValue(select).equals("@*|*")) {
      return attributes;
    }
    AttributesImpl changed = new AttributesImpl(attributes);
    changed.setValue(select, "*");
    return changed;
  }

  /** A sheet with a rule about attributes would lose it: better no sheet than that. */
  private static void checkIsAboutElements(String match) throws SAXException {
    if (EVERYTHING.matcher(match.replaceAll("\\s", "")).matches()) {
      return;
    }
    String path = match;
    for (String outer = ""; !outer.equals(path); ) {
      outer = path;
      path = IN_BRACKETS.matcher(outer).replaceAll("");
    }
    for (String alternative : path.replaceAll("[()]", "").split("\\|", -1)) {
      String lastStep = alternative.substring(alternative.lastIndexOf('/') + 1).strip();
      if (NO_ELEMENT.matcher(lastStep).matches()) {
        throw new SAXException("a rule is about something else than an element: " + match);
      }
    }
  }
}
