package io.facteur.document;

import io.facteur.party.CompanyId;

/**
 * What identifies a document, without its contents.
 *
 * @param number null for a draft
 */
public record DocumentHead(
    DocumentId id, CompanyId company, DocumentType type, DocumentState state, String number) {}
