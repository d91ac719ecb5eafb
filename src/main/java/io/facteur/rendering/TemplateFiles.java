package io.facteur.rendering;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** The contents of the folders that documents are made from, read once. */
final class TemplateFiles {

  static final String FO = "fo/";
  static final String BRANDS = FO + "brands/";
  static final String EINVOICE = "einvoice/";
  static final String MAIL = "mail/";
  private static final String LABELS = "labels/";
  private static final String FONTS = "fonts/";
  private static final String ASSETS = "assets/";
  private static final List<String> FOLDERS = List.of(FO, EINVOICE, MAIL, LABELS, FONTS, ASSETS);
  private static final Pattern TEXT =
      Pattern.compile(
          "(?:fo|einvoice|mail)/[\\w./-]{1,120}\\.ftl[xh]?|labels/[\\w-]{1,20}\\.properties");
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G'};
  private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF};

  /** A full page at 300 dots per inch has nine million. */
  private static final long MOST_PIXELS = 25_000_000;

  private final Map<String, byte[]> files = new TreeMap<>();

  /** Reads what is there; what cannot be read is a problem. */
  TemplateFiles(Path folder, List<TemplateProblem> problems) {
    for (String name : FOLDERS) {
      Path part = folder.resolve(name);
      if (!Files.isDirectory(part)) {
        problems.add(new TemplateProblem(name, 0, "the folder is missing in " + folder));
        continue;
      }
      try (Stream<Path> found = Files.walk(part, FileVisitOption.FOLLOW_LINKS)) {
        found.filter(Files::isRegularFile).forEach(file -> read(folder, file, problems));
      } catch (IOException | java.io.UncheckedIOException e) {
        problems.add(new TemplateProblem(name, 0, "cannot be read: " + e.getMessage()));
      }
    }
  }

  private TemplateFiles(Map<String, byte[]> files) {
    this.files.putAll(files);
  }

  /**
   * The same with other texts in place of some files, or beside them.
   *
   * @param edited by path, e.g. {@code labels/de.properties}
   */
  TemplateFiles with(Map<String, String> edited) {
    TemplateFiles all = new TemplateFiles(files);
    edited.forEach((path, text) -> all.files.put(path, text.getBytes(StandardCharsets.UTF_8)));
    return all;
  }

  /** Whether a file of that path could be a template or the texts of a language. */
  static boolean isText(String path) {
    return TEXT.matcher(path).matches() && !path.contains("..") && !path.contains("//");
  }

  /** The text of a template or of a language's labels; null if there is no such file. */
  String textOrNull(String path) {
    byte[] content = isText(path) ? files.get(path) : null;
    return content == null ? null : new String(content, StandardCharsets.UTF_8);
  }

  /** Sizes in bytes by path, in the order of paths. */
  Map<String, Integer> sizes() {
    Map<String, Integer> sizes = new TreeMap<>();
    files.forEach((path, content) -> sizes.put(path, content.length));
    return sizes;
  }

  /** The first twelve digits of the SHA-256 over names and contents. */
  String version() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      files.forEach(
          (name, content) -> {
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update(ByteBuffer.allocate(5).putInt(content.length).array());
            digest.update(content);
          });
      return HexFormat.of().formatHex(digest.digest()).substring(0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Sources of the templates by path. */
  Map<String, String> templates(List<TemplateProblem> problems) {
    Map<String, String> templates = new TreeMap<>();
    files.forEach(
        (name, content) -> {
          boolean document = name.startsWith(FO) || name.startsWith(EINVOICE);
          if ((document && name.endsWith(".ftlx"))
              || (name.startsWith(MAIL) && name.matches(".*\\.ftlh?"))) {
            text(name, content, problems, templates);
          }
        });
    return templates;
  }

  /** Texts by language; every language has to have the same keys. */
  Map<String, Labels> labels(List<TemplateProblem> problems) {
    Map<String, Labels> labels = new TreeMap<>();
    Set<String> keys = new TreeSet<>();
    files.forEach(
        (name, content) -> {
          if (name.startsWith(LABELS) && name.endsWith(".properties")) {
            Map<String, String> source = new TreeMap<>();
            text(name, content, problems, source);
            Labels read = labels(name, source.getOrDefault(name, ""), problems);
            labels.put(read.language(), read);
            read.texts().keySet().stream().filter(TemplateFiles::isForAll).forEach(keys::add);
          }
        });
    labels.forEach(
        (language, read) ->
            keys.stream()
                .filter(key -> !read.texts().containsKey(key))
                .forEach(
                    key ->
                        problems.add(
                            new TemplateProblem(
                                LABELS + language + ".properties",
                                0,
                                "has no text '%s', which another language has".formatted(key)))));
    return labels;
  }

  FontSet fonts(List<TemplateProblem> problems) {
    FontSet fonts = new FontSet();
    files.forEach(
        (name, content) -> {
          if (name.startsWith(FONTS) && name.endsWith(".ttf")) {
            try {
              fonts.add(name.substring(FONTS.length()), FoPrinter.uri(name), content);
            } catch (IOException e) {
              problems.add(new TemplateProblem(name, 0, e.getMessage()));
            }
          }
        });
    if (!fonts.has(Templates.TEXT_FONT)) {
      problems.add(
          new TemplateProblem(
              FONTS, 0, "the font " + Templates.TEXT_FONT + "-Regular.ttf is missing"));
    }
    return fonts;
  }

  /** Fonts and pictures by path; a picture is a PNG or JPEG. */
  Map<String, byte[]> resources(List<TemplateProblem> problems) {
    Map<String, byte[]> resources = new TreeMap<>();
    files.forEach(
        (name, content) -> {
          if (name.startsWith(FONTS) && name.endsWith(".ttf")) {
            resources.put(name, content);
          } else if (name.startsWith(ASSETS) && name.matches(".*\\.(png|jpe?g)")) {
            String wrong = picture(name, content);
            if (wrong == null) {
              resources.put(name, content);
            } else {
              problems.add(new TemplateProblem(name, 0, wrong));
            }
          }
        });
    return resources;
  }

  /** A text for sellers of one country is an addition that a language may do without. */
  private static boolean isForAll(String key) {
    return !key.matches(".*\\.[A-Z]{2}") || key.startsWith("unit.");
  }

  private void read(Path folder, Path file, List<TemplateProblem> problems) {
    String name = folder.relativize(file).toString().replace('\\', '/');
    try {
      // Links stay possible (mounted configuration consists of them), but not out of the folder.
      if (!file.toRealPath().startsWith(folder.toRealPath())) {
        problems.add(new TemplateProblem(name, 0, "is a link that leaves the templates folder"));
      } else {
        files.put(name, Files.readAllBytes(file));
      }
    } catch (IOException e) {
      problems.add(new TemplateProblem(name, 0, "cannot be read: " + e.getMessage()));
    }
  }

  private static Labels labels(String name, String source, List<TemplateProblem> problems) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(source));
    } catch (IOException | IllegalArgumentException e) {
      problems.add(new TemplateProblem(name, 0, String.valueOf(e.getMessage())));
    }
    Map<String, String> texts = new TreeMap<>();
    properties.forEach((key, text) -> texts.put((String) key, (String) text));
    return new Labels(
        name.substring(LABELS.length(), name.length() - ".properties".length()), texts);
  }

  private static void text(
      String name, byte[] content, List<TemplateProblem> problems, Map<String, String> texts) {
    try {
      texts.put(
          name, StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString());
    } catch (CharacterCodingException e) {
      problems.add(new TemplateProblem(name, 0, "is not in UTF-8"));
    }
  }

  /** What is wrong with a picture; null if nothing. A small file may unfold to gigabytes. */
  private static String picture(String name, byte[] content) {
    if (!startsWith(content, name.endsWith(".png") ? PNG : JPEG)) {
      return "is not the kind of picture it is named";
    }
    ImageReader reader =
        ImageIO.getImageReadersBySuffix(name.endsWith(".png") ? "png" : "jpeg").next();
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
      reader.setInput(in, true, true);
      long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
      return pixels <= MOST_PIXELS
          ? null
          : "has %,d × %,d pixels: make it smaller, a picture may have %,d in all"
              .formatted(reader.getWidth(0), reader.getHeight(0), MOST_PIXELS);
    } catch (IOException | RuntimeException e) {
      return "cannot be read: " + e.getMessage();
    } finally {
      reader.dispose();
    }
  }

  private static boolean startsWith(byte[] content, byte[] magic) {
    return content.length > magic.length
        && java.util.Arrays.equals(content, 0, magic.length, magic, 0, magic.length);
  }
}
