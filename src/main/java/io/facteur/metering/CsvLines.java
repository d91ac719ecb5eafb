package io.facteur.metering;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Lines of a text in UTF-8. A broken one harms no other: each is decoded by itself, and one that
 * never ends is cut off, so that memory stays small whatever comes.
 */
final class CsvLines {

  private static final int LONGEST = 4_000;
  private static final int BUFFER = 64 * 1024;

  /**
   * One line.
   *
   * @param number from 1
   * @param text null if it cannot be read
   * @param problem why it cannot be read; null if it can
   */
  record Line(long number, String text, String problem) {}

  private final InputStream bytes;
  private final byte[] buffer = new byte[BUFFER];
  private int position;
  private int end;
  private long number;

  CsvLines(InputStream bytes) {
    this.bytes = bytes;
  }

  /** The next line without its end; null after the last. */
  Line next() throws IOException {
    if (isAtEnd()) {
      return null;
    }
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    boolean tooLong = false;
    for (int next = read(); next >= 0 && next != '\n'; next = read()) {
      if (line.size() < LONGEST) {
        line.write(next);
      } else {
        tooLong = true;
      }
    }
    number++;
    return tooLong
        ? new Line(number, null, "has more than " + LONGEST + " bytes")
        : decoded(line.toByteArray());
  }

  /** Number of the last line that was read whole. */
  long number() {
    return number;
  }

  private Line decoded(byte[] line) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
      if (number == 1 && text.startsWith("\uFEFF")) {
        text = text.substring(1);
      }
      return new Line(
          number, text.endsWith("\r") ? text.substring(0, text.length() - 1) : text, null);
    } catch (CharacterCodingException e) {
      return new Line(number, null, "has bytes that are not UTF-8: save the file as UTF-8");
    }
  }

  private boolean isAtEnd() throws IOException {
    if (position == end) {
      position = 0;
      end = Math.max(0, bytes.read(buffer));
    }
    return position == end;
  }

  private int read() throws IOException {
    return isAtEnd() ? -1 : buffer[position++] & 0xFF;
  }
}
