package io.facteur.api;

import io.facteur.party.Page;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** A part of a list, as it goes out. */
record PageResource<T>(
    List<T> items,
    @Schema(description = "From 0.") int page,
    int size,
    @Schema(description = "Entries of the whole list.") long total) {

  static <T> PageResource<T> of(Page<T> page) {
    return new PageResource<>(page.items(), page.page(), page.size(), page.total());
  }
}
