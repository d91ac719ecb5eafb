package io.facteur.dispatch;

import io.facteur.party.EmailAddress;

/**
 * Whom a definition of role INDIVIDUAL names.
 *
 * @param offered whether the address is, at this moment, a private e-mail place of the contract's
 *     contacts (DISP-2)
 */
public record Individual(EmailAddress address, boolean offered) {}
