/**
 * Runs: frozen selections, their progress and reports (MAIL-5). May use {@code delivery}, {@code
 * billing} and what stands before them.
 */
package io.facteur.run;
