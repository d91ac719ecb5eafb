package io.facteur.run;

/**
 * How far a run has come, in numbers.
 *
 * @param drafts documents that are not issued
 * @param held contracts that were not billed, and other problems
 * @param underWay deliveries that wait, are being sent, or will be tried again
 * @param atRest deliveries with nothing more to come by itself
 */
public record RunProgress(
    RunState state, long drafts, long issued, long held, long underWay, long atRest) {}
