package io.facteur.spool;

import io.facteur.delivery.TransmissionId;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a file for a consumer is called: {@code post-0000000042-r1.pdf}. Nothing of it is text that
 * somebody typed; the document's number stands in the manifest.
 *
 * @param channel as the ledger writes it, e.g. {@code POST}
 * @param extension of the content, e.g. {@code pdf}
 */
public record SpoolFile(
    String channel, TransmissionId transmission, int revision, String extension) {

  /** After the file's whole name. */
  static final String MANIFEST = ".json";

  private static final Pattern NAME =
      Pattern.compile("([a-z0-9_-]{1,40})-(\\d{10,18})-r([1-9]\\d{0,8})\\.([a-z0-9]{1,8})");

  public SpoolFile {
    if (!channel.matches("[A-Z0-9_-]{1,40}")) {
      throw new IllegalArgumentException("channel '" + channel + "' makes no file name");
    }
  }

  /**
   * The file of that name.
   *
   * @throws IllegalArgumentException if Facteur gives no such names
   */
  public static SpoolFile named(String name) {
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "'%s' is no file of Facteur: their names are like post-0000000042-r1.pdf, unchanged"
              .formatted(name));
    }
    return new SpoolFile(
        parts.group(1).toUpperCase(Locale.ROOT),
        new TransmissionId(Long.parseLong(parts.group(2))),
        Integer.parseInt(parts.group(3)),
        parts.group(4));
  }

  public String name() {
    return "%s-%010d-r%d.%s"
        .formatted(channel.toLowerCase(Locale.ROOT), transmission.value(), revision, extension);
  }

  /** Of the manifest that lies beside it. */
  public String manifestName() {
    return name() + MANIFEST;
  }
}
