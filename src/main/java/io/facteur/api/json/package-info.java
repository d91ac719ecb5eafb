/** JSON as it goes over HTTP. */
package io.facteur.api.json;
