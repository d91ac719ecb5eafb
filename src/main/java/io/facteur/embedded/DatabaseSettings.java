package io.facteur.embedded;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * How Facteur comes to its database.
 *
 * @param patience ({@code wait}) how long a start waits for an external database that cannot be
 *     reached yet
 */
@ConfigurationProperties("facteur.database")
record DatabaseSettings(@Name("wait") @DefaultValue("PT60S") Duration patience) {}
