package io.facteur.rendering;

import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;
import org.xml.sax.helpers.DefaultHandler;

/** XML parsing without document types, external entities, or a search of the class path. */
final class Xml {

  private static final SAXParserFactory PARSERS = parsers();

  private Xml() {}

  /**
   * Names the JDK's own XML factories, unless somebody has named others: FOP asks for them in each
   * document, and every unnamed one is searched for on the whole class path (40 % of the time).
   */
  static void nameFactories() {
    name(
        "javax.xml.parsers.SAXParserFactory",
        "com.sun.org.apache.xerces.internal.jaxp.SAXParserFactoryImpl");
    name(
        "javax.xml.parsers.DocumentBuilderFactory",
        "com.sun.org.apache.xerces.internal.jaxp.DocumentBuilderFactoryImpl");
    name(
        "javax.xml.transform.TransformerFactory",
        "com.sun.org.apache.xalan.internal.xsltc.trax.TransformerFactoryImpl");
  }

  static XMLReader reader() {
    try {
      XMLReader reader = PARSERS.newSAXParser().getXMLReader();
      // The default one prints to standard error before it throws.
      reader.setErrorHandler(new DefaultHandler());
      return reader;
    } catch (ParserConfigurationException | SAXException e) {
      throw new IllegalStateException("the JDK's XML parser cannot be set up", e);
    }
  }

  private static void name(String factory, String implementation) {
    if (System.getProperty(factory) == null) {
      System.setProperty(factory, implementation);
    }
  }

  private static SAXParserFactory parsers() {
    SAXParserFactory factory = SAXParserFactory.newDefaultInstance();
    factory.setNamespaceAware(true);
    try {
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
      factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
    } catch (ParserConfigurationException | SAXException e) {
      throw new IllegalStateException("the JDK's XML parser cannot be secured", e);
    }
    return factory;
  }
}
