/** Everything that goes wrong, told as RFC 9457 problem documents. */
package io.facteur.api.problem;
