package io.facteur.channel;

import io.facteur.contract.BillingPeriod;
import io.facteur.contract.Domain;
import io.facteur.contract.Role;
import io.facteur.delivery.Claim;
import io.facteur.delivery.DeliveryId;
import io.facteur.delivery.Shipment;
import io.facteur.delivery.TransmissionId;
import io.facteur.dispatch.Recipient;
import io.facteur.document.Document;
import io.facteur.document.DocumentId;
import io.facteur.document.DocumentType;
import io.facteur.document.OwnAddresses;
import io.facteur.document.Seller;
import io.facteur.document.StatedBill;
import io.facteur.document.Totals;
import io.facteur.party.EmailAddress;
import io.facteur.party.PostalAddress;
import io.facteur.party.TradeParty;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;

/** Documents and shipments that tests send. */
public final class Samples {

  public static final byte[] PDF = "%PDF-1.7 é".getBytes(StandardCharsets.UTF_8);

  private Samples() {}

  public static Document document(DocumentType type, String number, String language) {
    return document(type, number, language, "1234.50");
  }

  /** With another amount due. */
  public static Document document(
      DocumentType type, String number, String language, String payable) {
    return new Document(
        new DocumentId(7),
        type,
        number,
        LocalDate.of(2026, 11, 21),
        LocalDate.of(2026, 12, 21),
        30,
        new BillingPeriod(LocalDate.of(2026, 11, 1), LocalDate.of(2026, 11, 30)),
        null,
        "K-100",
        null,
        null,
        null,
        null,
        null,
        null,
        Currency.getInstance("CHF"),
        language,
        seller(),
        buyer(),
        null,
        null,
        List.of(),
        List.of(),
        List.of(),
        totals(payable),
        null,
        List.of(),
        stated(type, payable),
        OwnAddresses.NONE);
  }

  private static List<StatedBill> stated(DocumentType type, String open) {
    return type != DocumentType.REMINDER && type != DocumentType.PAYMENT_NOTICE
        ? List.of()
        : List.of(
            new StatedBill(
                new DocumentId(6),
                DocumentType.INVOICE,
                "NL-2026-000011",
                LocalDate.of(2026, 9, 1),
                LocalDate.of(2026, 10, 1),
                new BigDecimal("2000.00"),
                new BigDecimal(open)));
  }

  public static Attachment attachment() {
    return new Attachment("pdf", "application/pdf", PDF, "ab".repeat(32), 1);
  }

  public static Shipment shipment(String channel, Recipient recipient, Shipment.Item... items) {
    return shipment(channel, recipient, null, items);
  }

  public static Shipment shipment(
      String channel, Recipient recipient, String knownFile, Shipment.Item... items) {
    return new Shipment(
        new Claim(new TransmissionId(42), "node-1", 3),
        1,
        Domain.INVOICE,
        channel,
        Role.CONTRACTING_PARTY,
        recipient,
        knownFile,
        null,
        List.of(items));
  }

  public static Shipment.Item item(String number, boolean copy) {
    return new Shipment.Item(
        new DeliveryId(812), 2, new DocumentId(7), number, null, null, null, copy, false);
  }

  public static Recipient recipient(List<String> to, List<String> cc, List<String> bcc) {
    return new Recipient(
        "Zoë Müller",
        addresses(to),
        addresses(cc),
        addresses(bcc),
        buyer(),
        null,
        "ADDR-2d",
        null,
        List.of(),
        null);
  }

  private static List<EmailAddress> addresses(List<String> texts) {
    return texts.stream().map(EmailAddress::new).toList();
  }

  private static Seller seller() {
    TradeParty party =
        new TradeParty(
            "Énergie & Söhne AG",
            null,
            new PostalAddress("Bahnhofstrasse 1", "8001", "Zürich", "CH"),
            "CHE-123.456.789",
            null,
            null,
            null,
            null,
            "+41 44 000 00 00",
            "bills@seller.example");
    return new Seller(
        "ES", party, "CH9300762011623852957", "POFICHBE", "PostFinance", "seller.example", null);
  }

  private static TradeParty buyer() {
    return new TradeParty(
        "Zoë Müller",
        "c/o Anna",
        new PostalAddress("Hauptstrasse 5", "3000", "Bern", "CH"),
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static Totals totals(String payable) {
    BigDecimal amount = new BigDecimal(payable);
    return new Totals(
        amount,
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        amount,
        BigDecimal.ZERO,
        amount,
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        amount);
  }
}
