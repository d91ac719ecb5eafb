package io.facteur.benchmark;

import com.google.zxing.common.BitMatrix;
import com.lowagie.text.Document;
import com.lowagie.text.Element;
import com.lowagie.text.Font;
import com.lowagie.text.Image;
import com.lowagie.text.PageSize;
import com.lowagie.text.Paragraph;
import com.lowagie.text.Phrase;
import com.lowagie.text.Rectangle;
import com.lowagie.text.pdf.BaseFont;
import com.lowagie.text.pdf.ColumnText;
import com.lowagie.text.pdf.PdfContentByte;
import com.lowagie.text.pdf.PdfPCell;
import com.lowagie.text.pdf.PdfPTable;
import com.lowagie.text.pdf.PdfWriter;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The invoice's page written by hand with OpenPDF: fonts and logo are read once. */
final class HandMadeInvoice {

  private static final Color INK = new Color(0x1f2933);
  private static final Color SOFT = new Color(0x5b6875);
  private static final Color RULE = new Color(0xc8d0d8);
  private static final float MM = 72 / 25.4f;

  private final BaseFont regular;
  private final BaseFont semibold;
  private final Image logo;

  HandMadeInvoice(Path templates, String logo) throws IOException {
    this.regular = font(templates, "OpenSans-Regular.ttf");
    this.semibold = font(templates, "OpenSans-Semibold.ttf");
    this.logo = Image.getInstance(Files.readAllBytes(templates.resolve("assets").resolve(logo)));
  }

