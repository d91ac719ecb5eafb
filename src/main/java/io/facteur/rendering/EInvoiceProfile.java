package io.facteur.rendering;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A use of EN 16931 with its own rules: what an e-invoice says that it keeps (BT-24). */
@SuppressWarnings("ImmutableEnumChecker") // its lists are unmodifiable
enum EInvoiceProfile {
  /** The standard itself, inside Factur-X and ZUGFeRD as well. */
  EN16931_CII(OfficialSchema.FACTUR_X, "urn:cen.eu:en16931:2017", null, RuleSheet.EN16931_CII),
  XRECHNUNG_CII(
      OfficialSchema.CII_D16B,
      Names.XRECHNUNG,
      Names.PEPPOL_PROCESS,
      RuleSheet.EN16931_CII,
      RuleSheet.XRECHNUNG_CII),
  XRECHNUNG_UBL(
      OfficialSchema.UBL,
      Names.XRECHNUNG,
      Names.PEPPOL_PROCESS,
      RuleSheet.EN16931_UBL,
      RuleSheet.XRECHNUNG_UBL),
  PEPPOL_UBL(
      OfficialSchema.UBL,
      "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0",
      Names.PEPPOL_PROCESS,
      RuleSheet.EN16931_UBL,
      RuleSheet.PEPPOL);

  private final OfficialSchema schema;
  private final String customizationId;
  private final String processId;
  private final List<RuleSheet> sheets;

  /**
   * @param customizationId BT-24
   * @param processId BT-23; null if the profile asks for none
   */
  EInvoiceProfile(
      OfficialSchema schema, String customizationId, String processId, RuleSheet... sheets) {
    this.schema = schema;
    this.customizationId = customizationId;
    this.processId = processId;
    this.sheets = List.of(sheets);
  }

  OfficialSchema schema() {
    return schema;
  }

  /** What its template prints of it. */
  Map<String, Object> names() {
    Map<String, Object> names = new HashMap<>();
    names.put("name", name());
    names.put("customizationId", customizationId);
    if (processId != null) {
      names.put("processId", processId);
    }
    return names;
  }

  /** The rules that it has to keep. */
  List<RuleSheet> sheets() {
    return sheets;
  }

  /** The file that prints it, below {@code templates/einvoice}. */
  String template() {
    return schema == OfficialSchema.UBL ? "ubl" : "cii";
  }

  private static final class Names {
    static final String XRECHNUNG =
        "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0";
    static final String PEPPOL_PROCESS = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0";
  }
}
