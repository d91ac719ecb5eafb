/**
 * Which database this is and how far it has come, and what this node has handed over: kept beside
 * the database, so that one restored from a backup is noticed. Knows nothing of the ledger.
 */
package io.facteur.delivery.journal;
