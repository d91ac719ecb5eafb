package org.apache.fop.render.pdf;

import java.awt.color.ICC_Profile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.apache.fop.pdf.PDFDocument;
import org.apache.fop.pdf.PDFICCStream;
import org.apache.fop.pdf.PDFName;

/** The sRGB profile that comes with FOP, read and compressed once. */
final class StandardColours extends PDFICCStream {

  static final String NAME = "sRGB";

  private static final ICC_Profile PROFILE = read();
  private static final byte[] COMPRESSED = compressed(PROFILE.getData());

  StandardColours() {
    setColorSpace(PROFILE, null);
    // FOP compresses no stream that says how it is compressed.
    put("Filter", new PDFName("FlateDecode"));
  }

  @Override
  protected void outputRawStreamData(OutputStream out) throws IOException {
    out.write(COMPRESSED);
  }

  private static ICC_Profile read() {
    try (InputStream in = PDFDocument.class.getResourceAsStream("sRGB.icc")) {
      return ICC_Profile.getInstance(in);
    } catch (IOException e) {
      throw new UncheckedIOException("the sRGB profile of FOP cannot be read", e);
    }
  }

  private static byte[] compressed(byte[] content) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream(4_096);
    try (DeflaterOutputStream out =
        new DeflaterOutputStream(compressed, new Deflater(Deflater.BEST_COMPRESSION))) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }
}
