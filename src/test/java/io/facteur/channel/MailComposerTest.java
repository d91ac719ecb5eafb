package io.facteur.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facteur.delivery.Receipt;
import io.facteur.delivery.Shipment;
import io.facteur.delivery.TransmissionFailure;
import io.facteur.dispatch.Recipient;
import io.facteur.document.DocumentType;
import io.facteur.party.EmailAddress;
import io.facteur.rendering.Templates;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.util.FileSystemUtils;

class MailComposerTest {

  private static final Recipient RECIPIENT =
      Samples.recipient(
          List.of("anna@buyer.example", "zoe@buyer.example"),
          List.of("copy@buyer.example"),
          List.of("secret@buyer.example"));

  private DocumentType type = DocumentType.INVOICE;
  private String number = "NL-2026-000012";
  private String language = "de";
  private String payable = "1234.50";

  @Test
  void aMailCarriesItsDocumentAsTextHtmlAndPdf() throws Exception {
    MimeMessage mail = received(composed(Samples.item(number, false)));

    assertThat(mail.getSubject()).isEqualTo("Énergie & Söhne AG, Rechnung Nr. NL-2026-000012");
    assertThat(((InternetAddress) mail.getFrom()[0]).getPersonal()).isEqualTo("Énergie & Söhne AG");
    assertThat(((InternetAddress) mail.getFrom()[0]).getAddress())
        .isEqualTo("bills@seller.example");
    assertThat(mail.getHeader("To", ",")).isEqualTo("anna@buyer.example, zoe@buyer.example");
    assertThat(mail.getHeader("Cc", ",")).isEqualTo("copy@buyer.example");
    assertThat(mail.getHeader("Auto-Submitted", ",")).isEqualTo("auto-generated");
    assertThat(mail.getSentDate()).isEqualTo(Instant.parse("2026-11-21T10:00:00Z"));
    assertThat(text(mail, "plain"))
        .contains("Guten Tag,", "CHF 1’234.50", "21. Dezember 2026", "CH93 0076 2011 6238 5295 7")
        .contains("Freundliche Grüsse")
        .doesNotContain("Kopie", "&amp;");
    assertThat(text(mail, "html"))
        .contains("<html lang=\"de\">", "Énergie &amp; Söhne AG", "CH93 0076 2011 6238 5295 7");
    MimeBodyPart pdf = attachment(mail, 0);
    assertThat(pdf.getFileName()).isEqualTo("Rechnung_NL-2026-000012.pdf");
    assertThat(pdf.getContentType()).startsWith("application/pdf");
    assertThat(pdf.getInputStream().readAllBytes()).isEqualTo(Samples.PDF);
  }

  @Test
  void blindCopiesStandInTheEnvelopeOnly() throws Exception {
    TransmissionMessage mail = composed(Samples.item(number, false));

    assertThat(raw(mail)).doesNotContain("secret@").doesNotContainIgnoringCase("\nbcc:");
    assertThat(mail.envelope().recipients()).contains(new EmailAddress("secret@buyer.example"));
  }

  @Test
  void theMessageIdIsTheSameInEachAttempt() throws Exception {
    TransmissionMessage first = composed(Samples.item(number, false));
    TransmissionMessage second = composed(Samples.item(number, false));
    second.saveChanges();

    assertThat(received(first).getMessageID())
        .isEqualTo("<t42.r2.facteur@seller.example>")
        .isEqualTo(received(second).getMessageID())
        .isEqualTo(second.messageId());
  }

  @Test
  void everyLineIsOneThatMailServersTake() throws Exception {
    assertThat(raw(composed(Samples.item(number, false))).split("\r\n"))
        .allSatisfy(line -> assertThat(line.length()).isLessThan(998))
        .allSatisfy(line -> assertThat(line).matches("[\\x20-\\x7E\t]*"));
  }

  @Test
  void aCopyIsMarkedAndAsksNobodyToPay() throws Exception {
    MimeMessage mail = received(composed(Samples.item(number, true)));

    assertThat(text(mail, "plain")).contains("Dies ist eine Kopie").doesNotContain("IBAN");
    assertThat(text(mail, "html")).contains("Dies ist eine Kopie").doesNotContain("IBAN");
    assertThat(attachment(mail, 0).getFileName()).isEqualTo("Rechnung_NL-2026-000012_Kopie.pdf");
  }

  @Test
  void severalDocumentsForOneClientAreOneMail() throws Exception {
    MimeMessage mail =
        received(composed(Samples.item("NL-2026-000012", false), Samples.item("NL-13", false)));

    assertThat(mail.getSubject()).isEqualTo("Énergie & Söhne AG, 2 Belege");
    assertThat(text(mail, "plain")).contains("CHF 2’469.00");
    assertThat(attachment(mail, 1).getFileName()).endsWith(".pdf");
  }

