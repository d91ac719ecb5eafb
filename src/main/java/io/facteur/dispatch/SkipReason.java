package io.facteur.dispatch;

/**
 * Why a delivery cannot be carried out (DISP-5).
 *
 * @param text for people and the ledger; names no address
 */
public record SkipReason(PlanProblem.Kind kind, String text) {}
