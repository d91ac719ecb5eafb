/**
 * Makes and keeps the files of documents: PDF/A-3, e-invoice XML and its validation (EINV). May use
 * {@code document} and what stands before it.
 */
package io.facteur.rendering;
