package io.facteur.rendering;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.w3c.dom.ls.DOMImplementationLS;
import org.w3c.dom.ls.LSInput;
import org.xml.sax.SAXException;

/** Reads XML schemas from the class path, and what they import from nowhere else. */
final class SchemaFiles {

  private static final String CORE_COMPONENTS =
      "urn:un:unece:uncefact:data:specification:CoreComponentTypeSchemaModule:2";

  /** Addresses have to be hierarchical to be resolved; nothing is read from the file system. */
  private static final URI ROOT = URI.create("file:///");

  private SchemaFiles() {}

  /** One schema of all the named ones. */
  static Schema read(String... resources)
      throws SAXException, ParserConfigurationException, IOException {
    SchemaFactory factory = SchemaFactory.newDefaultInstance();
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "file");
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    DOMImplementationLS dom =
        (DOMImplementationLS)
            DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .getDOMImplementation()
                .getFeature("LS", "3.0");
    factory.setResourceResolver(
        (type, namespace, publicId, systemId, base) -> input(dom, namespace, systemId, base));
    Source[] sources = new Source[resources.length];
    for (int i = 0; i < sources.length; i++) {
      sources[i] = new StreamSource(open(resources[i]), ROOT.resolve(resources[i]).toString());
    }
    return factory.newSchema(sources);
  }

  private static LSInput input(
      DOMImplementationLS dom, String namespace, String systemId, String base) {
    String resource =
        systemId == null
            ? withoutAddress(namespace)
            : replaced(URI.create(base).resolve(systemId).getPath().substring(1));
    LSInput input = dom.createLSInput();
    input.setSystemId(ROOT.resolve(resource).toString());
    try {
      input.setByteStream(open(resource));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return input;
  }

  private static String withoutAddress(String namespace) {
    if (CORE_COMPONENTS.equals(namespace)) {
      return "schemas/CCTS_CCT_SchemaModule.xsd";
    }
    throw new IllegalStateException("no schema is known for namespace " + namespace);
  }

  /** UBL leaves it to its users what extensions contain; the default drags in four more schemas. */
  private static String replaced(String resource) {
    return resource.endsWith("/UBL-ExtensionContentDataType-2.1.xsd")
        ? "io/facteur/rendering/ubl-extension-content.xsd"
        : resource;
  }

  private static InputStream open(String resource) throws IOException {
    InputStream stream = SchemaFiles.class.getClassLoader().getResourceAsStream(resource);
    if (stream == null) {
      throw new IOException(resource + " is not on the class path");
    }
    return stream;
  }
}
