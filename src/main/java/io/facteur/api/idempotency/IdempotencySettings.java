package io.facteur.api.idempotency;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How repeated requests are known again.
 *
 * @param keepAnswers how long an {@code Idempotency-Key} is remembered
 */
@Validated
@ConfigurationProperties("facteur.api")
record IdempotencySettings(@NotNull Duration keepAnswers) {}
