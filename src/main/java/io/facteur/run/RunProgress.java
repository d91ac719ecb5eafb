package io.facteur.run;

/**
 * How far a run has come, in numbers.
 *
 * @param due contracts with something due when it began; null before it has counted them
 * @param billed contracts that it has made documents for
 * @param drafts documents that are not issued
 * @param held contracts that were not billed, and other problems that nobody has confirmed
 * @param underWay deliveries that wait, are being sent, or will be tried again
 * @param atRest deliveries with nothing more to come by itself
 */
public record RunProgress(
    RunState state,
    Integer due,
    long billed,
    long drafts,
    long issued,
    long held,
    long underWay,
    long atRest) {}
