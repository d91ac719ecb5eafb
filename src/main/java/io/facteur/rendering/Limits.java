package io.facteur.rendering;

import java.time.Duration;

/**
 * What one document may use, so that a template's mistake harms no other document.
 *
 * @param time for one file
 * @param bytes of one file, and of the text that a template prints
 */
record Limits(Duration time, long bytes) {

  static final Limits USUAL = new Limits(Duration.ofSeconds(30), 20L << 20);
}
