package io.facteur.rendering;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.fop.events.Event;
import org.apache.fop.events.EventFormatter;
import org.apache.fop.fo.FOElementMapping;
import org.apache.fop.fonts.FontTriplet;
import org.apache.xmlgraphics.util.QName;
import org.xml.sax.Locator;
import org.xml.sax.SAXParseException;

/**
 * What FOP finds wrong with XSL-FO, in our words.
 *
 * @param subject the character or font family that is missing; null if it is about something else
 * @param line in the XSL-FO, from 1; 0 or less if FOP does not know it
 * @param column just behind what it is about
 */
record FoComplaint(String reason, Subject subject, int line, int column) {

  private static final double MILLIPOINTS_PER_MM = 72_000 / 25.4;
  private static final Map<String, ?> ELEMENTS = new FOElementMapping().getTable();
  private static final Pattern PLACE =
      Pattern.compile("\\s*\\((See position|No context info)[^)]*\\)\\.?");
  private static final Pattern NAMESPACE = Pattern.compile("\\{http[^}]*/Format}");

  /** What is missing, to look for where it is used. */
  record Subject(Kind kind, String value) {}

  /** Of things that FOP misses without saying where. */
  enum Kind {
    CHARACTER,
    FONT
  }

  static FoComplaint of(Event event) {
    String id = event.getEventID().replaceFirst(".*\\.", "");
    Locator at = event.getParam("loc") instanceof Locator locator ? locator : null;
    return new FoComplaint(
        reason(id, event),
        subject(id, event),
        at == null ? 0 : at.getLineNumber(),
        at == null ? 0 : at.getColumnNumber());
  }

  static FoComplaint of(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage() == null ? root.toString() : root.getMessage();
    return root instanceof SAXParseException at
        ? new FoComplaint(message, null, at.getLineNumber(), at.getColumnNumber())
        : new FoComplaint(tidy(message), null, 0, 0);
  }

  private static Subject subject(String id, Event event) {
    return switch (id) {
      case "glyphNotAvailable" -> new Subject(Kind.CHARACTER, String.valueOf(event.getParam("ch")));
      case "fontSubstituted" -> new Subject(Kind.FONT, family(event));
      default -> null;
    };
  }

  private static String reason(String id, Event event) {
    return switch (id) {
      case "glyphNotAvailable" -> {
        String character = String.valueOf(event.getParam("ch"));
        yield "no font has the character U+%04X (%s)"
            .formatted(character.codePointAt(0), character);
      }
      case "fontSubstituted" ->
          "there is no font family '%s': put %s-Regular.ttf into templates/fonts, or use another"
              .formatted(family(event), family(event));
      case "imageNotFound", "imageIOError", "uriError" ->
          "there is no picture '%s' below templates".formatted(picture(event));
      case "imageError" ->
          "the picture '%s' cannot be read: %s".formatted(picture(event), event.getParam("e"));
      case "unknownFormattingObject" ->
          "XSL-FO has no element <%s>".formatted(name(event, "offendingNode"));
      case "invalidChild", "notSupportedChild" ->
          isKnown(event)
              ? "<%s> cannot stand in <%s>"
                  .formatted(name(event, "offendingNode"), name(event, "elementName"))
              : "XSL-FO has no element <%s>".formatted(name(event, "offendingNode"));
      case "missingChildElement" ->
          "<%s> needs what stands in it to be %s"
              .formatted(name(event, "elementName"), event.getParam("contentModel"));
      case "missingProperty" ->
          "<%s> needs the attribute '%s'"
              .formatted(name(event, "elementName"), event.getParam("propertyName"));
      case "invalidProperty" ->
          "<%s> has no attribute '%s'".formatted(name(event, "elementName"), name(event, "attr"));
      case "invalidPropertyValue", "warnOnInvalidPropertyValue" ->
          "<%s> has %s=\"%s\", which means nothing"
              .formatted(
                  name(event, "elementName"),
                  event.getParam("propName"),
                  event.getParam("propValue"));
      case "idNotUnique" -> "two elements have id=\"%s\"".formatted(event.getParam("id"));
      case "unresolvedIDReference", "unresolvedIDReferenceOnPage" ->
          "nothing has id=\"%s\", which is referred to".formatted(event.getParam("id"));
      case "lineOverflows" ->
          "text runs over its line by %s: wrap() it or give it room"
              .formatted(millimetres(event, "overflowLength"));
      case "objectTooWide" ->
          "<%s> is %s wide, but there is room for %s"
              .formatted(
                  name(event, "elementName"),
                  millimetres(event, "effIPD"),
                  millimetres(event, "maxIPD"));
      case "viewportIPDOverflow" ->
          "what stands in <%s> is %s too wide for it (overflow)"
              .formatted(name(event, "elementName"), millimetres(event, "amount"));
      case "viewportBPDOverflow", "regionOverflow", "staticRegionOverflow" ->
          "what stands in <%s> is %s too high for it (overflow)"
              .formatted(name(event, "elementName"), millimetres(event, "amount"));
      default -> tidy(EventFormatter.format(event));
    };
  }

  private static boolean isKnown(Event event) {
    return !(event.getParam("offendingNode") instanceof QName node)
        || ELEMENTS.containsKey(node.getLocalName());
  }

  private static String name(Event event, String parameter) {
    return tidy(String.valueOf(event.getParam(parameter)));
  }

  private static String family(Event event) {
    return event.getParam("requested") instanceof FontTriplet wanted
        ? wanted.getName()
        : String.valueOf(event.getParam("requested"));
  }

  private static String picture(Event event) {
    String uri = String.valueOf(event.getParam("uri"));
    return uri.startsWith(FoPrinter.uri("").toString())
        ? FoPrinter.uri("").relativize(URI.create(uri)).toString()
        : uri;
  }

  private static String millimetres(Event event, String parameter) {
    return event.getParam(parameter) instanceof Number millipoints
        ? String.format(Locale.ROOT, "%.1f mm", millipoints.doubleValue() / MILLIPOINTS_PER_MM)
        : "too much";
  }

  private static String tidy(String text) {
    String without = PLACE.matcher(text).replaceAll("");
    return NAMESPACE.matcher(without).replaceAll("fo:").strip();
  }
}
