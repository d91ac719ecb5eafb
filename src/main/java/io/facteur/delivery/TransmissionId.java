package io.facteur.delivery;

/** Identity of a transmission: of what is really handed over, once. */
public record TransmissionId(long value) {}
