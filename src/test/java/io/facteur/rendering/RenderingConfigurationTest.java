package io.facteur.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

class RenderingConfigurationTest {

  @EnableConfigurationProperties({RenderingSettings.class, EInvoiceSettings.class})
  @Configuration(proxyBeanMethods = false)
  static class Settings {}

  @TempDir Path store;

  @Test
  void theShippedSettingsPutRenderingTogether() {
    new ApplicationContextRunner()
        .withInitializer(new ConfigDataApplicationContextInitializer())
        .withPropertyValues("facteur.store=" + store)
        .withUserConfiguration(Settings.class, RenderingConfiguration.class)
        .withBean(Clock.class, Clock::systemUTC)
        .withBean(JdbcClient.class, () -> JdbcClient.create(TestDatabase.fresh()))
        .run(
            context -> {
              assertThat(context).hasNotFailed().hasSingleBean(Renditions.class);
              assertThat(context.getBean(RenderingSettings.class).limits())
                  .isEqualTo(new Limits(Duration.ofSeconds(30), 20L << 20));
            });
  }
}
