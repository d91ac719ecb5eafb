package io.facteur.document;

import static java.math.MathContext.DECIMAL128;
import static java.math.RoundingMode.HALF_UP;

import io.facteur.contract.AllowanceCharge;
import io.facteur.contract.BillingPeriod;
import io.facteur.document.CarriedQuantities.Place;
import io.facteur.party.Refusal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The lines, allowances and charges that a document hands down to one that follows it, at its
 * prices; their amounts are then computed as of any document.
 *
 * <p>Percentages go along as such. Of an amount each follower gets the share that its quantity has
 * of the line, or its lines have of the value of the document's lines at that VAT rate: the share
 * of everything carried over so far, rounded, less that of what was carried over before. So all
 * followers together have the amount, whatever the rounding.
 */
final class CarriedLines {

  private final Document whole;
  private final DocumentType type;
  private final CarriedQuantities carried;

  CarriedLines(Document whole, DocumentType type, CarriedQuantities carried) {
    this.whole = whole;
    this.type = type;
    this.carried = carried;
  }

  /**
   * A part of a line.
   *
   * @param quantity zero if the line has none
   */
  private record Part(DocumentLine line, BigDecimal quantity) {}

  /** What a follower is made of. */
  record Handed(List<NewLine> lines, List<AllowanceCharge> allowances) {
    /** Of what only states a bill. */
    static final Handed NOTHING = new Handed(List.of(), List.of());
  }

  /**
   * All that is left.
   *
   * @param period where the document's own is to stand on its lines: that; else null
   * @throws Refusal naming the followers, if nothing is left or they do not tell what
   */
  Handed left(BillingPeriod period) {
    List<String> byHand = carried.madeByHand(whole.id(), type);
    if (!byHand.isEmpty()) {
      throw Refusal.conflict(
          "lines",
          "%s was followed by hand (%s), so that what is left cannot be told by its lines: name lines"
              .formatted(whole.number(), String.join(", ", byHand)));
    }
    List<Part> parts =
        whole.lines().stream()
            .filter(line -> carried.isOpen(place(line), type))
            .map(line -> new Part(line, carried.left(place(line), type)))
            .toList();
    if (parts.isEmpty()) {
      throw Refusal.conflict(
          "document",
          "nothing of %s is left: it is carried over in whole, by %s"
              .formatted(whole.number(), String.join(", ", carriersOfAll())));
    }
    return handed(parts, period);
  }

  private List<String> carriersOfAll() {
    return whole.lines().stream()
        .flatMap(line -> carried.carriers(place(line), type).stream())
        .distinct()
        .toList();
  }

  /**
   * The lines that are asked for.
   *
   * @param period as for {@link #left}
   * @throws Refusal if there is no such line, or less is left of it
   */
  Handed requested(List<FollowUpRequest.Line> requested, BillingPeriod period) {
    List<Part> parts = new ArrayList<>(requested.size());
    for (int i = 0; i < requested.size(); i++) {
      parts.add(requested("lines[" + i + "].", requested.get(i)));
    }
    return handed(parts, period);
  }

  private Part requested(String field, FollowUpRequest.Line wanted) {
    DocumentLine line =
        whole.lines().stream()
            .filter(one -> one.position() == wanted.position())
            .findFirst()
            .orElseThrow(
                () ->
                    Refusal.invalid(
                        field + "position", whole.number() + " has no line " + wanted.position()));
    if (!carried.isOpen(place(line), type)) {
      throw Refusal.conflict(
          field + "position",
          "line %d is carried over in whole already, by %s"
              .formatted(line.position(), String.join(", ", carried.carriers(place(line), type))));
    }
    if (wanted.quantity() == null) {
      return new Part(line, carried.left(place(line), type));
    }
    carried.refuseMoreThanIsLeft(
        field + "quantity", place(line), type, wanted.quantity(), line.unitCode());
    return new Part(line, wanted.quantity());
  }

  private Place place(DocumentLine line) {
    return new Place(whole.id(), line.position());
  }

