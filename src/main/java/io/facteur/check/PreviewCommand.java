package io.facteur.check;

import io.facteur.document.Document;
import io.facteur.document.DocumentType;
import io.facteur.rendering.DocumentRenderer;
import io.facteur.rendering.EInvoiceValidator;
import io.facteur.rendering.Format;
import io.facteur.rendering.InvalidEInvoiceException;
import io.facteur.rendering.Specimen;
import io.facteur.rendering.TemplateFailedException;
import io.facteur.rendering.Templates;
import io.facteur.rendering.Variant;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code --preview=FILE}: prints a made-up document into a file, without starting anything. {@code
 * --preview-of=INVOICE,de,CH,LONG} says which: type, language, country of the seller, size; each
 * may be left out from the end.
 */
public final class PreviewCommand {

  private static final String FILE = "--preview=";
  private static final String WHAT = "--preview-of=";

  private PreviewCommand() {}

  public static boolean isAskedFor(String... args) {
    return option(FILE, args).isPresent();
  }

  /**
   * Writes the file; a name that ends with {@code .xml} asks for the e-invoice.
   *
   * @param args further settings, as for the start
   * @return the exit code: 0 if the file is written, 1 if not; then it is said why
   */
  public static int run(String[] args, PrintStream out) {
    Path file = Path.of(option(FILE, args).orElseThrow());
    Format format = file.toString().endsWith(".xml") ? Format.CII : Format.PDF;
    try {
      Document document = specimen(option(WHAT, args).orElse("").split(",", -1));
      Path folder =
          Path.of(CheckCommand.environment(args).getRequiredProperty("facteur.templates"));
      byte[] bytes =
          DocumentRenderer.with(new Templates(folder), new EInvoiceValidator(), Clock.systemUTC())
              .render(document, Variant.original(format))
              .bytes();
      Files.write(file, bytes);
      out.printf("%s: %,d bytes%n", file, bytes.length);
      return 0;
    } catch (TemplateFailedException e) {
      e.problems().forEach(out::println);
    } catch (InvalidEInvoiceException | IllegalArgumentException | IllegalStateException e) {
      out.println(e.getMessage());
    } catch (IOException e) {
      out.println(file + " cannot be written: " + e.getMessage());
    }
    return 1;
  }

  private static Document specimen(String... what) {
    return Specimen.of(
        new Specimen.Wish(
            named(DocumentType.class, part(what, 0, "INVOICE")),
            part(what, 1, "en"),
            part(what, 2, "CH").toUpperCase(Locale.ROOT),
            null,
            named(Specimen.Size.class, part(what, 3, "SHORT"))));
  }

  private static <E extends Enum<E>> E named(Class<E> type, String name) {
    return Arrays.stream(type.getEnumConstants())
        .filter(one -> one.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is none of %s"
                        .formatted(name, Arrays.toString(type.getEnumConstants()))));
  }

  private static String part(String[] what, int index, String otherwise) {
    return index < what.length && !what[index].isBlank() ? what[index].strip() : otherwise;
  }

  private static Optional<String> option(String name, String... args) {
    return Arrays.stream(args)
        .filter(argument -> argument.startsWith(name))
        .map(argument -> argument.substring(name.length()))
        .findFirst();
  }
}
