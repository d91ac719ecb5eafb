package io.facteur.document;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * How much of some documents' lines their followers have carried over, drafts included, and what is
 * left.
 *
 * <p>What is invoiced of an order counts whether it was invoiced directly or by a delivery note;
 * and of a delivery note never more is left than of the order that it delivers. So it is with every
 * two ways that lead from a document to the same type.
 */
final class CarriedQuantities {

  /** A line of a document. */
  record Place(DocumentId document, int line) {}

  /**
   * What is known of a line.
   *
   * @param carriedFrom the preceding document's line; null if it carries over none
   */
  record Line(BigDecimal quantity, Place carriedFrom) {}

  /** What a follower, or a follower's follower, has of a line. */
  record Part(Place whole, DocumentType type, BigDecimal quantity, String follower) {}

  /** A follower, or a follower's follower, of a document. */
  record Follower(DocumentId preceding, DocumentType type, String name) {}

  private record Into(Place place, DocumentType type) {}

  private final Map<Place, Line> lines;
  private final List<Follower> followers;
  private final Map<Into, BigDecimal> quantities = new HashMap<>();
  private final Map<Into, Set<String>> carriers = new HashMap<>();

  CarriedQuantities(Map<Place, Line> lines, List<Part> parts, List<Follower> followers) {
    this.lines = Map.copyOf(lines);
    this.followers = List.copyOf(followers);
    parts.forEach(part -> add(part.whole(), part.type(), part.quantity(), part.follower()));
  }

  private void add(Place place, DocumentType type, BigDecimal quantity, String follower) {
    Into into = new Into(place, type);
    quantities.merge(into, quantity, BigDecimal::add);
    carriers.computeIfAbsent(into, none -> new LinkedHashSet<>()).add(follower);
  }

  boolean has(Place place) {
    return lines.containsKey(place);
  }

  /** In the line's unit, with its sign. */
  BigDecimal carried(Place place, DocumentType type) {
    return quantities.getOrDefault(new Into(place, type), BigDecimal.ZERO);
  }

  boolean isCarried(Place place, DocumentType type) {
    return carriers.containsKey(new Into(place, type));
  }

  /** In the line's unit, with its sign. */
  BigDecimal left(Place place, DocumentType type) {
    BigDecimal left = null;
    for (Place one : path(place)) {
      BigDecimal quantity = lines.get(one).quantity();
      BigDecimal rest = quantity.subtract(carried(one, type));
      boolean over = rest.signum() != quantity.signum();
      BigDecimal here = over ? BigDecimal.ZERO : rest;
      left = left == null || here.abs().compareTo(left.abs()) < 0 ? here : left;
    }
    return left;
  }

  /** Whether some of it is left; a line without quantity is carried over once. */
  boolean isOpen(Place place, DocumentType type) {
    return lines.get(place).quantity().signum() == 0
        ? !isCarried(place, type)
        : left(place, type).signum() != 0;
  }

  /** Numbers, or ids of drafts, of those that have carried it over. */
  List<String> carriers(Place place, DocumentType type) {
    return path(place).stream()
        .map(one -> carriers.get(new Into(one, type)))
        .filter(Objects::nonNull)
        .flatMap(Collection::stream)
        .distinct()
        .toList();
  }

  /** Takes another part, by a follower that is about to be made. */
  void take(Place place, DocumentType type, BigDecimal quantity, String follower) {
    path(place).forEach(one -> add(one, type, quantity, follower));
  }

  /**
   * Followers of that type, of the document or of those that it follows, that do not tell which
   * lines they carry over.
   */
  List<String> madeByHand(DocumentId document, DocumentType type) {
    Set<DocumentId> chain = new LinkedHashSet<>(List.of(document));
    lines.keySet().stream()
        .filter(place -> place.document().equals(document))
        .forEach(place -> path(place).forEach(one -> chain.add(one.document())));
    Set<Follower> telling = new HashSet<>();
    carriers.forEach(
        (into, names) ->
            names.forEach(
                name -> telling.add(new Follower(into.place().document(), into.type(), name))));
    return followers.stream()
        .filter(one -> one.type() == type && chain.contains(one.preceding()))
        .filter(one -> !telling.contains(one))
        .map(Follower::name)
        .distinct()
        .toList();
  }

  /** The line and those that it was carried over from, back to the first. */
  private List<Place> path(Place place) {
    List<Place> path = new ArrayList<>();
    for (Place one = place; one != null; one = lines.get(one).carriedFrom()) {
      path.add(one);
    }
    return path;
  }
}
