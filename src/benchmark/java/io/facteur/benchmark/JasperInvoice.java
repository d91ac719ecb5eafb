package io.facteur.benchmark;

import com.google.zxing.common.BitMatrix;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import net.sf.jasperreports.engine.DefaultJasperReportsContext;
import net.sf.jasperreports.engine.JRException;
import net.sf.jasperreports.engine.JasperCompileManager;
import net.sf.jasperreports.engine.JasperFillManager;
import net.sf.jasperreports.engine.JasperPrint;
import net.sf.jasperreports.engine.JasperReport;
import net.sf.jasperreports.engine.JasperReportsContext;
import net.sf.jasperreports.engine.SimpleJasperReportsContext;
import net.sf.jasperreports.engine.data.JRMapCollectionDataSource;
import net.sf.jasperreports.engine.fonts.FontFamily;
import net.sf.jasperreports.engine.fonts.SimpleFontFace;
import net.sf.jasperreports.engine.fonts.SimpleFontFamily;
import net.sf.jasperreports.engine.xml.JRXmlLoader;
import net.sf.jasperreports.export.SimpleExporterInput;
import net.sf.jasperreports.export.SimpleOutputStreamExporterOutput;
import net.sf.jasperreports.pdf.SimplePdfExporterConfiguration;
import net.sf.jasperreports.pdf.JRPdfExporter;
import net.sf.jasperreports.renderers.AbstractRenderer;
import net.sf.jasperreports.renderers.DataRenderable;
import net.sf.jasperreports.renderers.Graphics2DRenderable;
import net.sf.jasperreports.renderers.SimpleDataRenderer;

/** The invoice's page by JasperReports, its report compiled once, its logo read once. */
final class JasperInvoice {

  private final JasperReportsContext context;
  private final JasperReport report;
  private final DataRenderable logo;

  JasperInvoice(Path templates, String logo) throws JRException, IOException {
    SimpleJasperReportsContext own =
        new SimpleJasperReportsContext(DefaultJasperReportsContext.getInstance());
    SimpleFontFamily family = new SimpleFontFamily(own);
    family.setName("OpenSans");
    family.setNormalFace(face(own, templates, "OpenSans-Regular.ttf"));
    family.setBoldFace(face(own, templates, "OpenSans-Semibold.ttf"));
    family.setPdfEncoding("Identity-H");
    family.setPdfEmbedded(true);
    own.setExtensions(FontFamily.class, List.of(family));
    own.setProperty(
        "net.sf.jasperreports.compiler.java", "net.sf.jasperreports.engine.design.JRJdk13Compiler");
    this.context = own;
    this.report =
        JasperCompileManager.getInstance(own)
            .compile(
                JRXmlLoader.load(
                    own,
                    new ByteArrayInputStream(design().getBytes(StandardCharsets.UTF_8))));
    this.logo =
        SimpleDataRenderer.getInstance(
            Files.readAllBytes(templates.resolve("assets").resolve(logo)));
  }

  byte[] make(InvoicePage page) throws JRException {
    Map<String, Object> texts = new HashMap<>();
    texts.put("logo", logo);
    texts.put("qr", new QrCode(page.qrCode()));
    texts.put("title", page.title());
    texts.put("sender", lines(page.sender()));
    texts.put("senderLine", page.senderLine());
    texts.put("address", lines(page.address()));
    texts.put("factLabels", labels(page.facts()));
    texts.put("factValues", values(page.facts()));
    texts.put("vatLabels", column(page, 0));
    texts.put("vatBases", column(page, 1));
    texts.put("vatTaxes", column(page, 2));
    texts.put("totalLabels", labels(page.totals()));
    texts.put("totalValues", values(page.totals()));
    texts.put("dueLabel", page.due().label());
    texts.put("dueValue", page.due().value());
    texts.put("payBy", page.payBy());
    texts.put("accountLabels", labels(page.account()));
    texts.put("accountValues", values(page.account()));
    for (int i = 0; i < 3; i++) {
      texts.put("footer" + i, lines(page.footer().get(i)));
    }
    for (int i = 0; i < page.heads().size(); i++) {
      texts.put("head" + i, page.heads().get(i));
    }
    List<Map<String, ?>> rows =
        page.lines().stream()
            .<Map<String, ?>>map(
                line ->
                    Map.of(
                        "c0",
                        line.position(),
                        "c1",
                        line.name(),
                        "c2",
                        line.quantity(),
                        "c3",
                        line.unit(),
                        "c4",
                        line.price(),
                        "c5",
                        line.vat(),
                        "c6",
                        line.net()))
            .toList();
    JasperPrint print =
        JasperFillManager.getInstance(context)
            .fill(report, texts, new JRMapCollectionDataSource(rows));
    ByteArrayOutputStream pdf = new ByteArrayOutputStream(65_536);
    JRPdfExporter exporter = new JRPdfExporter(context);
    SimplePdfExporterConfiguration configuration = new SimplePdfExporterConfiguration();
    configuration.setCompressed(true);
    exporter.setConfiguration(configuration);
    exporter.setExporterInput(new SimpleExporterInput(print));
    exporter.setExporterOutput(new SimpleOutputStreamExporterOutput(pdf));
    exporter.exportReport();
    return pdf.toByteArray();
  }

