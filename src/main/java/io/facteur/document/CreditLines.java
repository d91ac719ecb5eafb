package io.facteur.document;

import static java.math.RoundingMode.HALF_UP;

import io.facteur.contract.AllowanceCharge;
import io.facteur.party.Refusal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The lines of a credit note: parts of the lines of an invoice, or what is left of them. */
final class CreditLines {

  /** How far quantity × price may be from the amounts of a line that was credited in parts. */
  private static final BigDecimal ROUNDED = new BigDecimal("0.02");

  /** UN/ECE Recommendation 20: lump sum. */
  private static final String LUMP_SUM = "LS";

  /**
   * A line of a credit note, which has the position of the invoice's.
   *
   * @param creditedQuantity part of the invoice line's quantity; zero if it is an amount of it;
   *     null if it is of no line
   */
  record Line(DocumentLine line, BigDecimal creditedQuantity) {
    /** Null if it is of no line. */
    Integer creditedLine() {
      return creditedQuantity == null ? null : line.position();
    }
  }

  private final Document invoice;
  private final CreditedParts credited;

  CreditLines(Document invoice, CreditedParts credited) {
    this.invoice = invoice;
    this.credited = credited;
  }

  /** All that is left of all lines; empty if nothing is. */
  List<Line> left() {
    return invoice.lines().stream().filter(this::isOpen).map(this::left).toList();
  }

  /**
   * The lines that are asked for.
   *
   * @throws Refusal if there is no such line, or less than asked for is left of it
   */
  List<Line> requested(List<FollowUpRequest.Line> requested) {
    List<Line> lines = new ArrayList<>(requested.size());
    for (int i = 0; i < requested.size(); i++) {
      lines.add(requested("lines[" + i + "].", requested.get(i)));
    }
    return lines;
  }

  private Line requested(String field, FollowUpRequest.Line wanted) {
    DocumentLine line =
        invoice.lines().stream()
            .filter(one -> one.position() == wanted.position())
            .findFirst()
            .orElseThrow(
                () ->
                    Refusal.invalid(
                        field + "position",
                        invoice.number() + " has no line " + wanted.position()));
    if (!isOpen(line)) {
      throw Refusal.conflict(
          field + "position", "line " + line.position() + " is credited in whole already");
    }
    if (wanted.amount() != null) {
      return ofAmount(field, line, wanted.amount());
    }
    return wanted.quantity() == null ? left(line) : ofQuantity(field, line, wanted.quantity());
  }

  private boolean isOpen(DocumentLine line) {
    return !credited.lines().containsKey(line.position()) || netLeft(line).signum() != 0;
  }

  private BigDecimal netLeft(DocumentLine line) {
    return line.netAmount().subtract(credited.line(line.position()).net());
  }

  private BigDecimal quantityLeft(DocumentLine line) {
    return line.quantity().subtract(credited.line(line.position()).quantity());
  }

  private Line left(DocumentLine line) {
    CreditedParts.Line before = credited.line(line.position());
    if (!credited.lines().containsKey(line.position())) {
      return new Line(line, line.quantity());
    }
    if (before.byAmount()) {
      return lump(line, netLeft(line));
    }
    DocumentLine left =
        part(
            line,
            quantityLeft(line),
            line.discountAmount().subtract(before.discount()),
            netLeft(line),
            allowancesLeft(line, before));
    BigDecimal exact = gross(left.quantity(), line);
    return gross(left).subtract(exact).abs().compareTo(ROUNDED) > 0
        ? lump(line, netLeft(line))
        : new Line(left, left.quantity());
  }

  private static List<DocumentAllowance> allowancesLeft(
      DocumentLine line, CreditedParts.Line before) {
    List<DocumentAllowance> left = new ArrayList<>(line.allowances().size());
    for (DocumentAllowance one : line.allowances()) {
      CreditedParts.Allowance taken = before.allowance(left.size() + 1);
      left.add(
          with(
              one,
              one.percent() == null ? null : one.baseAmount().subtract(taken.base()),
              one.amount().subtract(taken.amount())));
    }
    return left;
  }

  private Line ofAmount(String field, DocumentLine line, BigDecimal amount) {
    BigDecimal left = netLeft(line);
    refuseMoreThan(field + "amount", line, amount, left, money(left) + " without VAT");
    return lump(line, amount.setScale(2));
  }

