package io.facteur.delivery;

/**
 * This process among those that share the database. The name survives a restart, so that a node
 * knows its own claims again.
 */
public record Node(String name) {}
