/**
 * Composes what is sent and reads what comes back; sending itself is an endpoint in {@code
 * routes/}. May use {@code rendering}, {@code delivery} and what stands before them.
 */
package io.facteur.channel;
