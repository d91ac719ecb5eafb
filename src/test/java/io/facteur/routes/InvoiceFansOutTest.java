package io.facteur.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.contract.VatCategory;
import io.facteur.delivery.Deliveries;
import io.facteur.delivery.DeliveryView;
import io.facteur.document.DocumentId;
import io.facteur.document.NewLine;
import io.facteur.rendering.Pdf;
import io.facteur.testing.RecordChange;
import io.facteur.testing.RunningFacteur;
import io.facteur.testing.ScriptedSmtpServer;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The way of an invoice through the routes as they are, from issuing to what arrives. */
class InvoiceFansOutTest {

  private static RunningFacteur facteur;

  @BeforeAll
  static void start() {
    facteur = RunningFacteur.start();
  }

  @AfterAll
  static void stop() {
    facteur.close();
  }

  @Test
  void oneInvoiceReachesEveryRoleThroughEveryChannelOnce() {
    int mailsBefore = facteur.smtp().accepted().size();
    String contract =
        facteur.contract(
            "EMAIL CONTRACTING_PARTY",
            "EMAIL INDIVIDUAL",
            "POST DELIVERY_ADDRESS",
            "EINVOICE CONTRACTING_PARTY format=CII",
            "ARCHIVE CONTRACTING_PARTY");

    DocumentId invoice = facteur.issue(contract);

    facteur.awaitDeliveries(
        invoice,
        "EMAIL CONTRACTING_PARTY SENT",
        "EMAIL INDIVIDUAL SENT",
        "POST DELIVERY_ADDRESS SPOOLED",
        "EINVOICE CONTRACTING_PARTY SPOOLED",
        "ARCHIVE CONTRACTING_PARTY SPOOLED");
    assertThat(facteur.smtp().accepted().subList(mailsBefore, mailsBefore + 2))
        .extracting(mail -> mail.recipients().size())
        .containsExactly(1, 1);
    assertThat(facteur.smtp().accepted()).hasSize(mailsBefore + 2);
    assertThat(facteur.files("spool/main/ready"))
        .anyMatch(name -> name.matches("post-\\d{10}-r1\\.pdf"))
        .anyMatch(name -> name.matches("post-\\d{10}-r1\\.pdf\\.json"));
    assertThat(facteur.files("outbox/main/ready"))
        .anyMatch(name -> name.matches("einvoice-\\d{10}-r1\\.xml"));
    assertThat(facteur.files("archive/ready"))
        .anyMatch(name -> name.matches("archive-\\d{10}-r1\\.pdf"));
  }

