package io.facteur.channel;

import io.facteur.delivery.Receipt;
import io.facteur.delivery.Shipment;
import io.facteur.delivery.TransmissionFailure;
import io.facteur.dispatch.Recipient;
import io.facteur.document.Document;
import io.facteur.document.Seller;
import io.facteur.party.EmailAddress;
import io.facteur.rendering.TemplateFailedException;
import jakarta.activation.DataHandler;
import jakarta.mail.Address;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import jakarta.mail.util.StreamProvider;
import java.io.UnsupportedEncodingException;
import java.text.Normalizer;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.angus.mail.util.MailStreamProvider;

/** Writes the mail of a shipment: text, HTML and the documents attached (MAIL-2, MAIL-3). */
public final class MailComposer {

  private static final String UTF_8 = "UTF-8";

  static {
    // Otherwise Jakarta Mail searches the whole class path for each part of each mail.
    if (System.getProperty(StreamProvider.class.getName()) == null) {
      System.setProperty(StreamProvider.class.getName(), MailStreamProvider.class.getName());
    }
  }

  private final DocumentSource documents;
  private final Attachments attachments;
  private final MailTemplates templates;
  private final String installation;
  private final Clock clock;

  /**
   * Composes with these parts.
   *
   * @param installation short and stable; makes Message-IDs unique among installations that send
   *     from one domain
   */
  public MailComposer(
      DocumentSource documents,
      Attachments attachments,
      MailTemplates templates,
      String installation,
      Clock clock) {
    if (!installation.matches("[A-Za-z0-9-]{1,40}")) {
      throw new IllegalArgumentException(
          "facteur.installation is '"
              + installation
              + "': use letters, digits and hyphens only, at most 40");
    }
    this.documents = documents;
    this.attachments = attachments;
    this.templates = templates;
    this.installation = installation;
    this.clock = clock;
  }

  /**
   * The mail, ready to be sent; the same Message-ID in each attempt.
   *
   * @throws io.facteur.delivery.TransmissionFailure if a template is wrong
   */
  public TransmissionMessage compose(Shipment shipment) {
    List<Document> carried =
        shipment.items().stream().map(item -> documents.document(item.document())).toList();
    Seller seller = carried.get(0).seller();
    MailText text = write(shipment, carried);
    EmailAddress sender = EmailAddress.kept(seller.party().email());
    try {
      TransmissionMessage mail =
          new TransmissionMessage(
              shipment.claim(), messageId(shipment, sender), envelope(sender, shipment));
      address(mail, sender, seller.party().name(), shipment.recipient());
      mail.setSubject(text.subject(), UTF_8);
      mail.setSentDate(Date.from(clock.instant()));
      mail.setContentLanguage(new String[] {text.language()});
      // RFC 3834 §5, and what Exchange listens to: no out-of-office replies to the billing office.
      mail.setHeader("Auto-Submitted", "auto-generated");
      mail.setHeader("X-Auto-Response-Suppress", "OOF, AutoReply");
      mail.setContent(content(shipment, carried, text));
      mail.saveChanges();
      return mail;
    } catch (MessagingException | UnsupportedEncodingException e) {
      throw new IllegalStateException(
          "the mail of transmission "
              + shipment.claim().transmission().value()
              + " cannot be written: "
              + e.getMessage(),
          e);
    }
  }

  private MailText write(Shipment shipment, List<Document> carried) {
    try {
      return templates.write(shipment, carried);
    } catch (TemplateFailedException e) {
      throw new TransmissionFailure(
          Receipt.failedTemporarily(
              e.getMessage() + ". Correct it: the mails are tried again", Map.of()),
          e);
    }
  }

  private String messageId(Shipment shipment, EmailAddress sender) {
    int revision = shipment.items().stream().mapToInt(Shipment.Item::revision).max().orElseThrow();
    return "t%d.r%d.%s@%s"
        .formatted(
            shipment.claim().transmission().value(), revision, installation, sender.domain());
  }

  private static TransmissionMessage.Envelope envelope(EmailAddress sender, Shipment shipment) {
    Recipient recipient = shipment.recipient();
    return new TransmissionMessage.Envelope(
        sender,
        Stream.of(recipient.to(), recipient.cc(), recipient.bcc()).flatMap(List::stream).toList());
  }

  private static void address(
      TransmissionMessage mail, EmailAddress sender, String name, Recipient recipient)
      throws MessagingException, UnsupportedEncodingException {
    InternetAddress from = address(sender);
    from.setPersonal(name, UTF_8);
    mail.setFrom(from);
    mail.setRecipients(RecipientType.TO, addresses(recipient.to()));
    if (!recipient.cc().isEmpty()) {
      mail.setRecipients(RecipientType.CC, addresses(recipient.cc()));
    }
    if (recipient.to().isEmpty() && recipient.cc().isEmpty()) {
      mail.setHeader("To", "undisclosed-recipients:;");
    }
  }

  private static Address[] addresses(List<EmailAddress> list) {
    return list.stream().map(MailComposer::address).toArray(Address[]::new);
  }

  /** Without parsing: it was checked at birth, and the parser refuses international ones. */
  private static InternetAddress address(EmailAddress checked) {
    InternetAddress address = new InternetAddress();
    address.setAddress(checked.value());
    return address;
  }

  private MimeMultipart content(Shipment shipment, List<Document> carried, MailText text)
      throws MessagingException {
    MimeMultipart mixed = new MimeMultipart("mixed");
    MimeBodyPart words = new MimeBodyPart();
    words.setContent(
        new MimeMultipart("alternative", part(text.text(), "plain"), part(text.html(), "html")));
    mixed.addBodyPart(words);
    for (int i = 0; i < carried.size(); i++) {
      Shipment.Item item = shipment.items().get(i);
      Attachment file = attachments.of(carried.get(i), item);
      MimeBodyPart attached = new MimeBodyPart();
      attached.setDataHandler(
          new DataHandler(new ByteArrayDataSource(file.bytes(), file.mediaType())));
      attached.setFileName(fileName(carried.get(i), item, text) + "." + file.extension());
      attached.setDisposition(MimeBodyPart.ATTACHMENT);
      mixed.addBodyPart(attached);
    }
    return mixed;
  }

  private static MimeBodyPart part(String text, String subtype) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setText(text.replaceAll("\\R", "\r\n"), UTF_8, subtype);
    return part;
  }

  /** E.g. {@code Rechnung_NL-2026-000012}: characters that every system takes. */
  private static String fileName(Document document, Shipment.Item item, MailText text) {
    String noun = text.nouns().getOrDefault(document.type().name(), document.type().name());
    String number =
        document.number() == null ? Long.toString(document.id().value()) : document.number();
    String mark = item.copy() ? "_" + text.nouns().getOrDefault("COPY", "copy") : "";
    return Normalizer.normalize(noun + "_" + number + mark, Normalizer.Form.NFD)
        .replaceAll("\\p{M}", "")
        .replaceAll("[^A-Za-z0-9._-]+", "-");
  }
}