  /** Drawn as rectangles. */
  private static final class QrCode extends AbstractRenderer implements Graphics2DRenderable {

    private static final long serialVersionUID = 1;
    private final transient BitMatrix modules;
    private final String id = UUID.randomUUID().toString();

    QrCode(BitMatrix modules) {
      this.modules = modules;
    }

    @Override
    public void render(JasperReportsContext context, Graphics2D graphics, Rectangle2D area) {
      double size = area.getWidth() / modules.getWidth();
      graphics.setColor(Color.BLACK);
      for (int y = 0; y < modules.getHeight(); y++) {
        for (int x = 0; x < modules.getWidth(); x++) {
          int from = x;
          while (x < modules.getWidth() && modules.get(x, y)) {
            x++;
          }
          if (x > from) {
            graphics.fill(
                new Rectangle2D.Double(
                    area.getX() + from * size, area.getY() + y * size, (x - from) * size, size));
          }
        }
      }
    }

    @Override
    public String getId() {
      return id;
    }
  }

  private static SimpleFontFace face(JasperReportsContext context, Path templates, String file)
      throws JRException {
    SimpleFontFace face = new SimpleFontFace(context);
    String path = templates.resolve("fonts").resolve(file).toAbsolutePath().toString();
    face.setTtf(path);
    face.setPdf(path);
    return face;
  }

  private static String lines(List<String> texts) {
    return String.join("\n", texts);
  }

  private static String labels(List<InvoicePage.Row> rows) {
    return rows.stream().map(InvoicePage.Row::label).collect(Collectors.joining("\n"));
  }

  private static String values(List<InvoicePage.Row> rows) {
    return rows.stream().map(InvoicePage.Row::value).collect(Collectors.joining("\n"));
  }

  private static String column(InvoicePage page, int index) {
    StringBuilder column = new StringBuilder(page.vatHeads().get(index));
    page.vat().forEach(row -> column.append('\n').append(row.get(index)));
    return column.toString();
  }

