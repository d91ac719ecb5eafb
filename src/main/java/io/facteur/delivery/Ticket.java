package io.facteur.delivery;

/**
 * A claimed transmission on its way to the route that carries it. Queues hold tickets, never
 * documents.
 *
 * @param route name of the {@code direct:} endpoint of its dispatch definition
 */
public record Ticket(Claim claim, String route) {}
