package io.facteur.run;

import io.facteur.party.CompanyId;
import java.util.Set;

/**
 * Which runs are wanted; null where it does not matter.
 *
 * @param companies any of them
 */
public record RunFilter(Set<CompanyId> companies, RunKind kind, RunState state) {}
