package io.facteur.dispatch;

/**
 * A way out, as its file in {@code routes/channels/} declares it (ROUTE-2).
 *
 * @param name as dispatch definitions name it, e.g. {@code EMAIL}
 * @param reaches whether what is sent through it reaches its recipient; an archive does not
 */
public record Channel(String name, Need needs, boolean reaches) {}
