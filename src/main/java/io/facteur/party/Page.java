package io.facteur.party;

import java.util.List;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param page from 0
 * @param total entries of the whole list
 */
public record Page<T>(List<T> items, int page, int size, long total) {

  public Page {
    items = List.copyOf(items);
  }

  /** The same page of other things. */
  public <R> Page<R> map(Function<? super T, ? extends R> change) {
    return new Page<>(items.stream().<R>map(change).toList(), page, size, total);
  }
}
