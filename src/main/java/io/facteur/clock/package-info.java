/** What time it is: the database's, for every node. Uses nothing but the database. */
package io.facteur.clock;
