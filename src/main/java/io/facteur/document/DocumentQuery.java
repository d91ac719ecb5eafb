package io.facteur.document;

import io.facteur.party.CompanyId;
import java.time.LocalDate;

/**
 * Which documents are wanted; null where it does not matter.
 *
 * @param contact code of the contracting party
 * @param contract number
 * @param from issue date, included; leaves out drafts
 * @param to issue date, included; leaves out drafts
 * @param run that made them
 */
public record DocumentQuery(
    CompanyId company,
    DocumentType type,
    DocumentState state,
    String contact,
    String contract,
    LocalDate from,
    LocalDate to,
    RunId run) {}
