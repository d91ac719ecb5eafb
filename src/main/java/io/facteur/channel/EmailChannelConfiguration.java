package io.facteur.channel;

import io.facteur.delivery.Marker;
import io.facteur.rendering.Templates;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the parts of the e-mail channel together. */
@Configuration(proxyBeanMethods = false)
class EmailChannelConfiguration {

  @Bean
  MailTemplates mailTemplates(Templates templates) {
    return new MailTemplates(templates);
  }

  @Bean
  MailTrial mailTrial() {
    return new MailTrial();
  }

  @Bean
  MailComposer mailComposer(
      DocumentSource documents,
      Attachments attachments,
      MailTemplates templates,
      @Value("${facteur.installation}") String installation,
      Clock clock) {
    return new MailComposer(documents, attachments, templates, installation, clock);
  }

  @Bean
  MailTransports mailTransports(Marker marker, Clock clock, SslBundles bundles) {
    return new MailTransports(
        marker, clock, bundle -> bundles.getBundle(bundle).createSslContext().getSocketFactory());
  }

  @Bean
  MailSender smtp(SmtpSettings account, MailTransports transports) {
    return new MailSender(account, transports);
  }

  @Bean
  MailReceipts mailReceipts() {
    return new MailReceipts();
  }
}
