package io.facteur.channel;

import io.facteur.contract.Role;
import io.facteur.delivery.Claim;
import io.facteur.delivery.DeliveryId;
import io.facteur.delivery.Shipment;
import io.facteur.delivery.TransmissionFailure;
import io.facteur.delivery.TransmissionId;
import io.facteur.dispatch.Recipient;
import io.facteur.document.Document;
import io.facteur.party.EmailAddress;
import io.facteur.rendering.TemplateFailedException;
import io.facteur.rendering.Templates;
import jakarta.mail.MessagingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.List;

/** Mails that are written to be looked at, and never sent. */
public final class MailPreview {

  private static final EmailAddress NOBODY = EmailAddress.kept("recipient@example.org");

  private MailPreview() {}

  /**
   * The mail that a document would be sent with, as it would leave.
   *
   * @param template whose words are used; null: those of the document's type
   * @throws TemplateFailedException if a template is wrong
   */
  public static byte[] of(
      Document document, String template, boolean copy, Attachment file, Templates templates) {
    Shipment.Item item =
        new Shipment.Item(
            new DeliveryId(0),
            0,
            document.id(),
            document.number(),
            null,
            document.language(),
            template,
            copy,
            false);
    Shipment shipment =
        new Shipment(
            new Claim(new TransmissionId(0), "preview", 0),
            1,
            document.type().domain(),
            "EMAIL",
            Role.CONTRACTING_PARTY,
            recipient(document),
            null,
            null,
            List.of(item));
    MailComposer composer =
        new MailComposer(
            id -> document,
            (of, board) -> file,
            new MailTemplates(templates),
            "preview",
            Clock.systemUTC());
    try {
      ByteArrayOutputStream mail = new ByteArrayOutputStream();
      composer.compose(shipment).writeTo(mail);
      return mail.toByteArray();
    } catch (TransmissionFailure e) {
      throw e.getCause() instanceof TemplateFailedException wrong ? wrong : e;
    } catch (IOException | MessagingException e) {
      throw new IllegalStateException("a mail is written to memory", e);
    }
  }

  private static Recipient recipient(Document document) {
    return new Recipient(
        document.buyer().name(),
        List.of(NOBODY),
        List.of(),
        List.of(),
        null,
        null,
        "preview",
        null,
        List.of(),
        null);
  }
}