  private Handed handed(List<Part> parts, BillingPeriod period) {
    Map<Integer, Progress> progress = new HashMap<>();
    whole.lines().forEach(line -> progress.put(line.position(), progress(line, null)));
    parts.forEach(
        part -> progress.put(part.line().position(), progress(part.line(), part.quantity())));
    List<NewLine> lines = new ArrayList<>(parts.size());
    for (Part part : parts) {
      DocumentLine line = part.line();
      lines.add(
          NewLine.partOf(
              line,
              part.quantity(),
              line.period() == null ? period : line.period(),
              line.allowances().stream()
                  .map(one -> one.given(progress.get(line.position()).share(one.amount())))
                  .filter(CarriedLines::isSomething)
                  .toList()));
    }
    return new Handed(lines, ofDocument(progress));
  }

  /**
   * How much of something followers have: from 0, nothing, to 1, all of it.
   *
   * @param before without the one that is made now
   */
  private record Progress(BigDecimal before, BigDecimal after) {
    BigDecimal share(BigDecimal amount) {
      return amount
          .multiply(after)
          .setScale(2, HALF_UP)
          .subtract(amount.multiply(before).setScale(2, HALF_UP));
    }
  }

  /**
   * Of a line.
   *
   * @param now null if none of it is carried over now
   */
  private Progress progress(DocumentLine line, BigDecimal now) {
    if (line.quantity().signum() == 0) {
      BigDecimal before = carried.isCarried(place(line), type) ? BigDecimal.ONE : BigDecimal.ZERO;
      return new Progress(before, now == null ? before : BigDecimal.ONE);
    }
    BigDecimal before = carried.carried(place(line), type);
    BigDecimal after = now == null ? before : before.add(now);
    return new Progress(
        before.divide(line.quantity(), DECIMAL128), after.divide(line.quantity(), DECIMAL128));
  }

  /** In the order of the document; a percentage stands there once for each VAT rate. */
  private List<AllowanceCharge> ofDocument(Map<Integer, Progress> progress) {
    List<AllowanceCharge> allowances = new ArrayList<>();
    Map<AllowanceCharge, Set<String>> rates = new HashMap<>();
    for (DocumentAllowance one : whole.allowances()) {
      if (one.percent() == null) {
        allowances.add(one.given(ofValue(one, progress).share(one.amount())));
      } else {
        AllowanceCharge percentage = one.given(null);
        Set<String> seen = rates.computeIfAbsent(percentage, none -> new HashSet<>());
        String rate = one.vatCategory() + " " + one.vatRate();
        if (seen.isEmpty() || seen.contains(rate)) {
          allowances.add(percentage);
          seen.clear();
        }
        seen.add(rate);
      }
    }
    return allowances.stream().filter(CarriedLines::isSomething).toList();
  }

  /** Of the value of the lines at the amount's VAT rate; where none has one, of all lines. */
  private Progress ofValue(DocumentAllowance amount, Map<Integer, Progress> progress) {
    List<DocumentLine> valued =
        whole.lines().stream().filter(line -> line.netAmount().signum() != 0).toList();
    List<DocumentLine> taxed =
        valued.stream()
            .filter(line -> line.vatCategory() == amount.vatCategory())
            .filter(line -> line.vatRate().compareTo(amount.vatRate()) == 0)
            .toList();
    List<DocumentLine> lines =
        taxed.isEmpty() ? (valued.isEmpty() ? whole.lines() : valued) : taxed;
    BigDecimal value = BigDecimal.ZERO;
    BigDecimal before = BigDecimal.ZERO;
    BigDecimal after = BigDecimal.ZERO;
    for (DocumentLine line : lines) {
      BigDecimal weight = valued.isEmpty() ? BigDecimal.ONE : line.netAmount().abs();
      Progress ofLine = progress.get(line.position());
      value = value.add(weight);
      before = before.add(weight.multiply(ofLine.before()));
      after = after.add(weight.multiply(ofLine.after()));
    }
    return new Progress(before.divide(value, DECIMAL128), after.divide(value, DECIMAL128));
  }

  /** A share can be less than a cent. */
  private static boolean isSomething(AllowanceCharge one) {
    return one.percent() != null || one.amount().signum() > 0;
  }
}