  @ParameterizedTest
  @CsvSource({
    "de-CH, 'Énergie & Söhne AG, Rechnung Nr. NL-2026-000012', Rechnung_NL-2026-000012.pdf",
    "fr, 'Énergie & Söhne AG, Facture n° NL-2026-000012', Facture_NL-2026-000012.pdf",
    "it, 'Énergie & Söhne AG, Fattura n. NL-2026-000012', Fattura_NL-2026-000012.pdf",
    "en, 'Énergie & Söhne AG, Invoice no. NL-2026-000012', Invoice_NL-2026-000012.pdf",
    "pt, 'Énergie & Söhne AG, Invoice no. NL-2026-000012', Invoice_NL-2026-000012.pdf"
  })
  void theMailSpeaksTheLanguageOfItsDocument(String spoken, String subject, String file)
      throws Exception {
    language = spoken;

    MimeMessage mail = received(composed(Samples.item(number, false)));

    assertThat(mail.getSubject()).isEqualTo(subject);
    assertThat(attachment(mail, 0).getFileName()).isEqualTo(file);
  }

  @ParameterizedTest
  @EnumSource(DocumentType.class)
  void everyTypeOfDocumentHasItsWordsInEachLanguage(DocumentType each) throws Exception {
    type = each;
    for (String spoken : List.of("de", "fr", "it", "en")) {
      language = spoken;
      MimeMessage mail = received(composed(Samples.item(number, false)));
      assertThat(mail.getSubject()).contains(number).doesNotContain(each.name());
      String text = text(mail, "plain");
      assertThat(text).contains("2026");
      assertThat(text.contains("CHF")).isEqualTo(each != DocumentType.DELIVERY_NOTE);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "de | Zahlungserinnerung | Rechnung Nr. NL-2026-000011 vom 1. September 2026, zahlbar bis 1. Oktober 2026 | Verwendungszweck",
        "fr | Rappel             | facture n° NL-2026-000011 du 1 septembre 2026, payable jusqu’au 1 octobre 2026 | Référence",
        "it | Sollecito          | fattura n. NL-2026-000011 del 1 settembre 2026, pagabile entro il 1 ottobre 2026 | Causale",
        "en | Reminder           | invoice no. NL-2026-000011 of 1 September 2026, payable by 1 October 2026 | Reference"
      })
  void aReminderNamesItsBillAndHowToPayIt(String spoken, String noun, String bill, String reference)
      throws Exception {
    type = DocumentType.REMINDER;
    language = spoken;

    MimeMessage mail = received(composed(Samples.item(number, false)));

    assertThat(mail.getSubject()).contains(noun);
    assertThat(text(mail, "plain").replaceAll("[  ]+", " "))
        .contains(bill, "IBAN", reference + " NL-2026-000011")
        .doesNotContain(reference + " " + number);
    assertThat(text(mail, "html")).contains("NL-2026-000011", "IBAN");
  }

  @Test
  void whatIsNotToBePaidAsksForNothing() throws Exception {
    for (DocumentType each :
        List.of(DocumentType.QUOTE, DocumentType.DELIVERY_NOTE, DocumentType.PAYMENT_NOTICE)) {
      type = each;
      language = "en";

      String original = text(received(composed(Samples.item(number, false))), "plain");
      String copy = text(received(composed(Samples.item(number, true))), "plain");

      assertThat(original).doesNotContain("IBAN", "Payable by", "Reference ");
      assertThat(copy).contains("This is a copy").doesNotContain("against the original", "IBAN");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SETTLEMENT | de | Abrechnung         | Zu Ihren Gunsten CHF 30.00 | gutgeschrieben oder erstattet",
        "SETTLEMENT | fr | Décompte           | En votre faveur 30.00 CHF  | à votre crédit ou remboursé",
        "SETTLEMENT | it | Conguaglio         | A vostro favore CHF 30.00  | accreditato o rimborsato",
        "INSTALMENT | en | Instalment invoice | In your favour CHF 30.00   | credited or refunded to you"
      })
  void whatIsInTheClientsFavourIsNamedAndNotAskedFor(
      DocumentType each, String spoken, String noun, String amount, String text) throws Exception {
    type = each;
    language = spoken;
    payable = "-30.00";

    MimeMessage mail = received(composed(Samples.item(number, false)));

    assertThat(mail.getSubject()).contains(noun);
    assertThat(text(mail, "plain").replaceAll(" +", " "))
        .contains(amount, text)
        .doesNotContain("-30", "−30", "IBAN", "2026-12-21", "Dezember");
    assertThat(text(mail, "html")).contains("30.00").doesNotContain("-30", "IBAN");
  }

  @Test
  void whenNothingIsDueTheMailSaysSo() throws Exception {
    type = DocumentType.SETTLEMENT;
    payable = "0.00";

    assertThat(text(received(composed(Samples.item(number, false))), "plain"))
        .contains("Es ist nichts zu zahlen")
        .doesNotContain("IBAN", "überweisen");
  }

