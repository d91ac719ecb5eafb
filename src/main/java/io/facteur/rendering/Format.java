package io.facteur.rendering;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The forms in which a document leaves. */
public enum Format {
  /** PDF/A-3b for people; carries the e-invoice XML if, and only if, that XML is valid. */
  PDF("pdf", "application/pdf"),
  /** The same file as {@link #PDF}, refused when its XML is invalid (EINV-1, EINV-2). */
  FACTUR_X("pdf", "application/pdf"),
  /** The e-invoice alone: UN/CEFACT Cross Industry Invoice, profile EN 16931. */
  CII("xml", "application/xml");

  private final String extension;
  private final String mediaType;

  Format(String extension, String mediaType) {
    this.extension = extension;
    this.mediaType = mediaType;
  }

  /** The format of that name, as dispatch definitions and routes write it. */
  public static Format named(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is no document format; there are %s"
                        .formatted(
                            name,
                            String.join(", ", Arrays.stream(values()).map(Enum::name).toList()))));
  }

  /** As {@link #named}; empty if there is no such format. */
  public static Optional<Format> find(String name) {
    String wanted = name.strip().toUpperCase(Locale.ROOT).replace('-', '_');
    return Arrays.stream(values()).filter(format -> format.name().equals(wanted)).findFirst();
  }

  /** Without a dot. */
  public String extension() {
    return extension;
  }

  public String mediaType() {
    return mediaType;
  }

  /** Whether the e-invoice inside has to be valid by the official rules. */
  public boolean needsValidEInvoice() {
    return this != PDF;
  }
}
