/**
 * Owns companies, contacts, e-mail addresses and consent (ADDR, CONS). Imports no other package of
 * Facteur.
 */
package io.facteur.party;
