package io.facteur.camel;

/**
 * Something in the routes that would not work, or is not allowed.
 *
 * @param file relative to the folder that was checked
 * @param line first line is 1; 0 where the whole file is meant
 */
public record Finding(String file, int line, String reason) implements Comparable<Finding> {

  @Override
  public int compareTo(Finding other) {
    int byFile = file.compareTo(other.file);
    return byFile != 0 ? byFile : Integer.compare(line, other.line);
  }

  @Override
  public String toString() {
    return line == 0 ? file + ": " + reason : file + ":" + line + ": " + reason;
  }
}
