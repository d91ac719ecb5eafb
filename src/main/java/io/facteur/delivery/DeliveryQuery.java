package io.facteur.delivery;

import io.facteur.contract.Role;
import io.facteur.document.DocumentId;
import io.facteur.document.RunId;
import io.facteur.party.CompanyId;
import java.util.Set;

/**
 * Which deliveries are wanted; null where it does not matter.
 *
 * @param run that made their documents
 * @param companies any of them
 */
public record DeliveryQuery(
    DocumentId document,
    DeliveryState state,
    String channel,
    Role role,
    RunId run,
    Set<CompanyId> companies) {}
