package io.facteur.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.api.idempotency.Idempotent;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.MediaType;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

class IdempotencyTest extends ApiTest {

  private static final String KEY = "Idempotency-Key";

  /** Answers that go with secrets are not kept. */
  /** Beside what gives out secrets only what can be sent again as it is, or writes nothing. */
  private static final Set<String> WITHOUT_KEY =
      Set.of(
          "/api/users",
          "/api/tokens",
          "/api/quantities",
          "/api/runs as text/csv",
          "/api/runs as application/x-ndjson",
          "/api/runs/{id}/pause",
          "/api/runs/{id}/resume",
          "/api/runs/{id}/cancel",
          // Makes nothing that stays.
          "/api/templates/preview as */*");

  @Autowired RequestMappingHandlerMapping requestMappingHandlerMapping;
  @Autowired PlatformTransactionManager transactions;

  @Test
  void theSameKeyAndBodyGetTheFirstAnswer() {
    String key = unique("key-");
    String body = companyJson(unique("I"));

    Answer first = post("/api/companies", body, KEY, key);
    Answer second = post("/api/companies", body, KEY, key);

    assertThat(first.status()).isEqualTo(201);
    assertThat(second.status()).isEqualTo(201);
    assertThat(second.header("Location")).isEqualTo(first.header("Location"));
    assertThat(second.json()).isEqualTo(first.json());
    assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(first.header("Idempotent-Replayed")).isNull();
  }

  @Test
  void theSameKeyWithAnotherBodyOrPathIsRefused() {
    String key = unique("key-");
    post("/api/companies", companyJson(unique("I")), KEY, key);
    long companies = count("company");

    Answer otherBody = post("/api/companies", companyJson(unique("I")), KEY, key);
    Answer otherPath =
        post("/api/contacts", "{\"name\": \"x\", \"company\": \"y\", \"code\": \"z\"}", KEY, key);

    assertThat(otherBody.status()).isEqualTo(422);
    assertThat(otherBody.header("Content-Type")).startsWith("application/problem+json");
    assertThat(otherPath.status()).isEqualTo(422);
    assertThat(count("company")).isEqualTo(companies);
  }

  @Test
  void aRefusalIsNotKept() {
    String key = unique("key-");
    String code = unique("I");
    String wrong = companyJson(code).replace("7890 189", "7890 188");

    assertThat(post("/api/companies", wrong, KEY, key).status()).isEqualTo(400);
    assertThat(post("/api/companies", companyJson(code), KEY, key).status()).isEqualTo(201);
  }

  @Test
  void aKeyOfStrangeCharactersIsRefused() {
    Answer answer = post("/api/companies", companyJson(unique("I")), KEY, "a b");
    Answer tooLong = post("/api/companies", companyJson(unique("I")), KEY, "k".repeat(101));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.fields()).containsExactly(KEY);
    assertThat(tooLong.status()).isEqualTo(400);
  }

  @Test
  void manyAtOnceDoItOnce() {
    String key = unique("key-");
    String body = companyJson(unique("I"));
    long before = count("company");

    List<Answer> answers =
        IntStream.range(0, 8)
            .mapToObj(
                i -> CompletableFuture.supplyAsync(() -> post("/api/companies", body, KEY, key)))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();

    assertThat(answers).extracting(Answer::status).isSubsetOf(201, 409).contains(201);
    assertThat(answers)
        .filteredOn(answer -> answer.status() == 409)
        .allSatisfy(answer -> assertThat(answer.header("Retry-After")).isNotNull());
    assertThat(count("company")).isEqualTo(before + 1);
    assertThat(post("/api/companies", body, KEY, key).status()).isEqualTo(201);
  }

  @Test
  void aFirstRequestThatDiedBeforeItsAnswerBlocksNobody() {
    String key = unique("key-");
    String body = companyJson(unique("I"));
    var whileItLives = new AtomicReference<Answer>();

    // As a killed node leaves it: reserved, its transaction rolled back with the connection.
    new TransactionTemplate(transactions)
        .executeWithoutResult(
            status -> {
              jdbc.sql(
                      """
                      INSERT INTO idempotent_request (user_name, request_key, operation, body_sha256)
                      VALUES ('admin', :key, 'POST /api/companies', REPEAT('0', 64))
                      """)
                  .param("key", key)
                  .update();
              whileItLives.set(post("/api/companies", body, KEY, key));
              status.setRollbackOnly();
            });

    assertThat(whileItLives.get().status()).isEqualTo(409);
    assertThat(whileItLives.get().header("Retry-After")).isNotNull();
    assertThat(post("/api/companies", body, KEY, key).status()).isEqualTo(201);
  }

  @Test
  void everyPostTakesAKey() {
    Set<String> without =
        requestMappingHandlerMapping.getHandlerMethods().entrySet().stream()
            .filter(
                mapping ->
                    mapping
                        .getKey()
                        .getMethodsCondition()
                        .getMethods()
                        .contains(RequestMethod.POST))
            .filter(
                mapping ->
                    !AnnotatedElementUtils.hasAnnotation(
                        mapping.getValue().getMethod(), Idempotent.class))
            .flatMap(mapping -> names(mapping.getKey()))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(without).isEqualTo(WITHOUT_KEY);
  }

  private static Stream<String> names(RequestMappingInfo mapping) {
    return mapping.getPatternValues().stream()
        .flatMap(
            path ->
                mapping.getProducesCondition().getProducibleMediaTypes().stream()
                    .map(MediaType::toString)
                    .filter(type -> !type.equals("application/json"))
                    .map(type -> path + " as " + type)
                    .reduce((one, other) -> one)
                    .map(Stream::of)
                    .orElse(Stream.of(path)));
  }
}
