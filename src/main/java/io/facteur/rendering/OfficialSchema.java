package io.facteur.rendering;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import javax.xml.validation.Schema;

/** The XML schema that an e-invoice keeps; each is read once in a JVM. */
@SuppressWarnings("ImmutableEnumChecker") // what is read lasts as long as the class path
enum OfficialSchema {
  /** Of Factur-X 1.08, profile EN 16931: a part of UN/CEFACT's Cross Industry Invoice D22B. */
  FACTUR_X("external/schemas/2.4/en16931/FACTUR-X_EN16931.xsd"),
  /** UN/CEFACT's Cross Industry Invoice D16B, which XRechnung asks for. */
  CII_D16B("external/schemas/d16b/data/standard/CrossIndustryInvoice_100pD16B.xsd"),
  /** OASIS UBL 2.1. */
  UBL(
      "external/schemas/ubl21/maindoc/UBL-Invoice-2.1.xsd",
      "external/schemas/ubl21/maindoc/UBL-CreditNote-2.1.xsd");

  private final Prepared<Schema> schema;
  private final Deque<EInvoiceParser> idle = new ConcurrentLinkedDeque<>();

  OfficialSchema(String... resources) {
    this.schema = new Prepared<>("The schema " + name(), () -> SchemaFiles.read(resources));
  }

  /** Reads the schema, unless that is done. */
  void prepare() {
    schema.get();
  }

  /** The tree of an e-invoice, and where it breaks the schema. */
  EInvoiceParser.Parsed parse(String xml) {
    EInvoiceParser parser = idle.poll();
    if (parser == null) {
      parser = new EInvoiceParser(schema.get());
    }
    EInvoiceParser.Parsed parsed = parser.parse(xml);
    idle.push(parser);
    return parsed;
  }
}
