package io.facteur.delivery;

/**
 * The right of one node to carry out a transmission. Every write that follows is conditional on it.
 *
 * @param fence rises with each claim of the transmission
 */
public record Claim(TransmissionId transmission, String node, long fence) {}
