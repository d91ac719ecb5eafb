package io.facteur.benchmark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.sax.SAXResult;
import javax.xml.transform.stream.StreamSource;
import org.apache.fop.apps.Fop;
import org.apache.fop.apps.FopFactory;
import org.apache.fop.apps.MimeConstants;

/**
 * FOP as its manual shows it: one factory, a configuration that registers the fonts, the identity
 * transformer. Writes neither PDF/A nor an attachment.
 */
final class StockFop {

  private static final List<String> FACTORIES =
      List.of(
          "javax.xml.parsers.SAXParserFactory",
          "javax.xml.parsers.DocumentBuilderFactory",
          "javax.xml.transform.TransformerFactory");

  private final FopFactory factory;
  private final TransformerFactory transformers = TransformerFactory.newInstance();

  StockFop(Path templates) throws Exception {
    String configuration =
        """
        <fop version="1.0"><renderers><renderer mime="application/pdf"><fonts>
          %s%s%s%s
        </fonts></renderer></renderers></fop>
        """
            .formatted(
                font("OpenSans-Regular.ttf", "OpenSans", "normal"),
                font("OpenSans-Semibold.ttf", "OpenSans", "600"),
                font("DejaVuSans.ttf", "DejaVuSans", "normal"),
                font("DejaVuSans-Bold.ttf", "DejaVuSans", "600"));
    factory =
        FopFactory.newInstance(
            templates.toUri(),
            new ByteArrayInputStream(configuration.getBytes(StandardCharsets.UTF_8)));
  }

  /** As it is where nobody has named the XML factories: each is searched for on the class path. */
  byte[] makeAsDelivered(String fo) throws Exception {
    Map<String, String> named = new HashMap<>();
    for (String name : FACTORIES) {
      named.put(name, System.clearProperty(name));
    }
    try {
      return make(fo);
    } finally {
      named.forEach(
          (name, value) -> {
            if (value != null) {
              System.setProperty(name, value);
            }
          });
    }
  }

  byte[] make(String fo) throws Exception {
    ByteArrayOutputStream pdf = new ByteArrayOutputStream(65_536);
    Fop fop = factory.newFop(MimeConstants.MIME_PDF, pdf);
    transformers
        .newTransformer()
        .transform(
            new StreamSource(new StringReader(fo)), new SAXResult(fop.getDefaultHandler()));
    return pdf.toByteArray();
  }

  private static String font(String file, String family, String weight) {
    return """
    <font kerning="yes" embed-url="fonts/%s"><font-triplet name="%s" style="normal" weight="%s"/></font>
    """
        .formatted(file, family, weight);
  }
}
