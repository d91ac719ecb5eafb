package io.facteur.dispatch;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What holds where a company says nothing of its own.
 *
 * @param defaultChannels for documents without definitions: the first that can be carried out
 *     (DISP-4)
 * @param fallbackChannel for a role that nothing has reached; {@code NONE} for nowhere (DISP-5)
 * @param sharedAddressFrom from so many customers on, a plan names a mailbox that they all have
 *     (DISP-6)
 */
@Validated
@ConfigurationProperties("facteur.dispatch")
public record DispatchSettings(
    @NotEmpty @DefaultValue({"EMAIL", "POST"}) List<String> defaultChannels,
    @NotBlank @DefaultValue("POST") String fallbackChannel,
    @Min(2) @DefaultValue("3") int sharedAddressFrom) {}
