package io.facteur.api.problem;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;

/** A problem that only the interface itself knows, ready to be answered. */
public class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient ProblemDetail problem;
  private final transient HttpHeaders headers;

  public ProblemException(ProblemDetail problem, HttpHeaders headers) {
    super(problem.getDetail());
    this.problem = problem;
    this.headers = headers;
  }

  public ProblemException(ProblemDetail problem) {
    this(problem, new HttpHeaders());
  }

  ProblemDetail problem() {
    return problem;
  }

  HttpHeaders headers() {
    return headers;
  }
}
