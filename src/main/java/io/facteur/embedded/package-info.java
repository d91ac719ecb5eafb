/** Parts for the first run: MariaDB, a mail catcher, sample data. Nobody calls it. */
package io.facteur.embedded;
