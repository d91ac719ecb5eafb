package io.facteur.chaos;

/** A point at which something can be done to a node. */
enum Moment {
  RECIPIENT_NAMED,
  BEFORE_CONTENT,
  AT_THE_DOT,
  AFTER_THE_ANSWER,
  /** Some node has written a file that has not got its name yet, or is writing it. */
  FILE_UNFINISHED
}
