/**
 * Names, manifests and look-ups of files in the folders that consumers take from (PRINT-3). May use
 * {@code channel} and what stands before it.
 */
package io.facteur.spool;
