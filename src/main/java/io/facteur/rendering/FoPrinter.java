package io.facteur.rendering;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.fop.apps.FOUserAgent;
import org.apache.fop.apps.Fop;
import org.apache.fop.apps.FopFactory;
import org.apache.fop.apps.FopFactoryBuilder;
import org.apache.fop.apps.MimeConstants;
import org.apache.fop.apps.io.InternalResourceResolver;
import org.apache.fop.apps.io.ResourceResolverFactory;
import org.apache.fop.events.Event;
import org.apache.fop.events.model.EventSeverity;
import org.apache.fop.render.intermediate.IFContext;
import org.apache.fop.render.pdf.ArchivePdfDocumentHandler;
import org.apache.fop.render.pdf.ArchivePdfDocumentHandler.Attachment;
import org.apache.xmlgraphics.io.Resource;
import org.apache.xmlgraphics.io.ResourceResolver;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.XMLReader;

/**
 * Lays out XSL-FO as PDF/A-3b. Whatever FOP would only mention (a missing picture or glyph, text
 * that runs over) fails the document: better no document than a wrong one.
 */
final class FoPrinter {

  private static final URI BASE = URI.create("file:/templates/");

  private final FopFactory factory;
  private final InternalResourceResolver resources;
  private final FontSet fonts;

  /**
   * What is said about a PDF inside it.
   *
   * @param created also the modification date of what is embedded
   */
  record About(String title, String author, String language, Instant created) {}

  /**
   * @param resources fonts and pictures by path: all that can be reached
   */
  FoPrinter(Map<String, byte[]> resources, FontSet fonts) {
    Xml.nameFactories();
    ResourceResolver registered = new Registered(resources);
    this.fonts = fonts;
    this.resources = ResourceResolverFactory.createInternalResourceResolver(BASE, registered);
    this.factory =
        new FopFactoryBuilder(BASE, registered)
            .setComplexScriptFeatures(false)
            .setStrictFOValidation(true)
            // Else what fits on one page only without a payment slip loses the look of a first
            // page.
            .setSkipPagePositionOnlyAllowed(false)
            .build();
    factory.addElementMapping(new Drawings());
  }

  static URI uri(String path) {
    return BASE.resolve(path);
  }

  /**
   * Makes the PDF.
   *
   * @param attachment null if nothing goes inside
   * @throws FoFailedException if the document would not be as the XSL-FO wants it
   * @throws TemplateFailedException if it would be too large
   */
  byte[] print(String template, String fo, About about, Attachment attachment, Limits limits) {
    List<FoComplaint> complaints = new ArrayList<>();
    try {
      ByteArrayOutputStream pdf = new ByteArrayOutputStream(65_536);
      FOUserAgent agent = agent(about, complaints);
      ArchivePdfDocumentHandler handler =
          new ArchivePdfDocumentHandler(
              new IFContext(agent),
              fonts.forOneDocument(resources),
              PdfMetadata.of(about, agent.getProducer(), attachment),
              attachment,
              about.created());
      handler.getConfigurator().configure(handler);
      agent.setDocumentHandlerOverride(handler);
      Fop fop =
          factory.newFop(
              MimeConstants.MIME_PDF, agent, new LimitedStream(pdf, template, limits.bytes()));
      XMLReader reader = Xml.reader();
      reader.setContentHandler(new FoGuard(fop.getDefaultHandler()));
      reader.parse(new InputSource(new StringReader(fo)));
      if (complaints.isEmpty()) {
        return pdf.toByteArray();
      }
    } catch (SAXException | IOException | RuntimeException e) {
      if (e instanceof TemplateFailedException failure) {
        throw failure;
      }
      // What FOP throws it has complained of before, in words that say more.
      if (complaints.isEmpty() || e instanceof SAXParseException) {
        complaints.add(FoComplaint.of(e));
      }
      throw new FoFailedException(complaints, e);
    }
    throw new FoFailedException(complaints, null);
  }

  private FOUserAgent agent(About about, List<FoComplaint> complaints) {
    FOUserAgent agent = factory.newFOUserAgent();
    @SuppressWarnings("unchecked") // FOP's map is older than generics
    Map<String, Object> options = agent.getRendererOptions();
    options.put("use-object-streams", true);
    // What makes it PDF/A-3b, the handler adds.
    options.put("disable-srgb-colorspace", true);
    agent.setTitle(PlainData.text(about.title()));
    agent.setAuthor(PlainData.text(about.author()));
    agent.setCreator(PdfMetadata.CREATOR);
    agent.setCreationDate(Date.from(about.created()));
    agent.getEventBroadcaster().addEventListener(event -> note(event, complaints));
    return agent;
  }

  private static void note(Event event, List<FoComplaint> complaints) {
    if (Thread.currentThread().isInterrupted()) {
      throw new IllegalStateException("interrupted");
    }
    if (event.getSeverity() != EventSeverity.INFO && complaints.size() < 10) {
      complaints.add(FoComplaint.of(event));
    }
  }

  /** Gives out what is registered and refuses all else. */
  private record Registered(Map<String, byte[]> files) implements ResourceResolver {

    @Override
    public Resource getResource(URI uri) throws IOException {
      String path = uri.getPath();
      byte[] content =
          "file".equals(uri.getScheme()) && path != null && path.startsWith(BASE.getPath())
              ? files.get(path.substring(BASE.getPath().length()))
              : null;
      if (content == null) {
        throw new IOException(
            uri + " is neither a picture of templates/assets nor a font of templates/fonts");
      }
      return new Resource(new ByteArrayInputStream(content));
    }

    @Override
    public OutputStream getOutputStream(URI uri) throws IOException {
      throw new IOException("documents write no files, but a template asks for " + uri);
    }
  }

  private static final class LimitedStream extends OutputStream {

    private final OutputStream out;
    private final String template;
    private final long limit;
    private long written;

    LimitedStream(OutputStream out, String template, long limit) {
      this.out = out;
      this.template = template;
      this.limit = limit;
    }

    @Override
    public void write(int octet) throws IOException {
      count(1);
      out.write(octet);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      count(length);
      out.write(octets, offset, length);
    }

    private void count(int length) throws IOException {
      if (Thread.currentThread().isInterrupted()) {
        throw new IOException("was stopped");
      }
      written += length;
      if (written > limit) {
        throw new TemplateFailedException(
            template,
            "gives a PDF of more than %d bytes (facteur.rendering.size-limit)".formatted(limit));
      }
    }
  }
}
