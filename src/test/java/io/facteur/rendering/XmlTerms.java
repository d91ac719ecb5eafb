package io.facteur.rendering;

import static java.util.stream.Collectors.toMap;

import io.facteur.testing.CaseTables;
import io.facteur.testing.CaseTables.Row;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import javax.xml.transform.stream.StreamSource;
import net.sf.saxon.s9api.Processor;
import net.sf.saxon.s9api.SaxonApiException;
import net.sf.saxon.s9api.XPathCompiler;
import net.sf.saxon.s9api.XPathExecutable;
import net.sf.saxon.s9api.XPathSelector;
import net.sf.saxon.s9api.XdmItem;
import net.sf.saxon.s9api.XdmNode;

/** Finds business terms of EN 16931 in e-invoices of both syntaxes, by the table of the cases. */
final class XmlTerms {

  private static final Pattern FORMAT_102 = Pattern.compile("(\\d{4})(\\d\\d)(\\d\\d)");
  private static final String UBL = "urn:oasis:names:specification:ubl:schema:xsd:Common";
  private static final String CII = "urn:un:unece:uncefact:data:standard:";
  private static final String LINE = "line/";
  private static final Map<String, String> LINES =
      Map.of(
          "CII", "//ram:IncludedSupplyChainTradeLineItem",
          "UBL", "/*/(cac:InvoiceLine, cac:CreditNoteLine)");

  private final Processor processor = new Processor(false);
  private final XPathCompiler compiler = processor.newXPathCompiler();
  private final Map<String, Row> terms;
  private final Map<String, XPathExecutable> compiled = new ConcurrentHashMap<>();

  private XmlTerms(Map<String, Row> terms) {
    this.terms = terms;
    compiler.declareNamespace("cac", UBL + "AggregateComponents-2");
    compiler.declareNamespace("cbc", UBL + "BasicComponents-2");
    compiler.declareNamespace("rsm", CII + "CrossIndustryInvoice:100");
    compiler.declareNamespace("ram", CII + "ReusableAggregateBusinessInformationEntity:100");
    compiler.declareNamespace("udt", CII + "UnqualifiedDataType:100");
    compiler.declareNamespace("qdt", CII + "QualifiedDataType:100");
  }

  static XmlTerms read(Path file) {
    return new XmlTerms(
        CaseTables.read(file).stream()
            .filter(table -> table.columns().contains("Term"))
            .flatMap(table -> table.rows().stream())
            .collect(toMap(row -> row.get("Term"), row -> row)));
  }

  Invoice invoice(String xml) {
    try {
      XdmNode root = processor.newDocumentBuilder().build(new StreamSource(new StringReader(xml)));
      return new Invoice(root, xml.contains("CrossIndustryInvoice") ? "CII" : "UBL");
    } catch (SaxonApiException e) {
      throw new AssertionError(e);
    }
  }

  /** One e-invoice, or one line of it. */
  final class Invoice {
    private final XdmNode node;
    private final String syntax;
    private final Map<String, List<String>> found = new HashMap<>();

    private Invoice(XdmNode node, String syntax) {
      this.node = node;
      this.syntax = syntax;
    }

    List<Invoice> lines() {
      return select(LINES.get(syntax)).stream()
          .map(line -> new Invoice((XdmNode) line, syntax))
          .toList();
    }

    /** All values of a term, in their order; those of a line within that. */
    List<String> all(String term) {
      return found.computeIfAbsent(term, this::find);
    }

    /** Null if it is not there. */
    String one(String term) {
      List<String> all = all(term);
      if (all.size() > 1) {
        throw new AssertionError(term + " stands there more than once: " + all);
      }
      return all.isEmpty() ? null : all.get(0);
    }

    /** Zero if it is not there. */
    BigDecimal amount(String term) {
      return one(term) == null ? BigDecimal.ZERO : new BigDecimal(one(term));
    }

    List<BigDecimal> amounts(String term) {
      return all(term).stream().map(BigDecimal::new).toList();
    }

    private List<String> find(String term) {
      Row row = terms.get(term);
      if (row == null) {
        throw new AssertionError("the table of terms has no " + term);
      }
      String path = row.get(syntax).replace("`", "");
      if (path.startsWith(LINE)) {
        String inLine = path.substring(LINE.length());
        path = node.getParent() == null ? LINES.get(syntax) + "/" + inLine : inLine;
      }
      boolean date = path.endsWith("DateTimeString");
      return select(path).stream()
          .map(XdmItem::getStringValue)
          .map(value -> date ? FORMAT_102.matcher(value).replaceAll("$1-$2-$3") : value)
          .toList();
    }

    private List<XdmItem> select(String path) {
      try {
        XPathSelector selector = executable(path).load();
        selector.setContextItem(node);
        return List.copyOf(selector.evaluate().stream().toList());
      } catch (SaxonApiException e) {
        throw new AssertionError(path, e);
      }
    }
  }

  private XPathExecutable executable(String path) {
    return compiled.computeIfAbsent(
        path,
        one -> {
          synchronized (compiler) {
            try {
              return compiler.compile(one);
            } catch (SaxonApiException e) {
              throw new AssertionError(one, e);
            }
          }
        });
  }
}
