package io.facteur.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/** A copy of the product's templates with one more, {@code fo/own.fo.ftlx}. */
public final class OneTemplate {

  /** Of what a test gives, the first line is this one of the template. */
  public static final int FIRST_LINE = 9;

  public static final String NAME = "own";
  public static final String FILE = "fo/own.fo.ftlx";

  private static final String FO =
      """
      <fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format" font-family="OpenSans">
        <fo:layout-master-set>
          <fo:simple-page-master master-name="a" page-width="210mm" page-height="297mm">
            <fo:region-body margin="20mm"/>
          </fo:simple-page-master>
        </fo:layout-master-set>
        <fo:page-sequence master-reference="a"><fo:flow flow-name="xsl-region-body">
          <fo:block>begin</fo:block>
      %s
        </fo:flow></fo:page-sequence>
      </fo:root>
      """;

  private OneTemplate() {}

  /** Copies the product's templates. */
  public static void copyTo(Path folder) {
    try {
      FileSystemUtils.copyRecursively(Rendering.TEMPLATES, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a template with that in the flow of its only page. */
  public static void write(Path folder, String body) {
    try {
      Files.writeString(folder.resolve(FILE), FO.formatted(body));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
