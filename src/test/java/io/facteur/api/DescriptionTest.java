package io.facteur.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DescriptionTest extends ApiTest {

  @Test
  void everyOperationIsDescribedAndSecured() {
    Answer answer = get("/v3/api-docs");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().at("/components/securitySchemes"))
        .extracting(scheme -> scheme.get("scheme").asText())
        .containsExactlyInAnyOrder("basic", "bearer");
    answer
        .json()
        .get("paths")
        .forEach(
            path ->
                path.forEach(
                    operation -> {
                      assertThat(operation.path("summary").asText())
                          .as(operation.toString())
                          .isNotBlank();
                      assertThat(operation.get("responses").has("401")).isTrue();
                    }));
  }

  @Test
  void theUiIsThere() {
    Answer answer = get("/swagger-ui/index.html");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.http().body()).contains("swagger-ui");
  }
}
