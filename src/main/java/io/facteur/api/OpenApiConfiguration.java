package io.facteur.api;

import io.facteur.api.idempotency.Idempotent;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.List;
import java.util.Map;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code /v3/api-docs} says beyond the controllers. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

  private static final String DESCRIPTION =
      """
      Companies, contacts, contracts, documents and their deliveries.

      **Errors** are problem documents (RFC 9457); `errors` names each wrong field as
      `{field, message}`. What is refused has changed nothing.

      **Repeating**: POSTs that create or send take an `Idempotency-Key`. The same key with the same
      body gets the first answer; with another body 422.

      **Changing**: a single thing carries its version as `ETag`. Send it back as `If-Match`, and
      the change is refused with 412 where somebody else was faster.

      **Lists** take `page`, `size` and `sort`.
      """;

  private static final Map<String, String> PROBLEMS =
      Map.of(
          "400", "A value is wrong, or the body cannot be read.",
          "401", "Nobody, or a wrong password or token.",
          "403", "The roles of this user do not allow it.",
          "404", "What the path names does not exist.",
          "409", "It contradicts what is there.",
          "412", "It has been changed in the meantime (`If-Match`).",
          "422", "The `Idempotency-Key` belongs to another request.",
          "429", "Too many wrong passwords; `Retry-After` says when to try again.");

  @Bean
  OpenAPI description(ObjectProvider<BuildProperties> build) {
    String version =
        build.stream().map(BuildProperties::getVersion).findFirst().orElse("development");
    return new OpenAPI()
        .info(new Info().title("Facteur").version(version).description(DESCRIPTION))
        .components(
            new Components()
                .addSecuritySchemes(
                    "basic", new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("basic"))
                .addSecuritySchemes(
                    "token", new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer"))
                .addSchemas("Problem", problem()))
        .security(
            List.of(
                new SecurityRequirement().addList("basic"),
                new SecurityRequirement().addList("token")));
  }

  @Bean
  OperationCustomizer repeatedRequestsAndProblems() {
    return (operation, method) -> {
      boolean idempotent = method.hasMethodAnnotation(Idempotent.class);
      if (idempotent) {
        operation.addParametersItem(
            new HeaderParameter()
                .name("Idempotency-Key")
                .description("Up to 100 characters, e.g. a UUID; remembered for some days.")
                .schema(new StringSchema().maxLength(100)));
      }
      Content content =
          new Content()
              .addMediaType(
                  "application/problem+json",
                  new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem")));
      PROBLEMS.forEach(
          (status, text) -> {
            if (idempotent || !status.equals("422")) {
              operation
                  .getResponses()
                  .computeIfAbsent(
                      status, code -> new ApiResponse().description(text).content(content));
            }
          });
      return operation;
    };
  }

  private static Schema<?> problem() {
    Schema<?> error =
        new Schema<>()
            .type("object")
            .addProperty("field", new StringSchema().example("lines[0].vatRate"))
            .addProperty("message", new StringSchema());
    return new Schema<>()
        .type("object")
        .description("RFC 9457.")
        .addProperty("type", new StringSchema().example("urn:facteur:problem:invalid"))
        .addProperty("title", new StringSchema())
        .addProperty("status", new Schema<>().type("integer"))
        .addProperty("detail", new StringSchema())
        .addProperty("errors", new ArraySchema().items(error));
  }
}
