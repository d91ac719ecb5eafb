package io.facteur.api.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.facteur.api.json.ApiJson;
import io.facteur.api.problem.DatabaseRule;
import io.facteur.api.problem.ProblemException;
import io.facteur.api.problem.ProblemType;
import io.facteur.party.CompanyId;
import io.facteur.party.CurrentActor;
import io.facteur.party.Refusal;
import java.lang.reflect.Method;
import java.lang.reflect.UndeclaredThrowableException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Carries out what {@link Idempotent} promises. */
class IdempotencyAdvice implements MethodInterceptor {

  static final String KEY = "Idempotency-Key";
  static final String REPLAYED = "Idempotent-Replayed";

  private static final Pattern VALID = Pattern.compile("[A-Za-z0-9._:~/+=-]{1,100}");
  private static final int LONGEST_OPERATION = 200;

  private final KeptAnswers answers;
  private final TransactionTemplate transaction;
  private final CurrentActor actor;
  private final ApiJson json;

  IdempotencyAdvice(
      KeptAnswers answers, TransactionTemplate transaction, CurrentActor actor, ApiJson json) {
    this.answers = answers;
    this.transaction = transaction;
    this.actor = actor;
    this.json = json;
  }

  @Override
  public Object invoke(MethodInvocation call) throws Throwable {
    var http = ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes());
    String key = http.getRequest().getHeader(KEY);
    if (key == null) {
      return call.proceed();
    }
    if (!VALID.matcher(key).matches()) {
      throw Refusal.invalid(
          KEY, "must consist of 1 to 100 letters, digits and . _ : ~ / + = -, e.g. a UUID");
    }
    String query = http.getRequest().getQueryString();
    String operation =
        http.getRequest().getMethod()
            + " "
            + http.getRequest().getRequestURI()
            + (query == null ? "" : "?" + query)
            + limits();
    var request =
        new KeptAnswers.Request(
            actor.name(),
            key,
            operation.length() <= LONGEST_OPERATION ? operation : sha256(operation.getBytes(UTF_8)),
            sha256(body(call)));
    answers.forgetOld();
    try {
      return transaction.execute(status -> once(request, call));
    } catch (UndeclaredThrowableException e) {
      throw e.getUndeclaredThrowable();
    }
  }

  /** Whoever is limited to other companies by now gets no answer from before. */
  private String limits() {
    return actor.limitedTo().isEmpty()
        ? ""
        : " of " + actor.limitedTo().stream().map(CompanyId::value).sorted().toList();
  }

  private ResponseEntity<?> once(KeptAnswers.Request request, MethodInvocation call) {
    boolean first;
    try {
      first = answers.reserve(request);
    } catch (PessimisticLockingFailureException e) {
      throw inProgress();
    } catch (UncategorizedSQLException e) {
      throw DatabaseRule.isLockTimeout(e) ? inProgress() : e;
    }
    if (!first) {
      return replay(request);
    }
    ResponseEntity<?> response = (ResponseEntity<?>) proceed(call);
    answers.keep(request, answer(response));
    return response;
  }

  private ResponseEntity<String> replay(KeptAnswers.Request request) {
    KeptAnswers.Kept kept = answers.get(request.user(), request.key());
    if (!isSame(kept.operation(), request.operation())
        || !kept.bodySha256().equals(request.bodySha256())) {
      throw new ProblemException(
          ProblemType.KEY_REUSED.with(
              KEY + " '" + request.key() + "' was used for another request: take a new one."));
    }
    KeptAnswers.Answer answer = kept.answer();
    HttpHeaders headers = new HttpHeaders();
    headers.set(REPLAYED, "true");
    if (answer.location() != null) {
      headers.set(HttpHeaders.LOCATION, answer.location());
    }
    if (answer.body() == null) {
      return ResponseEntity.status(answer.status()).headers(headers).build();
    }
    headers.setContentType(MediaType.APPLICATION_JSON);
    return ResponseEntity.status(answer.status()).headers(headers).body(answer.body());
  }

  /** An operation that told of somebody who was erased since is kept as its hash alone. */
  private static boolean isSame(String kept, String operation) {
    return kept.equals(operation) || kept.equals(sha256(operation.getBytes(UTF_8)));
  }

  private KeptAnswers.Answer answer(ResponseEntity<?> response) {
    return new KeptAnswers.Answer(
        response.getStatusCode().value(),
        response.getHeaders().getFirst(HttpHeaders.LOCATION),
        response.getBody() == null ? null : text(response.getBody()));
  }

  private byte[] body(MethodInvocation call) {
    Method method = call.getMethod();
    for (int i = 0; i < method.getParameterCount(); i++) {
      if (method.getParameters()[i].isAnnotationPresent(RequestBody.class)) {
        Object body = call.getArguments()[i];
        return body instanceof byte[] bytes ? bytes : text(body).getBytes(UTF_8);
      }
    }
    return new byte[0];
  }

  private String text(Object value) {
    try {
      return json.mapper().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what is sent and answered here is JSON", e);
    }
  }

  private static Object proceed(MethodInvocation call) {
    try {
      return call.proceed();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new UndeclaredThrowableException(e);
    }
  }

  private static ProblemException inProgress() {
    HttpHeaders headers = new HttpHeaders();
    headers.set(HttpHeaders.RETRY_AFTER, "2");
    return new ProblemException(
        ProblemType.BUSY.with(
            "The first request with this " + KEY + " is still being answered: ask again."),
        headers);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 belongs to every Java", e);
    }
  }
}
