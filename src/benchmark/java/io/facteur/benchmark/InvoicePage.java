package io.facteur.benchmark;

import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.EncodeHintType;
import com.google.zxing.BarcodeFormat;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import io.facteur.document.Document;
import io.facteur.document.DocumentLine;
import io.facteur.document.VatBreakdown;
import io.facteur.party.TradeParty;
import io.facteur.rendering.RenderingParts.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The texts of our invoice's page, ready to be set: what is spared the others is the filling in of a
 * template.
 */
record InvoicePage(
    String title,
    List<String> sender,
    String senderLine,
    List<String> address,
    List<Row> facts,
    List<String> heads,
    List<Line> lines,
    List<String> vatHeads,
    List<List<String>> vat,
    List<Row> totals,
    Row due,
    String payBy,
    List<Row> account,
    List<List<String>> footer,
    String qrPayload) {

  record Row(String label, String value) {}

  record Line(
      String position,
      String name,
      String quantity,
      String unit,
      String price,
      String vat,
      String net) {}

  static InvoicePage of(Document document, Written written, String qrPayload) {
    TradeParty seller = document.seller().party();
    TradeParty buyer = document.buyer();
    List<String> home = address(seller);
    List<Line> lines = new ArrayList<>();
    for (DocumentLine line : document.lines()) {
      lines.add(
          new Line(
              String.valueOf(line.position()),
              line.name(),
              written.quantity(line.quantity()),
              written.unit(line.unitCode(), line.quantity()),
              written.price(line.unitPrice()),
              written.percent(line.vatRate()),
              written.amount(line.netAmount())));
    }
    List<List<String>> vat = new ArrayList<>();
    List<Row> totals = new ArrayList<>();
    totals.add(new Row(written.text("total.net"), written.money(document.totals().taxExclusive())));
    for (VatBreakdown one : document.vatBreakdown()) {
      String rate = written.percent(one.rate());
      vat.add(
          List.of(rate, written.amount(one.taxableAmount()), written.amount(one.taxAmount())));
      totals.add(new Row(written.text("total.vat", rate), written.money(one.taxAmount())));
    }
    totals.add(
        new Row(written.text("total.gross"), written.money(document.totals().taxInclusive())));
    String iban = document.seller().iban().replaceAll("(.{4})(?!$)", "$1\u00a0");
    String bank = document.seller().bankName();
    String bic = document.seller().bic();
    return new InvoicePage(
        written.text("type." + document.type()) + " " + document.number(),
        List.of(
            seller.name(),
            home.get(1),
            home.get(2),
            written.text("footer.phone") + " " + seller.phone(),
            seller.email(),
            document.seller().website()),
        String.join(" · ", home),
        address(buyer),
        List.of(
            new Row(written.text("meta.number"), document.number()),
            new Row(written.text("meta.issueDate"), written.date(document.issueDate())),
            new Row(written.text("meta.dueDate"), written.date(document.dueDate())),
            new Row(
                written.text("meta.period"),
                written.text(
                    "meta.until",
                    written.date(document.period().from()),
                    written.date(document.period().to()))),
            new Row(written.text("meta.contract"), document.contractNumber()),
            new Row(written.text("meta.buyerVat"), buyer.vatId())),
        List.of(
            written.text("line.position"),
            written.text("line.name"),
            written.text("line.quantity"),
            written.text("line.unit"),
            written.text("line.price"),
            written.text("line.vat"),
            written.text("line.net", document.currency())),
        lines,
        List.of(
            written.text("vat.title"), written.text("vat.taxable"), written.text("vat.tax")),
        vat,
        totals,
        new Row(written.text("total.payable"), written.money(document.totals().payable())),
        written.text("pay.until", written.date(document.dueDate())),
        List.of(
            new Row(written.text("pay.account"), seller.name()),
            new Row(written.text("pay.iban"), iban),
            new Row(written.text("pay.bic"), bic),
            new Row(written.text("pay.bank"), bank),
            new Row(written.text("pay.reference"), document.number())),
        List.of(
            home,
            List.of(written.text("footer.vat") + " " + seller.vatId()),
            List.of(
                bank,
                written.text("pay.iban") + " " + iban,
                written.text("pay.bic") + " " + bic)),
        qrPayload);
  }

  /** The modules of the QR code, encoded anew for each document. */
  BitMatrix qrCode() {
    try {
      return new QRCodeWriter()
          .encode(
              qrPayload,
              BarcodeFormat.QR_CODE,
              0,
              0,
              Map.of(
                  EncodeHintType.ERROR_CORRECTION,
                  ErrorCorrectionLevel.M,
                  EncodeHintType.MARGIN,
                  0,
                  EncodeHintType.CHARACTER_SET,
                  "UTF-8"));
    } catch (WriterException e) {
      throw new IllegalStateException("the payload makes no QR code", e);
    }
  }

  private static List<String> address(TradeParty party) {
    return List.of(
        party.name(),
        party.address().street(),
        party.address().postcode() + " " + party.address().city());
  }
}
