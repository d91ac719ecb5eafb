package io.facteur.cluster;

/**
 * Something that happens in the midst of a run.
 *
 * @param after which part of the run's deliveries
 */
record Disturbance(double after, Runnable happens) {}
