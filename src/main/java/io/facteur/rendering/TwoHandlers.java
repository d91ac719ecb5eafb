package io.facteur.rendering;

import org.xml.sax.Attributes;
import org.xml.sax.ContentHandler;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Gives one parse to a schema validator and to a tree, side by side: behind a validator, the tree
 * would have attributes that the schema adds by default and nobody has written.
 */
final class TwoHandlers extends DefaultHandler {

  private final ContentHandler validator;
  private final ContentHandler tree;

  TwoHandlers(ContentHandler validator, ContentHandler tree) {
    this.validator = validator;
    this.tree = tree;
  }

  @Override
  public void setDocumentLocator(Locator locator) {
    validator.setDocumentLocator(locator);
    tree.setDocumentLocator(locator);
  }

  @Override
  public void startDocument() throws SAXException {
    validator.startDocument();
    tree.startDocument();
  }

  @Override
  public void endDocument() throws SAXException {
    validator.endDocument();
    tree.endDocument();
  }

  @Override
  public void startPrefixMapping(String prefix, String uri) throws SAXException {
    validator.startPrefixMapping(prefix, uri);
    tree.startPrefixMapping(prefix, uri);
  }

  @Override
  public void endPrefixMapping(String prefix) throws SAXException {
    validator.endPrefixMapping(prefix);
    tree.endPrefixMapping(prefix);
  }

  @Override
  public void startElement(String uri, String name, String qualified, Attributes attributes)
      throws SAXException {
    tree.startElement(uri, name, qualified, attributes);
    validator.startElement(uri, name, qualified, attributes);
  }

  @Override
  public void endElement(String uri, String name, String qualified) throws SAXException {
    validator.endElement(uri, name, qualified);
    tree.endElement(uri, name, qualified);
  }

  @Override
  public void characters(char[] characters, int start, int length) throws SAXException {
    validator.characters(characters, start, length);
    tree.characters(characters, start, length);
  }
}
