package io.facteur.api.problem;

import com.fasterxml.jackson.databind.ObjectMapper;

/** For tests of other packages. */
public final class ProblemWriters {

  private ProblemWriters() {}

  public static ProblemWriter json() {
    return new ProblemWriter(new ObjectMapper());
  }
}
