package io.facteur.rendering;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Where documents come from and go to.
 *
 * @param store folder of the {@link DocumentStore}
 * @param templates folder of the templates
 */
@Validated
@ConfigurationProperties("facteur")
public record RenderingSettings(
    @NotNull Path store, @NotNull Path templates, @NotNull @Valid Rendering rendering) {

  /**
   * What one document may use.
   *
   * @param timeLimit for one file
   * @param sizeLimit of one file
   */
  public record Rendering(@NotNull Duration timeLimit, @NotNull DataSize sizeLimit) {}

  Limits limits() {
    return new Limits(rendering.timeLimit(), rendering.sizeLimit().toBytes());
  }
}
