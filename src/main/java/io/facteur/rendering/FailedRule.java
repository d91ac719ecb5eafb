package io.facteur.rendering;

/**
 * A rule that an e-invoice breaks, in the words of its publisher.
 *
 * @param id e.g. {@code BR-CO-10}; empty where the publisher gives none
 * @param location XPath in the XML
 * @param fatal whether it makes the e-invoice invalid
 */
record FailedRule(String id, String text, String location, boolean fatal) {}