  byte[] make(InvoicePage page) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(65_536);
    Document document = new Document(PageSize.A4, 25 * MM, 15 * MM, 97 * MM, 32 * MM);
    PdfWriter writer = PdfWriter.getInstance(document, out);
    writer.setFullCompression();
    document.addTitle(page.title());
    document.open();
    PdfContentByte canvas = writer.getDirectContent();
    letterhead(page, canvas);
    document.add(new Paragraph(page.title(), new Font(semibold, 15, Font.NORMAL, INK)));
    document.add(lines(page));
    document.add(sums(page));
    Paragraph payBy = new Paragraph(page.payBy(), new Font(semibold, 8.5f, Font.NORMAL, INK));
    payBy.setSpacingBefore(7 * MM);
    document.add(payBy);
    document.add(rows(page.account(), 120 * MM));
    float top = writer.getVerticalPosition(false);
    qrCode(page.qrCode(), canvas, 160 * MM, top);
    footer(page, canvas);
    document.close();
    return out.toByteArray();
  }

  private void letterhead(InvoicePage page, PdfContentByte canvas) {
    Image placed = Image.getInstance(logo);
    placed.scaleToFit(78 * MM, 18 * MM);
    placed.setAbsolutePosition(25 * MM, (297 - 32) * MM);
    canvas.addImage(placed);
    block(canvas, page.sender(), 7.5f, SOFT, 125, 14, 70, 28, Element.ALIGN_RIGHT);
    block(canvas, List.of(page.senderLine()), 6.5f, SOFT, 25, 58, 78, 5, Element.ALIGN_LEFT);
    block(canvas, page.address(), 10, INK, 25, 62.7f, 78, 27, Element.ALIGN_LEFT);
    PdfPTable facts = rows(page.facts(), 76 * MM);
    facts.writeSelectedRows(0, -1, 119 * MM, (297 - 50) * MM, canvas);
  }

  private PdfPTable lines(InvoicePage page) {
    PdfPTable table = new PdfPTable(new float[] {22, 178, 46, 50, 60, 46, 80});
    table.setTotalWidth(170 * MM);
    table.setLockedWidth(true);
    table.setSpacingBefore(10);
    table.setHeaderRows(1);
    Font head = new Font(semibold, 7.5f, Font.NORMAL, INK);
    for (int i = 0; i < page.heads().size(); i++) {
      table.addCell(cell(page.heads().get(i), head, number(i), INK));
    }
    Font text = new Font(regular, 8.5f, Font.NORMAL, INK);
    for (InvoicePage.Line line : page.lines()) {
      List<String> cells =
          List.of(
              line.position(),
              line.name(),
              line.quantity(),
              line.unit(),
              line.price(),
              line.vat(),
              line.net());
      for (int i = 0; i < cells.size(); i++) {
        table.addCell(cell(cells.get(i), text, number(i), RULE));
      }
    }
    return table;
  }

  private PdfPTable sums(InvoicePage page) {
    PdfPTable vat = new PdfPTable(3);
    Font small = new Font(regular, 7.5f, Font.NORMAL, INK);
    page.vatHeads()
        .forEach(
            text ->
                vat.addCell(cell(text, new Font(regular, 7.5f, Font.NORMAL, SOFT), false, RULE)));
    page.vat().forEach(row -> row.forEach(text -> vat.addCell(cell(text, small, true, null))));
    PdfPTable totals = new PdfPTable(2);
    Font text = new Font(regular, 8.5f, Font.NORMAL, INK);
    for (InvoicePage.Row row : page.totals()) {
      totals.addCell(cell(row.label(), text, false, null));
      totals.addCell(cell(row.value(), text, true, null));
    }
    Font white = new Font(semibold, 10.5f, Font.NORMAL, Color.WHITE);
    PdfPCell label = cell(page.due().label(), white, false, null);
    PdfPCell value = cell(page.due().value(), white, true, null);
    label.setBackgroundColor(INK);
    value.setBackgroundColor(INK);
    totals.addCell(label);
    totals.addCell(value);
    PdfPTable both = new PdfPTable(new float[] {90, 6, 74});
    both.setTotalWidth(170 * MM);
    both.setLockedWidth(true);
    both.setSpacingBefore(5 * MM);
    both.addCell(holding(vat));
    both.addCell(cell("", text, false, null));
    both.addCell(holding(totals));
    return both;
  }

  private PdfPTable rows(List<InvoicePage.Row> rows, float width) {
    PdfPTable table = new PdfPTable(new float[] {35, 65});
    table.setTotalWidth(width);
    table.setLockedWidth(true);
    table.setHorizontalAlignment(Element.ALIGN_LEFT);
    for (InvoicePage.Row row : rows) {
      table.addCell(cell(row.label(), new Font(regular, 8, Font.NORMAL, SOFT), false, null));
      table.addCell(cell(row.value(), new Font(semibold, 8, Font.NORMAL, INK), false, null));
    }
    return table;
  }

  private void footer(InvoicePage page, PdfContentByte canvas) {
    canvas.setColorStroke(RULE);
    canvas.setLineWidth(0.5f);
    canvas.moveTo(25 * MM, (297 - 271) * MM);
    canvas.lineTo(195 * MM, (297 - 271) * MM);
    canvas.stroke();
    float left = 25;
    for (List<String> column : page.footer()) {
      block(canvas, column, 6.5f, SOFT, left, 272, 50, 19, Element.ALIGN_LEFT);
      left += 52;
    }
    block(canvas, List.of("1 / 1"), 6.5f, SOFT, 175, 272, 20, 5, Element.ALIGN_RIGHT);
  }

  private static void qrCode(BitMatrix modules, PdfContentByte canvas, float left, float top) {
    float size = 30 * MM / modules.getWidth();
    canvas.setColorFill(Color.BLACK);
    for (int y = 0; y < modules.getHeight(); y++) {
      for (int x = 0; x < modules.getWidth(); x++) {
        int from = x;
        while (x < modules.getWidth() && modules.get(x, y)) {
          x++;
        }
        if (x > from) {
          canvas.rectangle(
              left + from * size, top + 30 * MM - (y + 1) * size, (x - from) * size, size);
        }
      }
    }
    canvas.fill();
  }

  private void block(
      PdfContentByte canvas,
      List<String> texts,
      float points,
      Color colour,
      float left,
      float top,
      float wide,
      float high,
      int alignment) {
    ColumnText column = new ColumnText(canvas);
    column.setSimpleColumn(
        left * MM, (297 - top - high) * MM, (left + wide) * MM, (297 - top) * MM);
    column.setAlignment(alignment);
    column.setLeading(points * 1.3f);
    Font font = new Font(regular, points, Font.NORMAL, colour);
    texts.forEach(text -> column.addText(new Phrase(text + "\n", font)));
    column.go();
  }

  private static boolean number(int column) {
    return column == 2 || column > 3;
  }

  private static PdfPCell cell(String text, Font font, boolean right, Color rule) {
    PdfPCell cell = new PdfPCell(new Phrase(text, font));
    cell.setBorder(rule == null ? Rectangle.NO_BORDER : Rectangle.BOTTOM);
    cell.setPadding(1.4f * MM);
    if (rule != null) {
      cell.setBorderColor(rule);
      cell.setBorderWidth(0.5f);
    }
    cell.setHorizontalAlignment(right ? Element.ALIGN_RIGHT : Element.ALIGN_LEFT);
    return cell;
  }

  private static PdfPCell holding(PdfPTable inner) {
    PdfPCell cell = new PdfPCell(inner);
    cell.setBorder(Rectangle.NO_BORDER);
    return cell;
  }

  private static BaseFont font(Path templates, String file) throws IOException {
    byte[] content = Files.readAllBytes(templates.resolve("fonts").resolve(file));
    return BaseFont.createFont(
        file, BaseFont.IDENTITY_H, BaseFont.EMBEDDED, BaseFont.CACHED, content, null);
  }
}
