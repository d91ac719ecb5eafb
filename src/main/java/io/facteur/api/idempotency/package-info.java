/** Answers a repeated request with the first answer, and carries it out once. */
package io.facteur.api.idempotency;
