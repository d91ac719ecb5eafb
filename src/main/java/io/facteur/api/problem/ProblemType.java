package io.facteur.api.problem;

import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** What can go wrong, as clients tell it apart. */
public enum ProblemType {
  INVALID(HttpStatus.BAD_REQUEST, "What you sent is not valid"),
  MALFORMED(HttpStatus.BAD_REQUEST, "What you sent cannot be read"),
  UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, "Say who you are"),
  FORBIDDEN(HttpStatus.FORBIDDEN, "Your roles do not allow this"),
  NOT_FOUND(HttpStatus.NOT_FOUND, "Not found"),
  CONFLICT(HttpStatus.CONFLICT, "It contradicts what is there"),
  BUSY(HttpStatus.CONFLICT, "Somebody else is at it"),
  STALE(HttpStatus.PRECONDITION_FAILED, "It has been changed in the meantime"),
  NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "It cannot be answered as you ask"),
  UNSUPPORTED(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "What you sent is not of a kind that is taken"),
  TOO_LARGE(HttpStatus.PAYLOAD_TOO_LARGE, "What you sent is too large"),
  KEY_REUSED(HttpStatus.UNPROCESSABLE_ENTITY, "This Idempotency-Key belongs to another request"),
  TEMPLATE_FAILS(HttpStatus.UNPROCESSABLE_ENTITY, "The templates do not give this document"),
  TOO_MANY_PREVIEWS(HttpStatus.TOO_MANY_REQUESTS, "Too many previews are being made"),
  TOO_MANY_REQUESTS(HttpStatus.TOO_MANY_REQUESTS, "Too many requests"),
  TOO_MANY_FAILURES(HttpStatus.TOO_MANY_REQUESTS, "Too many wrong passwords"),
  TOO_MANY_LISTENERS(HttpStatus.TOO_MANY_REQUESTS, "Too many listen already"),
  NOT_READY(HttpStatus.SERVICE_UNAVAILABLE, "Facteur is starting or stopping"),
  INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong here");

  private final HttpStatus status;
  private final String title;

  ProblemType(HttpStatus status, String title) {
    this.status = status;
    this.title = title;
  }

  public HttpStatus status() {
    return status;
  }

  /** What is said where a path leads nowhere. */
  public static String nothingAt(String method, String path) {
    return "There is nothing at %s %s: see /v3/api-docs.".formatted(method, path);
  }

  /** A document of this type. */
  public ProblemDetail with(String detail) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
    problem.setTitle(title);
    problem.setType(URI.create("urn:facteur:problem:" + name().toLowerCase(Locale.ROOT)));
    return problem;
  }
}
