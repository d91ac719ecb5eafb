package io.facteur.document;

import io.facteur.party.Checks;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What of an invoice is to be credited.
 *
 * @param lines null: all that is left of the invoice
 * @param note BT-22; null if none
 */
public record CreditRequest(List<Line> lines, String note) {

  /** Everything that is left of the invoice. */
  public static final CreditRequest ALL = new CreditRequest(null, null);

  /**
   * Part of a line; without quantity and amount all that is left of it.
   *
   * @param position of the invoice's line (BT-126)
   * @param quantity in the line's unit, with its sign; null if none
   * @param amount without VAT, of the line's net amount (BT-131), with its sign; null if none
   */
  public record Line(int position, BigDecimal quantity, BigDecimal amount) {}

  public CreditRequest {
    lines = lines == null ? null : List.copyOf(lines);
  }

  /** What can be seen without the invoice. */
  void check() {
    Checks checks = new Checks();
    checks.longText("note", note, 1000);
    if (lines != null) {
      checks.rule(
          !lines.isEmpty(), "lines", "name at least one, or leave them out to credit what is left");
      Set<Integer> positions = new HashSet<>();
      for (int i = 0; i < lines.size(); i++) {
        Line line = lines.get(i);
        Checks ofLine = checks.of("lines[" + i + "]");
        ofLine.rule(
            positions.add(line.position()),
            "position",
            "line " + line.position() + " is named twice");
        ofLine.rule(
            line.quantity() == null || line.amount() == null,
            "amount",
            "either a quantity or an amount can be given, not both");
        part(ofLine, "quantity", line.quantity(), 6);
        part(ofLine, "amount", line.amount(), 2);
      }
    }
    checks.refuse();
  }

  private static void part(Checks checks, String field, BigDecimal value, int decimals) {
    checks
        .digits(field, value, 12, decimals)
        .rule(value == null || value.signum() != 0, field, "must not be zero");
  }
}
