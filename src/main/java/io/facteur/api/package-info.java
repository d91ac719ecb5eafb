/** The REST interface. Calls the packages of the business; nobody calls it. */
package io.facteur.api;
