/**
 * Owns contracts, roles, dispatch definitions and billing schedules (DISP-1, BILL-1). May use
 * {@code party}.
 */
package io.facteur.contract;
