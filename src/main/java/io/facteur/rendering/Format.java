package io.facteur.rendering;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The forms in which a document leaves (EINV-1). */
@SuppressWarnings("ImmutableEnumChecker") // its lists are unmodifiable
public enum Format {
  /** PDF/A-3b for people; carries the e-invoice XML if, and only if, that XML is valid. */
  PDF(null, "pdf", "application/pdf"),
  /** Factur-X and ZUGFeRD: the same file as {@link #PDF}, refused when its XML is invalid. */
  FACTUR_X(EInvoiceProfile.EN16931_CII, "pdf", "application/pdf", "ZUGFERD", "FACTURX"),
  /** The XML of Factur-X alone: UN/CEFACT Cross Industry Invoice, profile EN 16931. */
  CII(EInvoiceProfile.EN16931_CII, "xml", "application/xml"),
  /** XRechnung 3.0 as UN/CEFACT Cross Industry Invoice. */
  XRECHNUNG_CII(EInvoiceProfile.XRECHNUNG_CII, "xml", "application/xml"),
  /** XRechnung 3.0 as UBL 2.1. */
  XRECHNUNG_UBL(EInvoiceProfile.XRECHNUNG_UBL, "xml", "application/xml"),
  /** Peppol BIS Billing 3.0, which is UBL 2.1. */
  PEPPOL_UBL(EInvoiceProfile.PEPPOL_UBL, "xml", "application/xml", "PEPPOL");

  private final EInvoiceProfile profile;
  private final String extension;
  private final String mediaType;
  private final List<String> aliases;

  Format(EInvoiceProfile profile, String extension, String mediaType, String... aliases) {
    this.profile = profile;
    this.extension = extension;
    this.mediaType = mediaType;
    this.aliases = List.of(aliases);
  }

  /** The format of that name, as dispatch definitions and routes write it. */
  public static Format named(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is no document format; there are %s".formatted(name, names())));
  }

  /** As {@link #named}; empty if there is no such format. */
  public static Optional<Format> find(String name) {
    String wanted = name.strip().toUpperCase(Locale.ROOT).replace('-', '_');
    return Arrays.stream(values())
        .filter(format -> format.name().equals(wanted) || format.aliases.contains(wanted))
        .findFirst();
  }

  /** All names but aliases, for messages. */
  public static String names() {
    return names(format -> true);
  }

  /** The names of those that are XML, for messages. */
  public static String xmlNames() {
    return names(Format::isXml);
  }

  private static String names(Predicate<Format> wanted) {
    return Arrays.stream(values()).filter(wanted).map(Enum::name).collect(Collectors.joining(", "));
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
    return profile != null;
  }

  /** Whether it is the e-invoice's XML, and no PDF. */
  public boolean isXml() {
    return extension.equals("xml");
  }

  /** The rules that its e-invoice keeps; empty if it has none. */
  Optional<EInvoiceProfile> profile() {
    return Optional.ofNullable(profile);
  }
}
