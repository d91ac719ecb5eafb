package io.facteur.rendering;

import freemarker.template.utility.StringUtil;
import java.io.IOException;
import java.io.StringReader;
import org.apache.fop.render.pdf.ArchivePdfDocumentHandler.Attachment;
import org.apache.xmlgraphics.xmp.Metadata;
import org.apache.xmlgraphics.xmp.XMPHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;

/** XMP metadata of our PDFs: title, author, language, and what Factur-X 1.0 (6.2.2) asks for. */
final class PdfMetadata {

  private static final String FRAME =
      """
      <x:xmpmeta xmlns:x="adobe:ns:meta/">
        <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
          <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
            <dc:title><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:title>
            <dc:creator><rdf:Seq><rdf:li>%s</rdf:li></rdf:Seq></dc:creator>
            <dc:language><rdf:Bag><rdf:li>%s</rdf:li></rdf:Bag></dc:language>
          </rdf:Description>
          %s
        </rdf:RDF>
      </x:xmpmeta>
      """;

  private static final String FACTUR_X =
      """
      <rdf:Description rdf:about="" xmlns:fx="urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#">
        <fx:DocumentType>INVOICE</fx:DocumentType>
        <fx:DocumentFileName>%s</fx:DocumentFileName>
        <fx:Version>1.0</fx:Version>
        <fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>
      </rdf:Description>
      <rdf:Description rdf:about=""
          xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
          xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
          xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
        <pdfaExtension:schemas>
          <rdf:Bag>
            <rdf:li rdf:parseType="Resource">
              <pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>
              <pdfaSchema:namespaceURI>urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#</pdfaSchema:namespaceURI>
              <pdfaSchema:prefix>fx</pdfaSchema:prefix>
              <pdfaSchema:property>
                <rdf:Seq>%s%s%s%s</rdf:Seq>
              </pdfaSchema:property>
            </rdf:li>
          </rdf:Bag>
        </pdfaExtension:schemas>
      </rdf:Description>
      """;

  private static final String PROPERTY =
      """
      <rdf:li rdf:parseType="Resource">
        <pdfaProperty:name>%s</pdfaProperty:name>
        <pdfaProperty:valueType>Text</pdfaProperty:valueType>
        <pdfaProperty:category>external</pdfaProperty:category>
        <pdfaProperty:description>%s</pdfaProperty:description>
      </rdf:li>
      """;

  private PdfMetadata() {}

  /**
   * The metadata, for one document: FOP adds its own to it.
   *
   * @param eInvoice null if there is none inside
   */
  static Metadata of(FoPrinter.About about, Attachment eInvoice) {
    String xmp =
        FRAME.formatted(
            escaped(about.title()),
            escaped(about.author()),
            escaped(about.language()),
            eInvoice == null ? "" : facturX(eInvoice.name()));
    XMPHandler handler = new XMPHandler();
    XMLReader reader = Xml.reader();
    reader.setContentHandler(handler);
    try {
      reader.parse(new InputSource(new StringReader(xmp)));
    } catch (IOException | SAXException e) {
      throw new IllegalStateException("our XMP metadata is no XMP", e);
    }
    return handler.getMetadata();
  }

  private static String escaped(String text) {
    String printable = PlainData.text(text);
    return printable == null ? "" : StringUtil.XMLEncNQG(printable);
  }

  private static String facturX(String fileName) {
    return FACTUR_X.formatted(
        fileName,
        PROPERTY.formatted("DocumentFileName", "The name of the embedded XML document"),
        PROPERTY.formatted("DocumentType", "The type of the hybrid document in capital letters"),
        PROPERTY.formatted("Version", "The actual version of the standard applying to the XML"),
        PROPERTY.formatted("ConformanceLevel", "The conformance level of the embedded XML"));
  }
}
