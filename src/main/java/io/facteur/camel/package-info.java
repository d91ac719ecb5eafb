/**
 * The only package that imports Camel: glue between routes and beans, and the checks over {@code
 * routes/}.
 */
package io.facteur.camel;
