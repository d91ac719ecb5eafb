package io.facteur.party;

/** Numbers of things, as one says them. */
public final class Counted {

  private Counted() {}

  /**
   * E.g. {@code 1 contract}, {@code 2 contracts}.
   *
   * @param thing one of them, whose plural is made with an s
   */
  public static String of(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }
}
