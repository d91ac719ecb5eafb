package io.facteur.rendering;

/**
 * A rule of EN 16931 that an e-invoice breaks.
 *
 * @param ruleId e.g. {@code BR-CO-10}
 * @param businessTerm of the standard, e.g. {@code BT-106}; empty if the rule is about none
 * @param ourField the same in our words, e.g. {@code sum of the line amounts}
 * @param officialText as the rule's publisher words it
 * @param location XPath in the XML
 * @param fatal whether it makes the e-invoice invalid; a warning does not
 */
public record RuleViolation(
    String ruleId,
    String businessTerm,
    String ourField,
    String officialText,
    String location,
    boolean fatal) {

  /** E.g. {@code BR-10: buyer's postal address (BG-8)}. */
  @Override
  public String toString() {
    return businessTerm.isEmpty()
        ? "%s: %s".formatted(ruleId, ourField)
        : "%s: %s (%s)".formatted(ruleId, ourField, businessTerm);
  }
}
