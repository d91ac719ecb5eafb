package io.facteur.contract;

import java.time.LocalDate;

/**
 * Instalments that are billed in advance for parts of the period that the contract's schedule
 * settles (BILL-7).
 *
 * @param intervalMonths of one instalment; a whole number of them makes a period of the schedule
 * @param billedThrough last day of the last instalment's period, billed here or elsewhere; null if
 *     none is
 */
public record InstalmentPlan(int intervalMonths, LocalDate billedThrough) {}
