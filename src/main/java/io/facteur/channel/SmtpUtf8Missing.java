package io.facteur.channel;

import jakarta.mail.MessagingException;

/**
 * The mail server does not offer what an address with letters beyond ASCII needs (RFC 6531 §3.2).
 * Nothing of the mail was said to it: a part of the recipients is not sent to either, since nobody
 * could tell later who has it.
 */
final class SmtpUtf8Missing extends MessagingException {

  private static final long serialVersionUID = 1L;

  SmtpUtf8Missing() {
    super("the mail server does not offer SMTPUTF8");
  }
}
