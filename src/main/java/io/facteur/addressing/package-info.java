/**
 * Owns to whom documents are mailed and why, and where a changed address is kept (ADDR-2 to
 * ADDR-7). May use {@code party}, {@code contract} and {@code document}.
 */
package io.facteur.addressing;
