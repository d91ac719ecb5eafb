package io.facteur.contract;

import io.facteur.party.EmailAddress;
import java.time.LocalDate;

/**
 * One way in which a contract's documents go out (DISP-1).
 *
 * @param id null until it is saved
 * @param version rises with each change
 * @param channel a name of the route files, e.g. {@code EMAIL}
 * @param individualAddress only of role INDIVIDUAL, else null (DISP-2)
 * @param format null: the route's or the channel's own choice
 * @param language null: the document's
 * @param template null: the document type's
 * @param copy whether the recipient gets a copy, marked as one
 * @param validFrom first day; null: always was
 * @param validTo last day, included; null: open
 */
public record DispatchDefinition(
    DefinitionId id,
    int version,
    ContractId contract,
    Domain domain,
    String channel,
    Role role,
    EmailAddress individualAddress,
    String format,
    String language,
    String template,
    boolean copy,
    LocalDate validFrom,
    LocalDate validTo) {

  public boolean isInForce(LocalDate day) {
    return (validFrom == null || !day.isBefore(validFrom))
        && (validTo == null || !day.isAfter(validTo));
  }
}
