package io.facteur.rendering;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A TrueType font's file with nothing but what a PDF embeds of it: no instructions for
 * low-resolution screens, no names, no tables for layout. Glyphs keep their numbers and outlines.
 * FOP copies the file for each document, and half of what it embedded were instructions.
 */
final class SlimFont {

  /** Beside these, FOP's subsets copy {@code cvt}, {@code fpgm} and {@code prep}: instructions. */
  private static final List<String> KEPT = List.of("OS/2", "head", "hhea", "hmtx", "maxp", "post");

  private static final int HEADER = 12;
  private static final int ENTRY = 16;
  private static final int LONG_OFFSETS_IN_HEAD = 50;
  private static final int GLYPHS_IN_MAXP = 4;
  private static final int INSTRUCTED = 0x0100;
  private static final int MORE_COMPONENTS = 0x0020;

  private final ByteBuffer font;
  private final Map<String, ByteBuffer> tables = new TreeMap<>();

  private SlimFont(byte[] content) {
    font = ByteBuffer.wrap(content.clone());
    for (int i = 0; i < font.getChar(4); i++) {
      int entry = HEADER + i * ENTRY;
      byte[] tag = new byte[4];
      font.get(entry, tag);
      tables.put(
          new String(tag, StandardCharsets.ISO_8859_1),
          font.slice(font.getInt(entry + 8), font.getInt(entry + 12)));
    }
  }

  /** The slim form of a TrueType font that FOP can read. */
  static byte[] of(byte[] content) {
    return new SlimFont(content).slim();
  }

  private byte[] slim() {
    Map<String, byte[]> kept = new TreeMap<>();
    for (String tag : KEPT) {
      ByteBuffer table = tables.get(tag);
      if (table != null) {
        byte[] copy = new byte[table.capacity()];
        table.get(0, copy);
        kept.put(tag, copy);
      }
    }
    kept.put("name", new byte[] {0, 0, 0, 0, 0, 6});
    ByteBuffer outlines = ByteBuffer.allocate(tables.get("glyf").capacity());
    int glyphs = tables.get("maxp").getChar(GLYPHS_IN_MAXP);
    ByteBuffer offsets = ByteBuffer.allocate(4 * (glyphs + 1));
    for (int glyph = 0; glyph < glyphs; glyph++) {
      offsets.putInt(outlines.position());
      int start = offset(glyph);
      int length = offset(glyph + 1) - start;
      if (length > 0) {
        copyWithoutInstructions(tables.get("glyf").slice(start, length), outlines);
      }
    }
    offsets.putInt(outlines.position());
    kept.put("loca", offsets.array());
    kept.put("glyf", Arrays.copyOf(outlines.array(), outlines.position()));
    kept.get("head")[LONG_OFFSETS_IN_HEAD + 1] = 1;
    return assembled(kept);
  }

  private int offset(int glyph) {
    return tables.get("head").getChar(LONG_OFFSETS_IN_HEAD) == 0
        ? tables.get("loca").getChar(2 * glyph) * 2
        : tables.get("loca").getInt(4 * glyph);
  }

  private static void copyWithoutInstructions(ByteBuffer glyph, ByteBuffer out) {
    int start = out.position();
    int contours = glyph.getShort(0);
    if (contours >= 0) {
      int lengthAt = 10 + 2 * contours;
      int instructions = glyph.getChar(lengthAt);
      out.put(glyph.slice(0, lengthAt)).putChar((char) 0);
      int rest = lengthAt + 2 + instructions;
      out.put(glyph.slice(rest, glyph.capacity() - rest));
    } else {
      int component = 10;
      int flags;
      do {
        flags = glyph.getChar(component);
        glyph.putChar(component, (char) (flags & ~INSTRUCTED));
        component += componentLength(flags);
      } while ((flags & MORE_COMPONENTS) != 0);
      out.put(glyph.slice(0, component));
    }
    if ((out.position() - start) % 2 != 0) {
      out.put((byte) 0);
    }
  }

  /** Flags, glyph, two offsets as words or bytes, and a scale of one, two or four numbers. */
  private static int componentLength(int flags) {
    int length = 4 + ((flags & 0x0001) != 0 ? 4 : 2);
    if ((flags & 0x0008) != 0) {
      return length + 2;
    }
    if ((flags & 0x0040) != 0) {
      return length + 4;
    }
    return (flags & 0x0080) != 0 ? length + 8 : length;
  }

  private byte[] assembled(Map<String, byte[]> kept) {
    int offset = HEADER + ENTRY * kept.size();
    int size = offset + kept.values().stream().mapToInt(table -> padded(table.length)).sum();
    ByteBuffer file = ByteBuffer.allocate(size);
    file.putInt(font.getInt(0)).putChar((char) kept.size()).position(HEADER);
    for (Map.Entry<String, byte[]> table : kept.entrySet()) {
      file.put(table.getKey().getBytes(StandardCharsets.ISO_8859_1));
      // FOP computes the checksums of what it embeds and reads none.
      file.putInt(0).putInt(offset).putInt(table.getValue().length);
      offset += padded(table.getValue().length);
    }
    for (byte[] table : kept.values()) {
      file.put(table).position(padded(file.position()));
    }
    return file.array();
  }

  private static int padded(int length) {
    return (length + 3) / 4 * 4;
  }
}
