/**
 * Quantities of meters for periods: how they come in, one by one or as CSV, what of them waits to
 * be billed, and which document bills them (BILL-1, BILL-2).
 */
package io.facteur.metering;
