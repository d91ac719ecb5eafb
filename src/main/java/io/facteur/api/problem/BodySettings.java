package io.facteur.api.problem;

import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of what is taken.
 *
 * @param maxBody largest body of a request
 */
@Validated
@ConfigurationProperties("facteur.api")
record BodySettings(@NotNull DataSize maxBody) {}
