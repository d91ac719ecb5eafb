package io.facteur.rendering;

import java.time.Duration;

/**
 * What one document or text may use, so that a template's mistake harms no other.
 *
 * @param time for one file
 * @param bytes of one file, and characters of the text that a template prints
 * @param set whether these come from the settings {@code facteur.rendering}
 */
record Limits(Duration time, long bytes, boolean set) {

  static final Limits USUAL = new Limits(Duration.ofSeconds(30), 20L << 20);

  /** From the settings. */
  Limits(Duration time, long bytes) {
    this(time, bytes, true);
  }

  /** Where the limit can be changed, for messages. */
  String setting(String name) {
    return set ? " (facteur.rendering.%s)".formatted(name) : "";
  }
}
