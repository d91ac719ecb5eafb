/**
 * A database that was restored from an older backup: notices it, holds it, compares it with what
 * was handed over since, and lets it go on when an admin has seen that. May use {@code delivery},
 * {@code rendering}, {@code spool} and what stands before them.
 */
package io.facteur.recovery;
