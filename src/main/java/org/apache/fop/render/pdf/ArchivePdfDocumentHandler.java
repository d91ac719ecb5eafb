package org.apache.fop.render.pdf;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import org.apache.fop.fo.extensions.xmp.XMPMetadata;
import org.apache.fop.fonts.FontCollection;
import org.apache.fop.fonts.FontInfo;
import org.apache.fop.pdf.PDFAMode;
import org.apache.fop.pdf.PDFArray;
import org.apache.fop.pdf.PDFDictionary;
import org.apache.fop.pdf.PDFDocument;
import org.apache.fop.pdf.PDFEmbeddedFile;
import org.apache.fop.pdf.PDFEmbeddedFiles;
import org.apache.fop.pdf.PDFFileSpec;
import org.apache.fop.pdf.PDFICCStream;
import org.apache.fop.pdf.PDFMetadata;
import org.apache.fop.pdf.PDFName;
import org.apache.fop.pdf.PDFNames;
import org.apache.fop.pdf.PDFOutputIntent;
import org.apache.fop.pdf.PDFReference;
import org.apache.fop.pdf.PDFRoot;
import org.apache.fop.render.intermediate.IFContext;
import org.apache.fop.render.intermediate.IFDocumentHandlerConfigurator;
import org.apache.fop.render.intermediate.IFException;
import org.apache.fop.render.intermediate.IFPainter;
import org.apache.xmlgraphics.xmp.Metadata;

/**
 * Writes PDF/A-3b with prepared fonts, and with a file and XMP metadata inside that the XSL-FO
 * cannot influence.
 *
 * <p>It stands in FOP's package because FOP opens the PDF under construction to no other, and
 * because {@code pdf:embedded-file} knows neither another relationship than {@code Data} nor
 * another media type than {@code application/octet-stream}, which Factur-X forbids. It makes the
 * PDF an archivable one itself, as FOP would read and compress the colour profile for each
 * document.
 */
public final class ArchivePdfDocumentHandler extends PDFDocumentHandler {

  /**
   * Under this key, a DOM document inside XSL-FO may have operators of PDF as user data: they are
   * drawn as they stand, scaled from the unit square to the place of the object, y downwards.
   */
  public static final String DRAWING = "io.facteur.drawing";

  /**
   * A text file inside the PDF, in UTF-8 (ISO 19005-3, 6.8).
   *
   * @param relationship e.g. {@code Alternative}: the same as what is printed, in another form
   */
  public record Attachment(
      String name, String mediaType, String relationship, String description, String content) {}

  private static final DateTimeFormatter PDF_DATE =
      DateTimeFormatter.ofPattern("'D:'uuuuMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private final FontCollection fonts;
  private final byte[] metadata;
  private final Attachment attachment;
  private final Instant modified;

  /**
   * @param metadata the XMP packet
   * @param attachment null if nothing goes inside
   * @param modified of the PDF and of the attachment
   */
  public ArchivePdfDocumentHandler(
      IFContext context,
      FontCollection fonts,
      byte[] metadata,
      Attachment attachment,
      Instant modified) {
    super(context);
    this.fonts = fonts;
    this.metadata = metadata;
    this.attachment = attachment;
    this.modified = modified;
  }

  @Override
  public IFDocumentHandlerConfigurator getConfigurator() {
    return new PDFRendererConfigurator(
        getUserAgent(), new PDFRendererConfig.PDFRendererConfigParser()) {
      @Override
      public void setupFontInfo(String mimeType, FontInfo fontInfo) {
        fonts.setup(1, fontInfo);
      }
    };
  }

  @Override
  public void startDocument() throws IFException {
    super.startDocument();
    PDFDocument pdf = getPDFDocument();
    pdf.getProfile().setPDFAMode(PDFAMode.PDFA_3B);
    pdf.getInfo().setModDate(Date.from(modified));
    PDFICCStream profile = new StandardColours();
    pdf.registerObject(profile);
    pdf.getFactory().makeICCBasedColorSpace(null, "DefaultRGB", profile);
    PDFOutputIntent intent = pdf.getFactory().makeOutputIntent();
    intent.setSubtype(PDFOutputIntent.GTS_PDFA1);
    intent.setDestOutputProfile(profile);
    intent.setOutputConditionIdentifier(StandardColours.NAME);
    intent.setInfo(StandardColours.NAME);
    pdf.getRoot().addOutputIntent(intent);
  }

  /** What the XSL-FO or FOP would say about the document stays away: all is said already. */
  @Override
  public void handleExtensionObject(Object extension) throws IFException {
    if (!(extension instanceof Metadata) && !(extension instanceof XMPMetadata)) {
      super.handleExtensionObject(extension);
    }
  }

  @Override
  public void endDocumentHeader() throws IFException {
    PDFMetadata packet = new Packet(metadata);
    getPDFDocument().registerObject(packet);
    getPDFDocument().getRoot().setMetadata(packet);
    if (attachment != null) {
      attach();
    }
    super.endDocumentHeader();
  }

  @Override
  public IFPainter startPageContent() {
    return new LeanPainter(this, getLogicalStructureHandler());
  }

  private void attach() throws IFException {
    PDFEmbeddedFile file = new PDFEmbeddedFile();
    file.put("Subtype", new PDFName(attachment.mediaType()));
    PDFDictionary params = (PDFDictionary) file.get("Params");
    String date = PDF_DATE.format(modified);
    params.put("CreationDate", date);
    params.put("ModDate", date);
    getPDFDocument().registerObject(file);
    try {
      file.setData(attachment.content().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IFException("cannot embed " + attachment.name(), e);
    }

    PDFDictionary content = new PDFDictionary();
    content.put("F", file.makeReference());
    content.put("UF", file.makeReference());
    PDFFileSpec specification = new PDFFileSpec(attachment.name());
    specification.setEmbeddedFile(content);
    specification.setDescription(attachment.description());
    PDFRoot root = getPDFDocument().getRoot();
    root.addAF(specification);
    specification.put("AFRelationship", new PDFName(attachment.relationship()));
    getPDFDocument().registerObject(specification);
    list(root, specification);
  }

  private void list(PDFRoot root, PDFFileSpec specification) {
    PDFNames names = getPDFDocument().getFactory().makeNames();
    root.setNames(names);
    PDFEmbeddedFiles files = new PDFEmbeddedFiles();
    getPDFDocument().assignObjectNumber(files);
    getPDFDocument().addTrailerObject(files);
    names.setEmbeddedFiles(files);
    PDFArray entries = new PDFArray();
    entries.add(specification.getFilename());
    entries.add(new PDFReference(specification));
    files.setNames(entries);
  }

  private static final class Packet extends PDFMetadata {

    private static final Metadata NONE = new Metadata();

    private final byte[] content;

    Packet(byte[] content) {
      super(NONE, true);
      this.content = content;
    }

    @Override
    protected void outputRawStreamData(OutputStream out) throws IOException {
      out.write(content);
    }
  }
}
