/**
 * Plans, without side effects, who gets a document through what and why (DISP). May use {@code
 * document} and what stands before it.
 */
package io.facteur.dispatch;
