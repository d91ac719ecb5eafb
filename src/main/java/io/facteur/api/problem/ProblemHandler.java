package io.facteur.api.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.facteur.dispatch.RoutesAwayException;
import io.facteur.party.Refusal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Turns whatever a controller throws into a problem document. */
@RestControllerAdvice
class ProblemHandler extends ResponseEntityExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);

  @ExceptionHandler
  ResponseEntity<ProblemDetail> refused(Refusal refusal) {
    ProblemType type =
        switch (refusal.kind()) {
          case INVALID -> ProblemType.INVALID;
          case NOT_FOUND -> ProblemType.NOT_FOUND;
          case CONFLICT -> ProblemType.CONFLICT;
          case STALE -> ProblemType.STALE;
        };
    return answer(problem(type, refusal.problems()));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> problem(ProblemException e) {
    return ResponseEntity.status(e.problem().getStatus()).headers(e.headers()).body(e.problem());
  }

  /** A rule that only the database knew, or knew first. */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> constraint(DataIntegrityViolationException e) {
    return answer(
        ProblemType.CONFLICT.with(
            "A rule of the database refused it, nothing was saved: "
                + DatabaseRule.of(NestedExceptionUtils.getMostSpecificCause(e))));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> locked(PessimisticLockingFailureException e) {
    return busy();
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> uncategorized(UncategorizedSQLException e) {
    return DatabaseRule.isLockTimeout(e) ? busy() : unexpected(e);
  }

  private static ResponseEntity<ProblemDetail> busy() {
    return ResponseEntity.status(ProblemType.BUSY.status())
        .header(HttpHeaders.RETRY_AFTER, "1")
        .body(ProblemType.BUSY.with("Another request changes the same thing: try again."));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> mistyped(MethodArgumentTypeMismatchException e) {
    Class<?> type = e.getRequiredType();
    return answer(
        problem(
            ProblemType.INVALID,
            List.of(
                new Refusal.Problem(
                    e.getName(), "'" + e.getValue() + "' is not " + JsonProblem.expected(type)))));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> notReady(RoutesAwayException e) {
    return ResponseEntity.status(ProblemType.NOT_READY.status())
        .header(HttpHeaders.RETRY_AFTER, "2")
        .body(ProblemType.NOT_READY.with("Nothing was saved: " + e.getMessage() + "."));
  }

  /** Left to the security filters, which know how to answer. */
  @ExceptionHandler({AccessDeniedException.class, AuthenticationException.class})
  void denied(RuntimeException e) {
    throw e;
  }

  /** Left to the server, which breaks the connection off: half an answer must not look whole. */
  @ExceptionHandler
  void brokenOff(BrokenAnswerException e) {
    throw e;
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> unexpected(Exception e) {
    String incident = UUID.randomUUID().toString();
    LOG.error("Request failed, incident {}", incident, e);
    ProblemDetail problem =
        ProblemType.INTERNAL.with(
            "Nothing was saved. The log has more under incident " + incident + ".");
    problem.setProperty("incident", incident);
    return answer(problem);
  }

  @Override
  protected ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    Throwable cause = e;
    while (cause != null) {
      if (cause instanceof BodyTooLargeException tooLarge) {
        return plain(ProblemType.TOO_LARGE.with(tooLarge.getMessage()));
      }
      if (cause instanceof JsonProcessingException json
          && !(json.getCause() instanceof BodyTooLargeException)) {
        return plain(JsonProblem.of(json));
      }
      cause = cause.getCause();
    }
    return plain(ProblemType.MALFORMED.with("The body is missing or cannot be read."));
  }

  @Override
  protected ResponseEntity<Object> handleMethodArgumentNotValid(
      MethodArgumentNotValidException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    List<Refusal.Problem> errors = new ArrayList<>();
    e.getFieldErrors()
        .forEach(
            error ->
                errors.add(
                    new Refusal.Problem(
                        error.getField(),
                        error.isBindingFailure()
                            ? "'" + error.getRejectedValue() + "' cannot be read"
                            : error.getDefaultMessage())));
    e.getGlobalErrors()
        .forEach(
            error ->
                errors.add(new Refusal.Problem(error.getObjectName(), error.getDefaultMessage())));
    errors.sort(
        Comparator.comparing(Refusal.Problem::field).thenComparing(Refusal.Problem::message));
    return plain(problem(ProblemType.INVALID, errors));
  }

  @Override
  protected ResponseEntity<Object> handleHandlerMethodValidationException(
      HandlerMethodValidationException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    List<Refusal.Problem> errors =
        e.getParameterValidationResults().stream()
            .flatMap(
                result ->
                    result.getResolvableErrors().stream()
                        .map(
                            error ->
                                new Refusal.Problem(
                                    String.valueOf(result.getMethodParameter().getParameterName()),
                                    error.getDefaultMessage())))
            .toList();
    return plain(problem(ProblemType.INVALID, errors));
  }

  @Override
  protected ResponseEntity<Object> handleMissingServletRequestParameter(
      MissingServletRequestParameterException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return plain(
        problem(
            ProblemType.INVALID,
            List.of(new Refusal.Problem(e.getParameterName(), "is required"))));
  }

  @Override
  protected ResponseEntity<Object> handleHttpMediaTypeNotAcceptable(
      HttpMediaTypeNotAcceptableException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return asProblem(
        ProblemType.NOT_ACCEPTABLE.with(
            "This is given as %s only: send an Accept header that takes it, or none."
                .formatted(list(e.getSupportedMediaTypes()))),
        headers);
  }

  @Override
  protected ResponseEntity<Object> handleHttpMediaTypeNotSupported(
      HttpMediaTypeNotSupportedException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return asProblem(
        ProblemType.UNSUPPORTED.with(
            "Content-Type %s is not taken here: send %s."
                .formatted(
                    e.getContentType() == null ? "(none)" : e.getContentType(),
                    list(e.getSupportedMediaTypes()))),
        headers);
  }

  @Override
  protected ResponseEntity<Object> handleNoResourceFoundException(
      NoResourceFoundException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    return asProblem(
        ProblemType.NOT_FOUND.with(
            ProblemType.nothingAt(e.getHttpMethod().name(), "/" + e.getResourcePath())),
        headers);
  }

  private static String list(List<MediaType> types) {
    return types.stream()
        .filter(MediaType::isConcrete)
        .map(type -> type.getType() + "/" + type.getSubtype())
        .distinct()
        .collect(Collectors.joining(" or "));
  }

  /** Whatever the client says that it takes: it has to learn what was wrong. */
  private static ResponseEntity<Object> asProblem(ProblemDetail problem, HttpHeaders headers) {
    return ResponseEntity.status(problem.getStatus())
        .headers(headers)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem);
  }

  private static ProblemDetail problem(ProblemType type, List<Refusal.Problem> errors) {
    ProblemDetail problem =
        type.with(
            errors.stream()
                .map(error -> error.field() + ": " + error.message())
                .collect(Collectors.joining("; ")));
    problem.setProperty("errors", errors);
    return problem;
  }

  private static ResponseEntity<ProblemDetail> answer(ProblemDetail problem) {
    return ResponseEntity.status(problem.getStatus()).body(problem);
  }

  private static ResponseEntity<Object> plain(ProblemDetail problem) {
    return ResponseEntity.status(problem.getStatus()).body(problem);
  }
}
