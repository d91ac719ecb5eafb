package io.facteur.run;

import io.facteur.document.RunId;
import io.facteur.party.CompanyId;
import java.time.Instant;
import java.time.LocalDate;

/**
 * A run as it stands.
 *
 * @param asOf the day for which it bills or sends
 * @param startedBy a user, or the schedule
 * @param finishedAt null while it goes on
 * @param controlledBy who paused, resumed or cancelled it last; null: nobody
 * @param turn rises with each pause, resumption and confirmation
 * @param due contracts with something due when it began; null before that
 */
public record Run(
    RunId id,
    RunKind kind,
    CompanyId company,
    LocalDate asOf,
    RunState state,
    String startedBy,
    Instant startedAt,
    Instant finishedAt,
    String controlledBy,
    int turn,
    Integer due) {}
