package io.facteur.rendering;

import freemarker.template.utility.StringUtil;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import org.apache.fop.render.pdf.ArchivePdfDocumentHandler.Attachment;

/**
 * XMP metadata of our PDFs: title, author, language, PDF/A-3b, and what Factur-X 1.0 (6.2.2) asks
 * for. Written as a text: FOP would parse, merge and serialise it for each document.
 */
final class PdfMetadata {

  static final String CREATOR = "Facteur";

  private static final String FRAME =
      """
      <?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
      <x:xmpmeta xmlns:x="adobe:ns:meta/">
      <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
      <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
      <dc:format>application/pdf</dc:format>
      <dc:title><rdf:Alt><rdf:li xml:lang="x-default">%1$s</rdf:li></rdf:Alt></dc:title>
      <dc:creator><rdf:Seq><rdf:li>%2$s</rdf:li></rdf:Seq></dc:creator>
      <dc:language><rdf:Bag><rdf:li>%3$s</rdf:li></rdf:Bag></dc:language>
      <dc:date><rdf:Seq><rdf:li>%4$s</rdf:li></rdf:Seq></dc:date>
      </rdf:Description>
      <rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
      <pdf:Producer>%5$s</pdf:Producer>
      </rdf:Description>
      <rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
      <pdfaid:part>3</pdfaid:part>
      <pdfaid:conformance>B</pdfaid:conformance>
      </rdf:Description>
      <rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
      <xmp:CreatorTool>%6$s</xmp:CreatorTool>
      <xmp:CreateDate>%4$s</xmp:CreateDate>
      <xmp:ModifyDate>%4$s</xmp:ModifyDate>
      <xmp:MetadataDate>%4$s</xmp:MetadataDate>
      </rdf:Description>
      %7$s</rdf:RDF>
      </x:xmpmeta>
      <?xpacket end="r"?>""";

  private static final String FACTUR_X =
      """
      <rdf:Description rdf:about="" xmlns:fx="urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#">
      <fx:DocumentType>INVOICE</fx:DocumentType>
      <fx:DocumentFileName>%s</fx:DocumentFileName>
      <fx:Version>1.0</fx:Version>
      <fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>
      </rdf:Description>
      """;

  private static final String EXTENSION_SCHEMA =
      """
      <rdf:Description rdf:about=""
       xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
       xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
       xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
      <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
      <pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>
      <pdfaSchema:namespaceURI>urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#</pdfaSchema:namespaceURI>
      <pdfaSchema:prefix>fx</pdfaSchema:prefix>
      <pdfaSchema:property><rdf:Seq>
      """
          + property("DocumentFileName", "The name of the embedded XML document")
          + property("DocumentType", "The type of the hybrid document in capital letters")
          + property("Version", "The actual version of the standard applying to the XML")
          + property("ConformanceLevel", "The conformance level of the embedded XML")
          + """
      </rdf:Seq></pdfaSchema:property>
      </rdf:li></rdf:Bag></pdfaExtension:schemas>
      </rdf:Description>
      """;

  private PdfMetadata() {}

  /**
   * The XMP packet.
   *
   * @param eInvoice null if there is none inside
   */
  static byte[] of(FoPrinter.About about, String producer, Attachment eInvoice) {
    String time = about.created().truncatedTo(ChronoUnit.SECONDS).toString();
    return FRAME
        .formatted(
            escaped(about.title()),
            escaped(about.author()),
            escaped(about.language()),
            time,
            escaped(producer),
            CREATOR,
            eInvoice == null ? "" : FACTUR_X.formatted(eInvoice.name()) + EXTENSION_SCHEMA)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String escaped(String text) {
    String printable = PlainData.text(text);
    return printable == null ? "" : StringUtil.XMLEncNQG(printable);
  }

  private static String property(String name, String description) {
    return """
    <rdf:li rdf:parseType="Resource">
    <pdfaProperty:name>%s</pdfaProperty:name>
    <pdfaProperty:valueType>Text</pdfaProperty:valueType>
    <pdfaProperty:category>external</pdfaProperty:category>
    <pdfaProperty:description>%s</pdfaProperty:description>
    </rdf:li>
    """
        .formatted(name, description);
  }
}
