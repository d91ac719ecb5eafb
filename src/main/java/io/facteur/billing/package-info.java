/** Turns what is due into documents (BILL). May use {@code document} and what stands before it. */
package io.facteur.billing;
