package io.facteur.api.problem;

import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of what is taken of quantities.
 *
 * @param maxCsvBytes largest file of quantities
 */
@Validated
@ConfigurationProperties("facteur.quantities")
record QuantitySettings(@NotNull DataSize maxCsvBytes) {}