  private Line ofQuantity(String field, DocumentLine line, BigDecimal quantity) {
    BigDecimal netLeft = netLeft(line);
    if (credited.line(line.position()).byAmount()) {
      throw Refusal.conflict(
          field + "quantity",
          "line %d was credited by an amount before: give an amount, %s without VAT is left"
              .formatted(line.position(), money(netLeft)));
    }
    BigDecimal left = quantityLeft(line);
    refuseMoreThan(
        field + "quantity",
        line,
        quantity,
        left,
        left.stripTrailingZeros().toPlainString() + " " + line.unitCode());
    if (quantity.compareTo(left) == 0) {
      return left(line);
    }
    DocumentLine part = computed(line, quantity);
    refuseMoreThan(
        field + "quantity", line, part.netAmount(), netLeft, money(netLeft) + " without VAT");
    return new Line(part, quantity);
  }

  /** Both have a sign: of a negative line only something negative can be credited. */
  private static void refuseMoreThan(
      String field, DocumentLine line, BigDecimal wanted, BigDecimal left, String named) {
    if (!CreditNoteAmounts.isWithin(wanted, left)) {
      throw Refusal.conflict(
          field, "of line %d %s is left to credit".formatted(line.position(), named));
    }
  }

  private static DocumentLine computed(DocumentLine line, BigDecimal quantity) {
    List<AllowanceCharge> allowances =
        line.allowances().stream().map(one -> share(one, quantity, line.quantity())).toList();
    DocumentLine part =
        Amounts.compute(List.of(NewLine.partOf(line, quantity, line.period(), allowances)))
            .lines()
            .get(0);
    return part(line, quantity, part.discountAmount(), part.netAmount(), part.allowances());
  }

  /** A percentage stays; of an amount the part that falls on the quantity. */
  private static AllowanceCharge share(
      DocumentAllowance one, BigDecimal quantity, BigDecimal whole) {
    return one.given(one.amount().multiply(quantity).divide(whole, 2, HALF_UP));
  }

  /** One lump sum, as a quantity at the invoice's price would not come to that amount. */
  private static Line lump(DocumentLine line, BigDecimal net) {
    DocumentLine lump =
        new DocumentLine(
            line.position(),
            line.name(),
            line.description(),
            BigDecimal.valueOf(net.signum()),
            LUMP_SUM,
            net.abs(),
            BigDecimal.ONE,
            BigDecimal.ZERO.setScale(2),
            BigDecimal.ZERO.setScale(2),
            net,
            line.vatCategory(),
            line.vatRate(),
            line.exemptionReason(),
            line.period(),
            List.of());
    return new Line(lump, BigDecimal.ZERO);
  }

  /** A charge of the document, of which there is no line left to stand beside. */
  static Line of(int position, DocumentAllowance charge) {
    DocumentLine line =
        new DocumentLine(
            position,
            charge.reason(),
            null,
            BigDecimal.ONE,
            LUMP_SUM,
            charge.amount(),
            BigDecimal.ONE,
            BigDecimal.ZERO.setScale(2),
            BigDecimal.ZERO.setScale(2),
            charge.amount(),
            charge.vatCategory(),
            charge.vatRate(),
            charge.exemptionReason(),
            null,
            List.of());
    return new Line(line, null);
  }

  private static DocumentLine part(
      DocumentLine line,
      BigDecimal quantity,
      BigDecimal discount,
      BigDecimal net,
      List<DocumentAllowance> allowances) {
    return new DocumentLine(
        line.position(),
        line.name(),
        line.description(),
        quantity,
        line.unitCode(),
        line.unitPrice(),
        line.baseQuantity(),
        line.discountPercent(),
        discount,
        net,
        line.vatCategory(),
        line.vatRate(),
        line.exemptionReason(),
        line.period(),
        allowances);
  }

  static DocumentAllowance with(DocumentAllowance one, BigDecimal base, BigDecimal amount) {
    return new DocumentAllowance(
        one.charge(),
        one.percent(),
        base,
        amount,
        one.reason(),
        one.reasonCode(),
        one.vatCategory(),
        one.vatRate(),
        one.exemptionReason());
  }

  private static BigDecimal gross(BigDecimal quantity, DocumentLine line) {
    return quantity.multiply(line.unitPrice()).divide(line.baseQuantity(), 2, HALF_UP);
  }

  private static BigDecimal gross(DocumentLine line) {
    return line.allowances().stream()
        .map(DocumentAllowance::signed)
        .reduce(line.netAmount().add(line.discountAmount()), BigDecimal::subtract);
  }

  private String money(BigDecimal amount) {
    return invoice.currency() + " " + amount.toPlainString();
  }
}
