package io.facteur.document;

import io.facteur.party.Checks;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What of a document is to be taken over by one that follows it, or to be taken back by a credit
 * note.
 *
 * @param lines null: all that is left of the document
 * @param note BT-22; null if none, also where the document has one: what was said to a quote need
 *     not be true of its invoice
 * @param orderReference BT-13; null: the document's; not for credit notes, reminders and payment
 *     notices
 */
public record FollowUpRequest(List<Line> lines, String note, String orderReference) {

  /** Everything that is left of the document. */
  public static final FollowUpRequest ALL = new FollowUpRequest(null, null, null);

  /**
   * Part of a line; without quantity and amount all that is left of it.
   *
   * @param position of the document's line (BT-126)
   * @param quantity in the line's unit, with its sign; null if none
   * @param amount without VAT, of the line's net amount (BT-131), with its sign; only for credit
   *     notes; null if none
   */
  public record Line(int position, BigDecimal quantity, BigDecimal amount) {}

  public FollowUpRequest {
    lines = lines == null ? null : List.copyOf(lines);
  }

  /** What can be seen without the document. */
  void check(DocumentType type) {
    Checks checks = new Checks();
    checks
        .longText("note", note, 1000)
        .text("orderReference", orderReference, 100)
        .rule(
            orderReference == null || DocumentChain.carriesLines(type),
            "orderReference",
            "stays that of the bill: leave it out")
        .rule(
            lines == null || !DocumentChain.statesBill(type),
            "lines",
            "a " + type + " states the bill as a whole: leave them out");
    if (lines != null) {
      checks.rule(
          !lines.isEmpty(), "lines", "name at least one, or leave them out for all that is left");
      Set<Integer> positions = new HashSet<>();
      for (int i = 0; i < lines.size(); i++) {
        check(checks.of("lines[" + i + "]"), type, lines.get(i), positions);
      }
    }
    checks.refuse();
  }

  private static void check(Checks checks, DocumentType type, Line line, Set<Integer> positions) {
    checks
        .rule(
            positions.add(line.position()),
            "position",
            "line " + line.position() + " is named twice")
        .rule(
            line.quantity() == null || line.amount() == null,
            "amount",
            "either a quantity or an amount can be given, not both")
        .rule(
            line.amount() == null || type == DocumentType.CREDIT_NOTE,
            "amount",
            "only a credit note takes back amounts: give a quantity");
    part(checks, "quantity", line.quantity(), 6);
    part(checks, "amount", line.amount(), 2);
  }

  private static void part(Checks checks, String field, BigDecimal value, int decimals) {
    checks
        .digits(field, value, 12, decimals)
        .rule(value == null || value.signum() != 0, field, "must not be zero");
  }
}
