package io.facteur.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.addressing.AddressKind;
import io.facteur.addressing.DocumentAddressing;
import io.facteur.addressing.Reach;
import io.facteur.contract.Role;
import io.facteur.contract.VatCategory;
import io.facteur.document.DocumentId;
import io.facteur.document.DocumentType;
import io.facteur.document.Documents;
import io.facteur.document.Drafts;
import io.facteur.document.FollowUpRequest;
import io.facteur.document.FollowUps;
import io.facteur.document.NewDocument;
import io.facteur.document.OwnAddress;
import io.facteur.document.OwnAddresses;
import io.facteur.party.EmailAddress;
import io.facteur.party.Mailboxes;
import io.facteur.party.PostalAddress;
import io.facteur.rendering.Pdf;
import io.facteur.testing.RunningFacteur;
import io.facteur.testing.ScriptedSmtpServer;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Quotes, orders, delivery notes and reminders through the routes as they are. */
class DocumentsOfTheChainGoOutTest {

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
  void aQuoteIsMailedByTheCompanysDefaultAndItsReminderGoesWhereItDid() throws Exception {
    String contract = facteur.contract();
    DocumentId quote = draft(contract, DocumentType.QUOTE, null);
    setByHand(quote, Role.CONTRACTING_PARTY, "chantier@client.example");

    facteur.issue(quote);
    facteur.awaitDeliveries(quote, "EMAIL CONTRACTING_PARTY SENT");
    MimeMessage quoted = lastTo("chantier@client.example");
    DocumentId invoice = follow(quote, DocumentType.INVOICE);
    facteur.awaitDeliveries(invoice, "EMAIL CONTRACTING_PARTY SENT");
    DocumentId reminder = follow(invoice, DocumentType.REMINDER);
    facteur.awaitDeliveries(reminder, "EMAIL CONTRACTING_PARTY SENT");

    MimeMessage reminded = lastTo("chantier@client.example");
    assertThat(quoted.getSubject()).isEqualTo("Acme SA, Devis n° " + number(quote));
    assertThat(attachment(quoted).text())
        .contains("Devis " + number(quote), "Total TTC", "120,00")
        .doesNotContain("IBAN", "Net à payer");
    assertThat(reminded.getSubject()).isEqualTo("Acme SA, Rappel n° " + number(reminder));
    assertThat(text(reminded)).contains("facture n° " + number(invoice)).contains("120,00");
    assertThat(attachment(reminded).text())
        .contains("Rappel " + number(reminder), "Facture " + number(invoice), "IBAN", "120,00");
  }

  @Test
  void aReminderGoesToTheReminderAddressesOfItsContact() {
    String contract = facteur.contract("EMAIL CONTRACTING_PARTY domain=REMINDER");
    facteur
        .jdbc()
        .sql(
            """
            INSERT INTO contact_reminder_address (contact_id, position, address)
            SELECT contracting_party_id, 0, CONCAT('dunning-', number, '@client.example')
            FROM contract WHERE number = ?
            """)
        .param(contract)
        .update();
    DocumentId invoice = facteur.issue(contract);

    DocumentId notice = follow(invoice, DocumentType.PAYMENT_NOTICE);

    facteur.awaitDeliveries(notice, "EMAIL CONTRACTING_PARTY SENT");
    assertThat(mailsTo("dunning-" + contract + "@client.example")).hasSize(1);
  }

  @Test
  void anOrderGoesThroughEveryChannelOfItsDomain() {
    String contract =
        facteur.contract(
            "EMAIL CONTRACTING_PARTY domain=ORDER",
            "POST DELIVERY_ADDRESS domain=ORDER",
            "ARCHIVE CONTRACTING_PARTY domain=ORDER",
            "POST CONTRACTING_PARTY");

    DocumentId order = facteur.issue(draft(contract, DocumentType.ORDER, null));

    facteur.awaitDeliveries(
        order,
        "EMAIL CONTRACTING_PARTY SENT",
        "POST DELIVERY_ADDRESS SPOOLED",
        "ARCHIVE CONTRACTING_PARTY SPOOLED");
  }

  @Test
  void aDeliveryAddressThatIsNobodysGetsPaperAndMailOnlyWhereItIsSet() throws Exception {
    String[] definitions = {
      "EMAIL DELIVERY_ADDRESS domain=ORDER", "POST DELIVERY_ADDRESS domain=ORDER"
    };
    OwnAddress site =
        new OwnAddress("Chantier Nord", null, new PostalAddress("Quai 9", "29200", "Brest", "FR"));
    DocumentId silent = draft(facteur.contract(definitions), DocumentType.DELIVERY_NOTE, site);
    DocumentId told = draft(facteur.contract(definitions), DocumentType.DELIVERY_NOTE, site);
    setByHand(told, Role.DELIVERY_ADDRESS, "site@nord.example");

    facteur.issue(silent);
    facteur.issue(told);

    facteur.awaitDeliveries(
        silent, "EMAIL DELIVERY_ADDRESS SKIPPED", "POST DELIVERY_ADDRESS SPOOLED");
    facteur.awaitDeliveries(told, "EMAIL DELIVERY_ADDRESS SENT", "POST DELIVERY_ADDRESS SPOOLED");
    assertThat(facteur.reason(silent, "EMAIL")).contains("ADDR-2e no address");
    assertThat(mailsTo("site@nord.example")).hasSize(1);
    Pdf paper = paper(silent);
    assertThat(paper.through(100, 45, 200, 80)).contains("Chantier Nord", "29200 Brest");
    assertThat(paper.text()).contains("Bon de livraison", "Marchandise reçue").doesNotContain("€");
  }

