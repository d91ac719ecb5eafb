package io.facteur.rendering;

import io.facteur.contract.DocumentFormats;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts the rendering of documents together. */
@Configuration(proxyBeanMethods = false)
class RenderingConfiguration {

  @Bean
  Templates templates(RenderingSettings settings, ObjectProvider<TemplateTrial> others) {
    return new Templates(settings.templates(), others.getIfAvailable(() -> TemplateTrial.NONE));
  }

  @Bean
  EInvoiceValidator eInvoiceValidator() {
    return new EInvoiceValidator();
  }

  @Bean
  DocumentFormats documentFormats(EInvoiceSettings settings) {
    return new FormatChoice(settings);
  }

  @Bean
  DocumentStore documentStore(RenderingSettings settings) {
    return new DocumentStore(settings.store());
  }

  @Bean
  DocumentRenderer documentRenderer(
      Templates templates, EInvoiceValidator validator, RenderingSettings settings, Clock clock) {
    return new DocumentRenderer(templates, validator, settings.limits(), clock);
  }

  @Bean
  Renditions renditions(
      DocumentRenderer renderer, DocumentStore store, JdbcClient database, Clock clock) {
    return new Renditions(renderer, store, new RenditionTable(database), clock);
  }
}
