package io.facteur.rendering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facteur.contract.DocumentFormats;
import io.facteur.party.PostalAddress;
import io.facteur.party.TradeParty;
import io.facteur.testing.Rendering;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which format a document leaves in: the definition's, the route's, or the recipient's (EINV-1).
 */
class FormatChoiceTest {

  private final DocumentFormats formats = Rendering.formats();

  @ParameterizedTest(name = "{0}, {1}, endpoint {2} in {3}: {4}")
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          # definition,  route,        scheme, country, leaves as
          -,             -,            0204,   DE,      -
          -,             PDF,          0204,   DE,      PDF
          -,             FACTUR_X,     0204,   DE,      FACTUR_X
          -,             BY_RECIPIENT, 0204,   DE,      XRECHNUNG_UBL
          -,             BY_RECIPIENT, 9930,   DE,      PEPPOL_UBL
          -,             BY_RECIPIENT, EM,     DE,      FACTUR_X
          -,             BY_RECIPIENT, EM,     FR,      FACTUR_X
          -,             BY_RECIPIENT, EM,     CH,      FACTUR_X
          -,             BY_RECIPIENT, EM,     SE,      FACTUR_X
          -,             BY_RECIPIENT, -,      DE,      FACTUR_X
          -,             BY_RECIPIENT, -,      -,       FACTUR_X
          -,             BY_RECIPIENT, 0225,   FR,      FACTUR_X
          -,             BY_RECIPIENT, 0002,   FR,      FACTUR_X
          -,             BY_RECIPIENT, 9957,   FR,      PEPPOL_UBL
          -,             BY_RECIPIENT, 0183,   CH,      PEPPOL_UBL
          -,             BY_RECIPIENT, 0007,   SE,      PEPPOL_UBL
          -,             by-recipient, 0204,   DE,      XRECHNUNG_UBL
          CII,           BY_RECIPIENT, 0204,   DE,      CII
          XRECHNUNG_CII, FACTUR_X,     0204,   DE,      XRECHNUNG_CII
          BY_RECIPIENT,  FACTUR_X,     0204,   DE,      XRECHNUNG_UBL
          zugferd,       BY_RECIPIENT, 0204,   DE,      FACTUR_X
          Factur-X,      -,            0225,   FR,      FACTUR_X
          peppol,        -,            0007,   SE,      PEPPOL_UBL
          """)
  void theDefinitionGoesBeforeTheRouteAndTheSchemeBeforeTheCountry(
      String definition, String route, String scheme, String country, String format) {
    String wish = DocumentFormats.wish(definition, route);

    assertThat(formats.chosen(wish, recipient(scheme, country))).isEqualTo(format);
  }

  @Test
  void aRouteWithoutFormatLeavesItToTheDefinition() {
    assertThat(DocumentFormats.wish(null, "")).isNull();
    assertThat(DocumentFormats.wish("CII", "")).isEqualTo("CII");
  }

  @Test
  void whereOnlyAMailAddressIsKnownTheOtherCountriesDecide() {
    assertThat(formats.chosen(DocumentFormats.BY_RECIPIENT, null)).isEqualTo("FACTUR_X");
  }

  @Test
  void definitionsMaySayFormatsAliasesAndThatTheRecipientDecides() {
    assertThat(formats.names())
        .containsExactly(
            "PDF",
            "FACTUR_X",
            "CII",
            "XRECHNUNG_CII",
            "XRECHNUNG_UBL",
            "PEPPOL_UBL",
            "BY_RECIPIENT");
    assertThat(formats.names()).allMatch(formats::isFormat);
    assertThat(formats.isFormat("zugferd")).isTrue();
    assertThat(formats.isFormat("EDIFACT")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "204,  FACTUR_X, CH, FACTUR_X, 'by-scheme.204: ''204'' is no scheme of the EAS list'",
    "0204, EDIFACT,  CH, FACTUR_X, 'by-scheme.0204: ''EDIFACT'' is no format of e-invoices: there are FACTUR_X'",
    "0204, PDF,      CH, FACTUR_X, '''PDF'' is no format of e-invoices'",
    "0204, CII,      XX, FACTUR_X, 'by-country.XX: ''XX'' is no country of ISO 3166-1'",
    "0204, CII,      CH, UBL,      'by-country.CH: ''UBL'' is no format of e-invoices'"
  })
  void wrongTablesAreRefused(
      String scheme, String format, String country, String byCountry, String reason) {
    assertThatThrownBy(
            () ->
                new EInvoiceSettings(
                    Map.of(scheme, format), "PEPPOL_UBL", Map.of(country, byCountry), "FACTUR_X"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  private static TradeParty recipient(String scheme, String country) {
    return new TradeParty(
        "Recipient",
        null,
        country == null ? null : new PostalAddress("Street 1", "1000", "City", country),
        null,
        null,
        null,
        scheme == null ? null : new TradeParty.Endpoint(scheme, "1"),
        null,
        null,
        null);
  }
}
