package io.facteur.channel;

/**
 * A finished file.
 *
 * @param extension of its name, without a dot, e.g. {@code pdf}
 * @param mediaType e.g. {@code application/pdf}
 * @param sha256 of the bytes, hexadecimal
 * @param pages null where they are not known
 */
// Whoever gets one uses it up; nobody compares or keeps them.
@SuppressWarnings("ArrayRecordComponent")
public record Attachment(
    String extension, String mediaType, byte[] bytes, String sha256, Integer pages) {

  public Attachment {
    if (!extension.matches("[a-z0-9]{1,8}")) {
      throw new IllegalArgumentException("'" + extension + "' is no file name extension");
    }
  }
}
