package io.facteur.channel;

import io.facteur.delivery.Shipment;
import io.facteur.delivery.TransmissionFailure;
import io.facteur.document.Document;
import io.facteur.rendering.TemplateFailedException;
import io.facteur.rendering.Templates;
import jakarta.mail.MessagingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.List;

/** Mails that are written to be looked at, and never sent. */
public final class MailPreview {

  private MailPreview() {}

  /**
   * The mail that a document would be sent with, as it would leave.
   *
   * @param template whose words are used; null: those of the document's type
   * @throws TemplateFailedException if a template is wrong
   */
  public static byte[] of(
      Document document, String template, boolean copy, Attachment file, Templates templates) {
    Shipment shipment = SpecimenShipment.of(List.of(document), template, copy);
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
}
