package io.facteur.embedded;

/** Tells a waiting person what a start is doing. */
@FunctionalInterface
public interface Progress {

  /** A step begins, e.g. {@code "unpacking mariadb-11.4.5-linux"}. */
  void step(String text);
}
