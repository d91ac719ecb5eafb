package io.facteur.party;

/** Who is acting now, for the history: a user's name, or the name of the part that works alone. */
@FunctionalInterface
public interface CurrentActor {

  /** Never null; at most 100 characters. */
  String name();
}
