package io.facteur.run;

import io.facteur.party.CompanyId;

/** Which runs are wanted; null where it does not matter. */
public record RunFilter(CompanyId company, RunKind kind, RunState state) {}
