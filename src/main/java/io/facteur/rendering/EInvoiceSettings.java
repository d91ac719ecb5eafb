package io.facteur.rendering;

import jakarta.validation.constraints.NotNull;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Which format an e-invoice has where the recipient decides ({@code BY_RECIPIENT}).
 *
 * @param byScheme formats by the scheme of the recipient's e-invoice endpoint, a code of the EAS
 *     list
 * @param otherScheme for endpoints of any other network; not for {@code EM}, which is none
 * @param byCountry formats by the recipient's country (ISO 3166-1), for those in no network
 * @param otherCountry for any other country
 */
@Validated
@ConfigurationProperties("facteur.e-invoice")
public record EInvoiceSettings(
    @NotNull Map<String, String> byScheme,
    @NotNull String otherScheme,
    @NotNull Map<String, String> byCountry,
    @NotNull String otherCountry) {

  /** Electronic Address Scheme, as EN 16931 takes it (BR-CL-25). */
  private static final Set<String> SCHEMES =
      Set.of(
          ("0002 0007 0009 0037 0060 0088 0096 0097 0106 0130 0135 0142 0147 0151 0154 "
                  + "0158 0170 0177 0183 0184 0188 0190 0191 0192 0193 0194 0195 0196 0198 0199 "
                  + "0200 0201 0202 0203 0204 0205 0208 0209 0210 0211 0212 0213 0215 0216 0217 "
                  + "0218 0219 0220 0221 0225 0230 0235 0240 0244 0242 0245 0246 0248 9910 9913 "
                  + "9914 9915 9918 9919 9920 9922 9923 9924 9925 9926 9927 9928 9929 9930 9931 "
                  + "9932 9933 9934 9935 9936 9937 9938 9939 9940 9941 9942 9943 9944 9945 9946 "
                  + "9947 9948 9949 9950 9951 9952 9953 9957 9959 AN AQ AS AU EM")
              .split(" "));

  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  public EInvoiceSettings {
    byScheme = byScheme == null ? Map.of() : Map.copyOf(byScheme);
    byCountry = byCountry == null ? Map.of() : Map.copyOf(byCountry);
    byScheme.forEach((scheme, format) -> check("by-scheme", scheme, SCHEMES, format));
    byCountry.forEach((country, format) -> check("by-country", country, COUNTRIES, format));
    check("other-scheme", otherScheme);
    check("other-country", otherCountry);
  }

  private static void check(String table, String key, Set<String> known, String format) {
    if (!known.contains(key)) {
      throw new IllegalArgumentException(
          "facteur.e-invoice.%s.%s: '%s' is no %s"
              .formatted(
                  table,
                  key,
                  key,
                  table.equals("by-scheme")
                      ? "scheme of the EAS list, such as 0204 or EM, in quotes"
                      : "country of ISO 3166-1, such as FR"));
    }
    check(table + "." + key, format);
  }

  private static void check(String setting, String format) {
    if (format != null && !Format.find(format).map(Format::needsValidEInvoice).orElse(false)) {
      throw new IllegalArgumentException(
          "facteur.e-invoice.%s: '%s' is no format of e-invoices: there are %s"
              .formatted(
                  setting,
                  format,
                  Arrays.stream(Format.values())
                      .filter(Format::needsValidEInvoice)
                      .map(Format::name)
                      .collect(Collectors.joining(", "))));
    }
  }
}
