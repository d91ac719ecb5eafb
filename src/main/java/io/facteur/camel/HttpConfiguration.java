package io.facteur.camel;

import org.apache.camel.component.http.HttpComponent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The client behind {@code http:} and {@code https:} endpoints. */
@Configuration(proxyBeanMethods = false)
class HttpConfiguration {

  private static final long CONNECT_MILLIS = 10_000;
  private static final long ANSWER_MILLIS = 60_000;

  @Bean("http-component")
  HttpComponent http() {
    return component();
  }

  @Bean("https-component")
  HttpComponent https() {
    return component();
  }

  private static HttpComponent component() {
    HttpComponent component = new HttpComponent();
    // The ledger owns retries: a request that was repeated unseen could be carried out twice.
    component.setHttpClientConfigurer(client -> client.disableAutomaticRetries());
    component.setConnectTimeout(CONNECT_MILLIS);
    component.setResponseTimeout(ANSWER_MILLIS);
    component.setSoTimeout(ANSWER_MILLIS);
    component.setFollowRedirects(false);
    return component;
  }
}