  private static String design() {
    StringBuilder parameters = new StringBuilder();
    for (String name :
        List.of(
            "title", "sender", "senderLine", "address", "factLabels", "factValues", "vatLabels",
            "vatBases", "vatTaxes", "totalLabels", "totalValues", "dueLabel", "dueValue", "payBy",
            "accountLabels", "accountValues", "footer0", "footer1", "footer2", "head0", "head1",
            "head2", "head3", "head4", "head5", "head6")) {
      parameters.append("<parameter name=\"%s\" class=\"java.lang.String\"/>".formatted(name));
    }
    StringBuilder fields = new StringBuilder();
    StringBuilder heads = new StringBuilder();
    StringBuilder cells = new StringBuilder();
    int[] widths = {22, 178, 46, 50, 60, 46, 80};
    int left = 0;
    for (int i = 0; i < widths.length; i++) {
      boolean right = i == 2 || i > 3;
      fields.append("<field name=\"c%d\" class=\"java.lang.String\"/>".formatted(i));
      heads.append(text("$P{head" + i + "}", left, 4, widths[i], 14, 7.5, true, right, "#1f2933"));
      cells.append(text("$F{c" + i + "}", left, 3, widths[i], 13, 8.5, false, right, "#1f2933"));
      left += widths[i];
    }
    return """
        <jasperReport name="invoice" language="java" pageWidth="595" pageHeight="842"
            columnWidth="482" leftMargin="71" rightMargin="42" topMargin="40" bottomMargin="30">
          <parameter name="logo" class="java.lang.Object"/>
          <parameter name="qr" class="java.lang.Object"/>
          %s%s
          <title height="250">
            <element kind="image" x="0" y="0" width="221" height="51" scaleImage="RetainShape"><expression>$P{logo}</expression></element>
            %s%s%s%s%s%s
          </title>
          <columnHeader height="20">%s</columnHeader>
          <detail><band height="18">%s<element kind="line" x="0" y="17" width="482" height="1" forecolor="#c8d0d8"/></band></detail>
          <pageFooter height="60"><element kind="line" x="0" y="0" width="482" height="1" forecolor="#c8d0d8"/>%s%s%s%s</pageFooter>
          <summary height="208">
            %s%s%s%s%s
            <element kind="rectangle" x="272" y="75" width="210" height="24" backcolor="#1f2933" forecolor="#1f2933"/>
            %s%s%s%s%s
            <element kind="image" x="382" y="120" width="85" height="85"><expression>$P{qr}</expression></element>
          </summary>
        </jasperReport>
        """
        .formatted(
            parameters,
            fields,
            text("$P{sender}", 282, 0, 200, 80, 7.5, false, true, "#5b6875"),
            text("$P{senderLine}", 0, 125, 221, 10, 6.5, false, false, "#5b6875"),
            text("$P{address}", 0, 138, 221, 60, 10, false, false, "#1f2933"),
            text("$P{factLabels}", 267, 110, 90, 90, 8, false, false, "#5b6875"),
            text("$P{factValues}", 357, 110, 125, 90, 8, true, false, "#1f2933"),
            text("$P{title}", 0, 222, 482, 24, 15, true, false, "#1f2933"),
            heads,
            cells,
            text("$P{footer0}", 0, 4, 150, 50, 6.5, false, false, "#5b6875"),
            text("$P{footer1}", 155, 4, 125, 50, 6.5, false, false, "#5b6875"),
            text("$P{footer2}", 285, 4, 140, 50, 6.5, false, false, "#5b6875"),
            text("$V{PAGE_NUMBER} + \" / 1\"", 430, 4, 52, 12, 6.5, false, true, "#5b6875"),
            text("$P{vatLabels}", 0, 14, 74, 40, 7.5, false, false, "#1f2933"),
            text("$P{vatBases}", 74, 14, 90, 40, 7.5, false, true, "#1f2933"),
            text("$P{vatTaxes}", 164, 14, 90, 40, 7.5, false, true, "#1f2933"),
            text("$P{totalLabels}", 276, 14, 100, 60, 8.5, false, false, "#1f2933"),
            text("$P{totalValues}", 376, 14, 102, 60, 8.5, false, true, "#1f2933"),
            text("$P{dueLabel}", 276, 79, 100, 16, 10.5, true, false, "#ffffff"),
            text("$P{dueValue}", 376, 79, 102, 16, 10.5, true, true, "#ffffff"),
            text("$P{payBy}", 0, 120, 340, 14, 8.5, true, false, "#1f2933"),
            text("$P{accountLabels}", 0, 138, 100, 66, 8, false, false, "#5b6875"),
            text("$P{accountValues}", 100, 138, 240, 66, 8, true, false, "#1f2933"));
  }

  private static String text(
      String expression,
      int left,
      int top,
      int width,
      int height,
      double points,
      boolean bold,
      boolean right,
      String colour) {
    return """
        <element kind="textField" x="%d" y="%d" width="%d" height="%d" fontName="OpenSans" fontSize="%s" bold="%s" hTextAlign="%s" forecolor="%s"><expression><![CDATA[%s]]></expression></element>
        """
        .formatted(
            left,
            top,
            width,
            height,
            points,
            bold,
            right ? "Right" : "Left",
            colour,
            expression);
  }
}
