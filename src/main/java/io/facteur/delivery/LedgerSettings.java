package io.facteur.delivery;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the ledger.
 *
 * @param claimLease how long a claimed transmission may wait in a node's queue
 * @param sendLease how long one may be under way; longer than the ten minutes that a mail server
 *     may take to answer the final dot (RFC 5321 §4.5.3.2.6)
 * @param handOutAgain after which what was named to a broker, and nobody has claimed, is named
 *     again
 * @param databasePatience how long a thread that holds an outcome waits for a database that is away
 */
@Validated
@ConfigurationProperties("facteur.ledger")
public record LedgerSettings(
    @NotNull @DefaultValue("PT5M") Duration claimLease,
    @NotNull @DefaultValue("PT15M") Duration sendLease,
    @NotNull @DefaultValue("PT60S") Duration handOutAgain,
    @NotNull @DefaultValue("PT10M") Duration databasePatience) {}
