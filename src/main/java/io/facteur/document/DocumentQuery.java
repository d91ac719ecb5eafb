package io.facteur.document;

import io.facteur.party.CompanyId;
import java.time.LocalDate;
import java.util.Set;

/**
 * Which documents are wanted; null where it does not matter.
 *
 * @param companies any of them
 * @param contact code of the contracting party
 * @param contract number
 * @param from issue date, included; leaves out drafts
 * @param to issue date, included; leaves out drafts
 * @param run that made them
 */
public record DocumentQuery(
    Set<CompanyId> companies,
    DocumentType type,
    DocumentState state,
    String contact,
    String contract,
    LocalDate from,
    LocalDate to,
    RunId run) {}