  @Test
  void aCreditNoteThatTakesBackABalanceInFavourAsksForIt() throws Exception {
    type = DocumentType.CREDIT_NOTE;
    payable = "-30.00";

    assertThat(text(received(composed(Samples.item(number, false))), "plain"))
        .contains("IBAN", "Zahlbar bis", "CHF 30.00", "überweisen")
        .doesNotContain("-30");
  }

  @Test
  void aNumberThatIsNoFileNameBecomesOne() throws Exception {
    number = "../A/1 \"é\"";

    MimeMessage mail = received(composed(Samples.item(number, false)));

    assertThat(attachment(mail, 0).getFileName()).isEqualTo("Rechnung_..-A-1-e-.pdf");
  }

  @Test
  void wordsCanDifferForATypeOrForACompany(@TempDir Path folder) throws Exception {
    Path mail = copyOfTemplates(folder);
    Files.writeString(mail.resolve("invoice.de.ftl"), "<#assign subject = \"for all companies\">");
    Files.createDirectory(mail.resolve("ES"));
    Files.writeString(
        mail.resolve("ES/invoice.de.ftl"),
        "<#assign subject>Ihre ${nouns[type]}\n ${document.number}</#assign>");

    MimeMessage received =
        received(composer(folder).compose(shipment(Samples.item(number, false))));

    assertThat(received.getSubject()).isEqualTo("Ihre Rechnung NL-2026-000012");
    assertThat(text(received, "plain")).contains("Guten Tag");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      ${document.nothing}      | PT30S  | invoice.de.ftl, line 1
      <#list 1.. as x></#list> | PT0.1S | invoice.de.ftl, line 1: took more than 100 ms
      """)
  void aTemplateThatIsWrongOrHarmfulIsNamedAndNothingIsSent(
      String template, Duration limit, String reason, @TempDir Path folder) throws Exception {
    Path mail = copyOfTemplates(folder);
    Files.writeString(
        mail.resolve("invoice.de.ftl"), "<#assign subject>" + template + "</#assign>");

    MailComposer impatient = composer(folder, limit);

    assertThatThrownBy(() -> impatient.compose(shipment(Samples.item(number, false))))
        .isInstanceOfSatisfying(
            TransmissionFailure.class,
            failure -> {
              assertThat(failure.receipt().outcome()).isEqualTo(Receipt.Outcome.FAILED_TEMPORARILY);
              assertThat(failure.receipt().reason()).contains(reason);
            });
  }

  @Test
  void aLayoutThatPrintsWithoutEndIsStopped(@TempDir Path folder) throws Exception {
    Path mail = copyOfTemplates(folder);
    Files.writeString(mail.resolve("layout.txt.ftl"), "<#list 1.. as x>${x}</#list>");

    assertThatThrownBy(() -> composer(folder).compose(shipment(Samples.item(number, false))))
        .isInstanceOf(TransmissionFailure.class)
        .hasMessageContaining("layout.txt.ftl: prints more than 1000000 characters");
  }

  private TransmissionMessage composed(Shipment.Item... items) {
    return composer(Path.of("templates")).compose(shipment(items));
  }

  private static Shipment shipment(Shipment.Item... items) {
    return Samples.shipment("EMAIL", RECIPIENT, items);
  }

  /** With time enough for a machine that is busy with other things. */
  private MailComposer composer(Path templates) {
    return composer(templates, Duration.ofSeconds(20));
  }

  private MailComposer composer(Path templates, Duration longest) {
    return new MailComposer(
        id -> Samples.document(type, number, language, payable),
        (document, item) -> Samples.attachment(),
        new MailTemplates(new Templates(templates), longest),
        "facteur",
        Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC));
  }

  private static Path copyOfTemplates(Path folder) throws Exception {
    FileSystemUtils.copyRecursively(Path.of("templates"), folder);
    return folder.resolve("mail");
  }

  private static String raw(MimeMessage mail) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    mail.writeTo(bytes);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static MimeMessage received(TransmissionMessage mail) throws Exception {
    byte[] bytes = raw(mail).getBytes(StandardCharsets.UTF_8);
    return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes));
  }

  private static String text(MimeMessage mail, String subtype) throws Exception {
    MimeMultipart mixed = (MimeMultipart) mail.getContent();
    MimeMultipart alternative = (MimeMultipart) mixed.getBodyPart(0).getContent();
    int index = Arrays.asList("plain", "html").indexOf(subtype);
    assertThat(alternative.getBodyPart(index).isMimeType("text/" + subtype)).isTrue();
    return alternative
        .getBodyPart(index)
        .getContent()
        .toString()
        .replaceAll("[\\u00A0\\u202F]", " ");
  }

  private static MimeBodyPart attachment(MimeMessage mail, int index) throws Exception {
    return (MimeBodyPart) ((MimeMultipart) mail.getContent()).getBodyPart(index + 1);
  }
}
