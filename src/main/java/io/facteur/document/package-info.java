/**
 * Owns documents, lines, amounts, numbering and the chain (BILL-3, BILL-6). May use {@code party}
 * and {@code contract}.
 */
package io.facteur.document;
