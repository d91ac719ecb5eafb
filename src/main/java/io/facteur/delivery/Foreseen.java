package io.facteur.delivery;

import io.facteur.dispatch.PlanRequest;
import io.facteur.party.EmailAddress;
import java.util.Set;

/**
 * What a transmission carried and who could receive it when that was read; it begins so if nothing
 * of it has changed since (ADDR-9).
 *
 * @param addresses none of which was suspended
 * @param stamp of all that decides the recipient
 */
record Foreseen(Boarded boarded, PlanRequest request, Set<EmailAddress> addresses, String stamp) {}
