package io.facteur.run;

/**
 * What of a run waits for a person's confirmation.
 *
 * @param contracts with more than one missed period
 * @param periods that are missed: so many invoices would be made
 * @param drafts that would be released
 */
public record WaitsForConfirmation(int contracts, int periods, int drafts) {}
