/**
 * The ledger of deliveries and transmissions: the only writer of their states (DISP-7). May use
 * {@code dispatch} and what stands before it.
 */
package io.facteur.delivery;
