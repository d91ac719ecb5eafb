package io.facteur.rendering;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/** What a reader finds in a PDF. */
public record Pdf(List<Word> words, int pages, PDComplexFileSpecification embedded, String text) {

  /** Where a word stands, in millimetres from the top left corner. */
  public record Word(String text, int page, double left, double right, double top, double bottom) {}

  public static Pdf read(byte[] bytes) {
    try (PDDocument document = Loader.loadPDF(bytes)) {
      List<Word> words = new ArrayList<>();
      PDFTextStripper stripper = stripper(words);
      StringWriter text = new StringWriter();
      stripper.setSortByPosition(true);
      stripper.writeText(document, text);
      return new Pdf(
          List.copyOf(words), document.getNumberOfPages(), embedded(document), text.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Word> wordsOn(int page) {
    return words.stream().filter(word -> word.page() == page).toList();
  }

  /** What an envelope shows through a window over page 1, in millimetres. */
  public String through(double left, double top, double right, double bottom) {
    return wordsOn(1).stream()
        .filter(word -> word.bottom() > top && word.top() < bottom)
        .filter(word -> word.right() > left && word.left() < right)
        .map(Word::text)
        .collect(Collectors.joining(" "));
  }

  Word first(String text) {
    return words.stream().filter(word -> word.text().equals(text)).findFirst().orElseThrow();
  }

  static String textOf(byte[] bytes, int page) {
    try (PDDocument document = Loader.loadPDF(bytes)) {
      PDFTextStripper stripper = new PDFTextStripper();
      stripper.setSortByPosition(true);
      stripper.setStartPage(page);
      stripper.setEndPage(page);
      return stripper.getText(document).replace('\u00a0', ' ');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PDFTextStripper stripper(List<Word> words) {
    return new PDFTextStripper() {
      @Override
      protected void writeString(String text, List<TextPosition> positions) throws IOException {
        int from = 0;
        for (int i = 0; i <= positions.size(); i++) {
          if (i == positions.size() || positions.get(i).getUnicode().isBlank()) {
            if (i > from) {
              words.add(word(positions.subList(from, i), getCurrentPageNo()));
            }
            from = i + 1;
          }
        }
        super.writeString(text, positions);
      }
    };
  }

  private static Word word(List<TextPosition> letters, int page) {
    StringBuilder text = new StringBuilder();
    letters.forEach(letter -> text.append(letter.getUnicode()));
    TextPosition first = letters.get(0);
    TextPosition last = letters.get(letters.size() - 1);
    return new Word(
        text.toString(),
        page,
        mm(first.getXDirAdj()),
        mm(last.getXDirAdj() + last.getWidthDirAdj()),
        mm(first.getYDirAdj() - first.getHeightDir()),
        mm(first.getYDirAdj()));
  }

  private static double mm(double points) {
    return points * 25.4 / 72;
  }

  private static PDComplexFileSpecification embedded(PDDocument document) throws IOException {
    if (document.getDocumentCatalog().getNames() == null) {
      return null;
    }
    PDEmbeddedFilesNameTreeNode files = document.getDocumentCatalog().getNames().getEmbeddedFiles();
    return files == null ? null : files.getNames().get(DocumentRenderer.EMBEDDED_NAME);
  }
}
