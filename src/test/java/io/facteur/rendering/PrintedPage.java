package io.facteur.rendering;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.NotFoundException;
import com.google.zxing.Result;
import com.google.zxing.client.j2se.BufferedImageLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.multi.qrcode.QRCodeMultiReader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/** A page as a printer prints it, a scanner scans it and a ruler measures it; in millimetres. */
final class PrintedPage {

  private static final int DOTS_PER_MM = 10;
  private static final int DPI = 254;

  private final byte[] pdf;
  private final int page;
  private final List<Line> lines;
  private BufferedImage image;

  /** A line of text: where it begins, how it is set. */
  record Line(String text, double left, double baseline, double points, String font) {}

  /** A rectangle. */
  record Box(double left, double top, double right, double bottom) {}

  private PrintedPage(byte[] pdf, int page, List<Line> lines) {
    this.pdf = pdf;
    this.page = page;
    this.lines = lines;
  }

  static PrintedPage last(byte[] pdf) {
    return of(pdf, Pdf.read(pdf).pages());
  }

  static PrintedPage of(byte[] pdf, int page) {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      List<Line> lines = new ArrayList<>();
      PDFTextStripper stripper = stripper(lines);
      stripper.setStartPage(page);
      stripper.setEndPage(page);
      stripper.getText(document);
      return new PrintedPage(pdf, page, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the QR codes on the page say. */
  List<String> qrCodes() {
    try {
      Result[] found =
          new QRCodeMultiReader()
              .decodeMultiple(
                  new BinaryBitmap(new HybridBinarizer(new BufferedImageLuminanceSource(image()))),
                  Map.of(
                      DecodeHintType.TRY_HARDER,
                      true,
                      DecodeHintType.CHARACTER_SET,
                      "UTF-8",
                      DecodeHintType.POSSIBLE_FORMATS,
                      List.of(BarcodeFormat.QR_CODE)));
      return Arrays.stream(found).map(Result::getText).toList();
    } catch (NotFoundException e) {
      return List.of();
    }
  }

  /** The lines that begin in a part of the page. */
  List<Line> lines(Box part) {
    return lines.stream()
        .filter(line -> line.left() >= part.left() - 0.1 && line.left() < part.right())
        .filter(line -> line.baseline() > part.top() && line.baseline() <= part.bottom() + 0.1)
        .toList();
  }

  Line line(String text, Box part) {
    return lines(part).stream()
        .filter(line -> line.text().equals(text))
        .findFirst()
        .orElseThrow(() -> new AssertionError(text + " is not among " + lines(part)));
  }

  /** The smallest rectangle around all ink in a part of the page. */
  Box ink(Box part) {
    int left = Integer.MAX_VALUE;
    int top = Integer.MAX_VALUE;
    int right = -1;
    int bottom = -1;
    for (int y = dots(part.top()); y < dots(part.bottom()); y++) {
      for (int x = dots(part.left()); x < dots(part.right()); x++) {
        if (isDark(x, y)) {
          left = Math.min(left, x);
          top = Math.min(top, y);
          right = Math.max(right, x + 1);
          bottom = Math.max(bottom, y + 1);
        }
      }
    }
    return new Box(mm(left), mm(top), mm(right), mm(bottom));
  }

  boolean isDark(double x, double y) {
    return isDark(dots(x), dots(y));
  }

  /** Printed when it is first looked at. */
  private BufferedImage image() {
    if (image == null) {
      try (PDDocument document = Loader.loadPDF(pdf)) {
        image = new PDFRenderer(document).renderImageWithDPI(page - 1, DPI, ImageType.GRAY);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return image;
  }

  private boolean isDark(int x, int y) {
    return image().getRaster().getSample(x, y, 0) < 128;
  }

  private static int dots(double mm) {
    return (int) Math.round(mm * DOTS_PER_MM);
  }

  private static double mm(int dots) {
    return dots / (double) DOTS_PER_MM;
  }

  private static PDFTextStripper stripper(List<Line> lines) {
    return new PDFTextStripper() {
      @Override
      protected void writeString(String text, List<TextPosition> letters) throws IOException {
        TextPosition first = letters.get(0);
        lines.add(
            new Line(
                text.replace('\u00a0', ' ').strip(),
                first.getXDirAdj() * 25.4 / 72,
                first.getYDirAdj() * 25.4 / 72,
                first.getFontSizeInPt(),
                first.getFont().getName().replaceFirst(".*\\+", "")));
        super.writeString(text, letters);
      }
    };
  }
}
