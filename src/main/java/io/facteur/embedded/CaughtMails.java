package io.facteur.embedded;

import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import jakarta.mail.MessagingException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * The mail catcher's folder: one {@code .eml} file for each mail, with the recipients of its
 * envelope (Bcc among them) in {@code X-Envelope-To}. Names sort by arrival.
 */
final class CaughtMails {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final int LONGEST_ID = 150;

  private final Path folder;
  private final Clock clock;
  private final AtomicLong count = new AtomicLong();

  CaughtMails(Path folder, Clock clock) {
    this.folder = folder.toAbsolutePath().normalize();
    this.clock = clock;
  }

  Path folder() {
    return folder;
  }

  void prepare() {
    try {
      SecretFile.createFolder(folder);
    } catch (IOException e) {
      throw new StartRefusedException(
          "The mail catcher's folder " + folder + " cannot be made: " + e + ".",
          "Correct its permissions, or choose another data folder (FACTEUR_DATA).",
          e);
    }
  }

  /** Keeps a mail; under its final name the file is whole. */
  void keep(MovingMessage mail) {
    try {
      String name = name(mail.getMessage().getMessageID());
      Path unfinished = folder.resolve("." + name + ".tmp");
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
        out.write(envelope(mail).getBytes(StandardCharsets.UTF_8));
        mail.getMessage().writeTo(out);
        // GreenMail takes the line end before the final dot for a part of the dot.
        out.write('\r');
        out.write('\n');
      }
      Files.move(unfinished, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MessagingException e) {
      throw new IllegalArgumentException("the mail cannot be read", e);
    }
  }

  private String name(String messageId) {
    return "%s-%06d-%s.eml"
        .formatted(TIME.format(clock.instant()), count.incrementAndGet(), safe(messageId));
  }

  private static String envelope(MovingMessage mail) {
    return mail.getToAddresses().stream()
        .map(MailAddress::getEmail)
        .sorted()
        .collect(Collectors.joining(",\r\n ", "X-Envelope-To: ", "\r\n"));
  }

  /**
   * A Message-ID as part of a file name: what is neither letter, digit, point, hyphen, underscore
   * nor at sign becomes {@code %} and two hexadecimal digits for each byte.
   */
  static String safe(String messageId) {
    String given = messageId == null ? "" : messageId.strip();
    String id = given.replaceFirst("^<", "").replaceFirst(">$", "");
    if (id.isEmpty()) {
      return "without-message-id";
    }
    StringBuilder name = new StringBuilder();
    for (byte each : id.getBytes(StandardCharsets.UTF_8)) {
      char character = (char) (each & 0xff);
      boolean plain =
          character < 128
              && (Character.isLetterOrDigit(character) || "._-@".indexOf(character) >= 0);
      String written = plain ? String.valueOf(character) : "%%%02X".formatted((int) character);
      if (name.length() + written.length() > LONGEST_ID) {
        break;
      }
      name.append(written);
    }
    return name.toString();
  }
}
