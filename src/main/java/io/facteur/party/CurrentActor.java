package io.facteur.party;

import java.util.Set;

/** Who is acting now, for the history: a user's name, or the name of the part that works alone. */
@FunctionalInterface
public interface CurrentActor {

  /** Never null; at most 100 characters. */
  String name();

  /** The only companies that the actor may see or change; empty: all of them. */
  default Set<CompanyId> limitedTo() {
    return Set.of();
  }

  /** Whether a company, and whatever belongs to it, exists for the actor. */
  default boolean sees(CompanyId company) {
    return limitedTo().isEmpty() || limitedTo().contains(company);
  }
}