  @Test
  void whatThePrintRoomMovesToDoneIsPrinted() throws Exception {
    DocumentId invoice = facteur.issue(facteur.contract("POST CONTRACTING_PARTY"));
    facteur.awaitDeliveries(invoice, "POST CONTRACTING_PARTY SPOOLED");
    String file = fileOf(invoice);

    move("spool/main", file, "ready", "taken");
    move("spool/main", file, "taken", "done");

    facteur.awaitDeliveries(invoice, "POST CONTRACTING_PARTY PRINTED");
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(facteur.files("spool/main/done/acknowledged"))
                    .contains(file, file + ".json"));
    assertThat(facteur.files("spool/main/ready")).doesNotContain(file + ".json");
  }

  @Test
  void whatTheNetworkRejectsFallsBackToPostWithItsReason() throws Exception {
    DocumentId invoice = facteur.issue(facteur.contract("EINVOICE CONTRACTING_PARTY"));
    facteur.awaitDeliveries(invoice, "EINVOICE CONTRACTING_PARTY SPOOLED");
    String file = fileOf(invoice);
    Files.writeString(
        facteur.data().resolve("outbox/main/failed/" + file + ".reason.txt"),
        "unknown participant");

    move("outbox/main", file, "ready", "failed");

    facteur.awaitDeliveries(
        invoice, "EINVOICE CONTRACTING_PARTY REJECTED", "POST CONTRACTING_PARTY SPOOLED");
    assertThat(facteur.reason(invoice, "EINVOICE")).isEqualTo("unknown participant");
  }

  /**
   * An invoice that is invalid in a format.
   *
   * @param contact what is changed of its customer, in SQL
   * @param reason what stands in that of its failed delivery
   */
  private record Invalid(String format, String contact, NewLine line, String reason) {

    DocumentId issue(String... definitions) {
      String contract = facteur.contract(definitions);
      facteur
          .jdbc()
          .sql(
              "UPDATE contact SET "
                  + contact
                  + " WHERE id = (SELECT contracting_party_id FROM contract WHERE number = ?)")
          .param(contract)
          .update();
      return facteur.issue(contract, line);
    }
  }

  private static final List<Invalid> INVALID =
      List.of(
          new Invalid(
              "CII",
              "vat_id = NULL",
              RunningFacteur.line(VatCategory.AE, "0"),
              "BR-AE-02: VAT numbers of seller and buyer (BT-31 and BT-48)"),
          new Invalid(
              "FACTUR_X", "language = 'fr'", ofUnit("XXX"), "BR-CL-23: unit of a line (BT-130)"),
          new Invalid(
              "XRECHNUNG_CII",
              "buyer_reference = NULL",
              ofUnit("MON"),
              "BR-DE-15: buyer's reference (in Germany the Leitweg-ID) (BT-10)"),
          new Invalid(
              "XRECHNUNG_UBL",
              "registration_id = '1', registration_scheme = '9999'",
              ofUnit("MON"),
              "BR-CL-11: scheme of the seller's or buyer's registration number (BT-30 or BT-47)"),
          new Invalid(
              "PEPPOL_UBL",
              "endpoint_scheme = '9999'",
              ofUnit("MON"),
              "BR-CL-25: scheme of the seller's or buyer's electronic address (BT-34 or BT-49)"));

  @Test
  void anInvalidEInvoiceLeavesInNoFormatWhileMailAndPaperDo() {
    List<String> outboxBefore = facteur.files("outbox/main/ready");
    List<DocumentId> invoices =
        INVALID.stream()
            .map(
                one ->
                    one.issue(
                        "EMAIL CONTRACTING_PARTY",
                        "POST CONTRACTING_PARTY",
                        "EINVOICE CONTRACTING_PARTY format=" + one.format()))
            .toList();

    for (int i = 0; i < INVALID.size(); i++) {
      facteur.awaitDeliveries(
          invoices.get(i),
          "EMAIL CONTRACTING_PARTY SENT",
          "POST CONTRACTING_PARTY SPOOLED",
          "EINVOICE CONTRACTING_PARTY FAILED");
      assertThat(facteur.reason(invoices.get(i), "EINVOICE"))
          .contains("is invalid and is not sent", INVALID.get(i).reason());
    }
    assertThat(facteur.files("outbox/main/ready")).isEqualTo(outboxBefore);
  }

  @Test
  void whoWouldGetNothingButAnInvalidEInvoiceGetsPaperInstead() {
    List<DocumentId> invoices =
        INVALID.stream()
            .map(one -> one.issue("EINVOICE CONTRACTING_PARTY format=" + one.format()))
            .toList();

    for (int i = 0; i < INVALID.size(); i++) {
      facteur.awaitDeliveries(
          invoices.get(i), "EINVOICE CONTRACTING_PARTY FAILED", "POST CONTRACTING_PARTY SPOOLED");
      assertThat(facteur.reason(invoices.get(i), "EINVOICE")).contains(INVALID.get(i).reason());
      assertThat(originOfPaper(invoices.get(i))).isEqualTo("fallback:CONTRACTING_PARTY");
    }
  }

  @ParameterizedTest(name = "{0} to {1}: {2}")
  @CsvSource(
      textBlock =
          """
          FACTUR_X,      0225, FACTUR_X,      pdf
          CII,           0225, CII,           xml
          XRECHNUNG_CII, 0225, XRECHNUNG_CII, xml
          XRECHNUNG_UBL, 0225, XRECHNUNG_UBL, xml
          PEPPOL_UBL,    0225, PEPPOL_UBL,    xml
          BY_RECIPIENT,  0204, XRECHNUNG_UBL, xml
          ,              0204, XRECHNUNG_UBL, xml
          ,              0088, PEPPOL_UBL,    xml
          ,              0225, FACTUR_X,      pdf
          """)
  void anEInvoiceLeavesInTheFormatOfItsDefinitionElseInThatOfItsRecipient(
      String asked, String scheme, String format, String extension) throws Exception {
    String contract =
        facteur.contract("EINVOICE CONTRACTING_PARTY" + (asked == null ? "" : " format=" + asked));
    reachedThrough(contract, scheme);

    DocumentId invoice = facteur.issue(contract);

    facteur.awaitDeliveries(invoice, "EINVOICE CONTRACTING_PARTY SPOOLED");
    String file = fileOf(invoice);
    assertThat(file).endsWith("." + extension);
    assertThat(facteur.get(Deliveries.class).of(invoice))
        .extracting(DeliveryView::format)
        .containsExactly(format);
    Path manifest = facteur.data().resolve("outbox/main/ready/" + file + ".json");
    assertThat(Files.readString(manifest)).contains("\"format\" : \"" + format + "\"");
  }

  @Test
  void whatPeppolRefusesStaysWhilePaperGoes() {
    String contract =
        facteur.contract("POST CONTRACTING_PARTY", "EINVOICE CONTRACTING_PARTY format=PEPPOL_UBL");
    reachedThrough(contract, "EM");

    DocumentId invoice = facteur.issue(contract);

    facteur.awaitDeliveries(
        invoice, "POST CONTRACTING_PARTY SPOOLED", "EINVOICE CONTRACTING_PARTY FAILED");
    assertThat(facteur.reason(invoice, "EINVOICE"))
        .contains("PEPPOL-EN16931-CL008", "BT-34 or BT-49", "electronic address");
  }

  private static void reachedThrough(String contract, String scheme) {
    facteur
        .jdbc()
        .sql(
            """
            UPDATE contract c JOIN contact p ON p.id = c.contracting_party_id
            SET c.buyer_reference = '04011000-12345-34', p.endpoint_scheme = ?,
                p.endpoint_id = IF(? = '0088', '7300010000001', '404833048')
            WHERE c.number = ?
            """)
        .params(scheme, scheme, contract)
        .update();
  }

  @Test
  void oneTemplateThatFailsHoldsUpNothingElse() {
    DocumentId broken =
        facteur.issue(
            facteur.contract(
                "EMAIL CONTRACTING_PARTY template=no-such-template", "POST CONTRACTING_PARTY"));
    DocumentId good = facteur.issue(facteur.contract("EMAIL CONTRACTING_PARTY"));

    facteur.awaitDeliveries(
        broken, "EMAIL CONTRACTING_PARTY FAILED", "POST CONTRACTING_PARTY SPOOLED");
    facteur.awaitDeliveries(good, "EMAIL CONTRACTING_PARTY SENT");
    assertThat(facteur.reason(broken, "EMAIL")).contains("no-such-template");
  }

  @Test
  void paperForTheDeliveryAddressShowsItInTheWindowAndTheMailKeepsTheBuyer() throws Exception {
    int mailsBefore = facteur.smtp().accepted().size();
    String contract = facteur.contract("POST DELIVERY_ADDRESS", "EMAIL DELIVERY_ADDRESS");
    String buyer = contract.replace("K-", "Client C");
    String deliveryParty = contract.replace("K-", "Client D");

    DocumentId invoice = facteur.issue(contract);
    facteur.awaitDeliveries(
        invoice, "EMAIL DELIVERY_ADDRESS SENT", "POST DELIVERY_ADDRESS SPOOLED");

    Pdf paper =
        Pdf.read(Files.readAllBytes(facteur.data().resolve("spool/main/ready/" + fileOf(invoice))));
    assertThat(frenchWindow(paper))
        .contains(deliveryParty, "2 quai Ouest", "35000 Rennes")
        .doesNotContain(buyer);
    assertThat(paper.text()).contains("Facturé à", buyer);
    Pdf mailed = Pdf.read(attachment(facteur.smtp().accepted().get(mailsBefore)));
    assertThat(frenchWindow(mailed)).contains(buyer).doesNotContain(deliveryParty);
  }

  private static String originOfPaper(DocumentId invoice) {
    return facteur
        .jdbc()
        .sql("SELECT origin FROM delivery WHERE document_id = ? AND channel = 'POST'")
        .param(invoice.value())
        .query(String.class)
        .single();
  }

  private static NewLine ofUnit(String unit) {
    return RecordChange.with(RunningFacteur.line(VatCategory.S, "20"), "unitCode", unit);
  }

  private static byte[] attachment(ScriptedSmtpServer.Accepted mail) throws Exception {
    var message =
        new MimeMessage(
            null, new ByteArrayInputStream(mail.content().getBytes(StandardCharsets.ISO_8859_1)));
    return ((MimeMultipart) message.getContent()).getBodyPart(1).getInputStream().readAllBytes();
  }

  private static String frenchWindow(Pdf pdf) {
    return pdf.through(100, 45, 200, 80);
  }

  private static String fileOf(DocumentId invoice) {
    return facteur
        .jdbc()
        .sql(
            """
            SELECT t.file_name FROM transmission t JOIN delivery d ON d.transmission_id = t.id
            WHERE d.document_id = ? AND t.file_name IS NOT NULL ORDER BY t.id LIMIT 1
            """)
        .param(invoice.value())
        .query(String.class)
        .single();
  }

  private static void move(String consumer, String file, String from, String to) throws Exception {
    Path root = facteur.data().resolve(consumer);
    for (String name : List.of(file + ".json", file)) {
      Files.move(root.resolve(from).resolve(name), root.resolve(to).resolve(name));
    }
  }
}
