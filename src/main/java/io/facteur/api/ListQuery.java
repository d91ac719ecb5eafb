package io.facteur.api;

import io.facteur.party.Paging;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;

/** Which part of a list is asked for. */
record ListQuery(
    @Parameter(description = "From 0.") @Min(0) @Max(1_000_000) Integer page,
    @Parameter(description = "Entries on a page, 50 if left out.") @Min(1) @Max(500) Integer size,
    @Parameter(
            description = "Property to sort by, with a minus before it for descending: -name.",
            example = "code")
        List<String> sort) {

  private static final int SIZE = 50;

  Paging paging() {
    List<String> wanted = sort == null ? List.of() : sort;
    return new Paging(
        page == null ? 0 : page,
        size == null ? SIZE : size,
        wanted.stream()
            .filter(property -> !property.isBlank())
            .map(
                property ->
                    property.startsWith("-")
                        ? new Paging.Order(property.substring(1), true)
                        : new Paging.Order(property, false))
            .toList());
  }
}
