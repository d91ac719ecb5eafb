package io.facteur.contract;

import java.time.LocalDate;

/**
 * Days of a contract for which nothing is billed.
 *
 * @param to last day, included; null: until further notice
 */
public record Pause(LocalDate from, LocalDate to) {}
