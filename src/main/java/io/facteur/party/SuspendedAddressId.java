package io.facteur.party;

/** Identifies a suspended address. */
public record SuspendedAddressId(long value) {}
