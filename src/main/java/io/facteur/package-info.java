/** Facteur: one invoice to e-mail, print and e-invoice at once, each exactly once, with proof. */
package io.facteur;
