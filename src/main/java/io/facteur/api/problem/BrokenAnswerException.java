package io.facteur.api.problem;

/** An answer failed after its first part had gone out, so that nothing else can be answered. */
public class BrokenAnswerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public BrokenAnswerException(Throwable cause) {
    super("an answer is broken off after it has begun", cause);
  }
}
