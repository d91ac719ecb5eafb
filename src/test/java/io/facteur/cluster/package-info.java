/**
 * The cluster profile ({@code mvn -Pcluster verify}): several nodes, each in a process of its own,
 * on one database; what becomes of a run when one of them, or the broker between them, is killed,
 * frozen, added, or has a wrong clock. Prints tables; fails if anything is lost or doubled.
 */
package io.facteur.cluster;
