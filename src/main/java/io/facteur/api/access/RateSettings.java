package io.facteur.api.access;

import jakarta.validation.constraints.PositiveOrZero;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How much may be asked for.
 *
 * @param requestsPerMinute of each user on each node; 0: any number
 */
@Validated
@ConfigurationProperties("facteur.api")
record RateSettings(@PositiveOrZero int requestsPerMinute) {}
