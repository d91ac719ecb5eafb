package io.facteur.rendering;

/**
 * Something wrong in the templates folder.
 *
 * @param file path below the templates folder
 * @param line 0 if it belongs to no line
 */
public record TemplateProblem(String file, int line, String reason) {

  @Override
  public String toString() {
    return line > 0 ? "%s:%d: %s".formatted(file, line, reason) : "%s: %s".formatted(file, reason);
  }
}