  @Test
  void forAnAddressThatIsNobodysTheCustomersRefusalOfPaperlessCounts() {
    String contract = facteur.contract("EMAIL DELIVERY_ADDRESS domain=ORDER");
    OwnAddress site =
        new OwnAddress("Chantier", null, new PostalAddress("Quai 9", "29200", "Brest", "FR"));
    DocumentId note = draft(contract, DocumentType.DELIVERY_NOTE, site);
    setByHand(note, Role.DELIVERY_ADDRESS, "refused@nord.example");
    facteur
        .jdbc()
        .sql(
            """
            UPDATE contact SET paperless_refused = TRUE
            WHERE id = (SELECT contracting_party_id FROM contract WHERE number = ?)
            """)
        .param(contract)
        .update();

    facteur.issue(note);

    facteur.awaitDeliveries(
        note, "EMAIL DELIVERY_ADDRESS SKIPPED", "POST DELIVERY_ADDRESS SPOOLED");
    assertThat(facteur.reason(note, "EMAIL")).contains("paperless refused");
    assertThat(mailsTo("refused@nord.example")).isEmpty();
  }

  @Test
  void aPurchaseOrderIsMailedToItsSupplier() throws Exception {
    DocumentId order = facteur.issue(draft(facteur.contract(), DocumentType.PURCHASE_ORDER, null));

    facteur.awaitDeliveries(order, "EMAIL CONTRACTING_PARTY SENT");
    List<ScriptedSmtpServer.Accepted> mails = facteur.smtp().accepted();
    assertThat(attachment(message(mails.get(mails.size() - 1))).text())
        .contains("Commande " + number(order));
  }

  private static DocumentId draft(String contract, DocumentType type, OwnAddress delivery) {
    return facteur
        .get(Drafts.class)
        .add(
            new NewDocument(
                type,
                "ACME",
                null,
                null,
                contract,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(RunningFacteur.line(VatCategory.S, "20")),
                List.of(),
                new OwnAddresses(null, delivery),
                null),
            "clerk");
  }

  private static DocumentId follow(DocumentId document, DocumentType type) {
    return facteur.issue(
        facteur
            .get(FollowUps.class)
            .draft(
                facteur.get(Documents.class).get(String.valueOf(document.value())),
                type,
                FollowUpRequest.ALL,
                "clerk"));
  }

  private static void setByHand(DocumentId document, Role role, String address) {
    facteur
        .get(DocumentAddressing.class)
        .change(
            document,
            null,
            List.of(
                new DocumentAddressing.Given(
                    role,
                    AddressKind.DOCUMENT,
                    Mailboxes.to(List.of(new EmailAddress(address))),
                    Reach.DOCUMENT,
                    "saveAddress")));
  }

  private static String number(DocumentId document) {
    return facteur.get(Documents.class).load(List.of(document)).get(0).number();
  }

  private static List<ScriptedSmtpServer.Accepted> mailsTo(String address) {
    return facteur.smtp().accepted().stream()
        .filter(mail -> mail.recipients().equals(List.of(address)))
        .toList();
  }

  private static MimeMessage lastTo(String address) throws Exception {
    List<ScriptedSmtpServer.Accepted> mails = mailsTo(address);
    return message(mails.get(mails.size() - 1));
  }

  private static MimeMessage message(ScriptedSmtpServer.Accepted mail) throws Exception {
    return new MimeMessage(
        null, new ByteArrayInputStream(mail.content().getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static String text(MimeMessage mail) throws Exception {
    MimeMultipart mixed = (MimeMultipart) mail.getContent();
    MimeMultipart words = (MimeMultipart) mixed.getBodyPart(0).getContent();
    return (String) words.getBodyPart(0).getContent();
  }

  private static Pdf attachment(MimeMessage mail) throws Exception {
    return Pdf.read(
        ((MimeMultipart) mail.getContent()).getBodyPart(1).getInputStream().readAllBytes());
  }

  private static Pdf paper(DocumentId document) throws Exception {
    String file =
        facteur
            .jdbc()
            .sql(
                """
                SELECT t.file_name FROM transmission t JOIN delivery d ON d.transmission_id = t.id
                WHERE d.document_id = ? AND d.channel = 'POST'
                """)
            .param(document.value())
            .query(String.class)
            .single();
    return Pdf.read(Files.readAllBytes(facteur.data().resolve("spool/main/ready/" + file)));
  }
}
