package io.facteur.party;

import java.util.List;

/**
 * Which part of a list is wanted, in which order.
 *
 * @param page from 0
 * @param size entries on a page
 * @param sort the most important first; empty: the list's own order
 */
public record Paging(int page, int size, List<Order> sort) {

  /** Ascending or descending by a property of the list. */
  public record Order(String property, boolean descending) {}

  public Paging {
    sort = List.copyOf(sort);
  }
}
