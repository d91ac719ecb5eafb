package io.facteur.camel;

import jakarta.jms.JMSException;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.component.seda.SedaComponent;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jms.connection.CachingConnectionFactory;

/**
 * The queues behind {@code seda:} and {@code jms:} endpoints. Nothing connects to a broker before a
 * route uses one.
 */
@Configuration(proxyBeanMethods = false)
class BrokerConfiguration {

  private static final int CHUNKS_IN_MEMORY = 4;
  private static final int ANSWER_MILLIS = 10_000;
  private static final int RECONNECT_MILLIS = 2_000;

  /** A full queue makes whoever hands out wait. */
  @Bean("seda-component")
  SedaComponent sedaComponent() {
    SedaComponent component = new SedaComponent();
    component.setQueueSize(CHUNKS_IN_MEMORY);
    component.setDefaultBlockWhenFull(true);
    return component;
  }

  @Bean
  BrokerConnections brokerConnections(BrokerSettings settings) {
    return new BrokerConnections(settings);
  }

  @Bean("jms-component")
  JmsComponent jmsComponent(BrokerConnections connections) {
    JmsComponent component = new JmsComponent();
    component.setConnectionFactory(connections.factory());
    component.getConfiguration().setTemplateConnectionFactory(connections.pool());
    component.setMessageConverter(new TextMessages());
    component.setHeaderFilterStrategy(new NoHeaders());
    component.setDisableReplyTo(true);
    component.setRecoveryInterval(RECONNECT_MILLIS);
    return component;
  }

  /** Connections to the broker, made when they are first needed and after they were lost. */
  static final class BrokerConnections implements DisposableBean {

    private final ActiveMQConnectionFactory factory;
    private final CachingConnectionFactory pool;

    BrokerConnections(BrokerSettings settings) {
      factory = new ActiveMQConnectionFactory(settings.url());
      factory.setUser(settings.username());
      factory.setPassword(settings.password());
      factory.setCallTimeout(ANSWER_MILLIS);
      // A node takes a chunk when it has nothing else to do, so that none lies with a busy one.
      factory.setConsumerWindowSize(0);
      factory.setDeserializationDenyList("*");
      pool = new CachingConnectionFactory(factory);
    }

    /** For consumers, which keep a connection themselves. */
    ActiveMQConnectionFactory factory() {
      return factory;
    }

    /** For what is sent and looked at. */
    CachingConnectionFactory pool() {
      return pool;
    }

    @Override
    public void destroy() throws JMSException {
      pool.destroy();
      factory.close();
    }
  }
}
