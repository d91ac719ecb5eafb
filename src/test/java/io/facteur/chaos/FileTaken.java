package io.facteur.chaos;

import java.time.Instant;

/**
 * A file that a consumer has taken from {@code ready}.
 *
 * @param consumer EINVOICE or POST
 * @param sha256 of its content when it was taken
 * @param manifestSha256 what its manifest says; null without a manifest
 * @param delivery as the manifest says
 * @param done whether the consumer reported it done; else failed
 */
record FileTaken(
    String consumer,
    String name,
    Instant at,
    String sha256,
    String manifestSha256,
    long delivery,
    boolean done) {}
