package io.facteur.delivery;

/** Identity of a delivery: of one document to one role or individual through one channel. */
public record DeliveryId(long value) {}
