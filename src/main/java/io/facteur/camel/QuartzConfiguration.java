package io.facteur.camel;

import io.facteur.clock.ClockWatch;
import io.facteur.delivery.Node;
import java.util.Properties;
import javax.sql.DataSource;
import org.apache.camel.component.quartz.QuartzComponent;
import org.quartz.Scheduler;
import org.quartz.impl.StdSchedulerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.quartz.SchedulerFactoryBean;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The scheduler behind the {@code quartz:} endpoints: its triggers stand in the routes, its
 * clustered job store in the database, so that each fires once however many nodes there are, and
 * none by a machine whose clock is wrong.
 */
@Configuration(proxyBeanMethods = false)
class QuartzConfiguration {

  @Bean
  SchedulerFactoryBean quartzScheduler(
      DataSource dataSource, PlatformTransactionManager transactions, Node node, ClockWatch clock) {
    Properties properties = new Properties();
    properties.setProperty("org.quartz.scheduler.instanceName", "facteur");
    // Not AUTO, which asks for this machine's address: not every machine can resolve its own name.
    properties.setProperty("org.quartz.scheduler.instanceId", node.name());
    properties.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
    properties.setProperty("org.quartz.jobStore.class", ClockedJobStore.class.getName());
    properties.setProperty("org.quartz.jobStore.isClustered", "true");
    properties.setProperty("org.quartz.jobStore.clusterCheckinInterval", "5000");
    properties.setProperty("org.quartz.jobStore.useProperties", "false");
    properties.setProperty("org.quartz.threadPool.threadCount", "4");
    SchedulerFactoryBean factory =
        new SchedulerFactoryBean() {
          @Override
          public void afterPropertiesSet() throws Exception {
            ClockedJobStore.CLOCK_IS_RIGHT.set(clock::isRight);
            try {
              super.afterPropertiesSet();
            } finally {
              ClockedJobStore.CLOCK_IS_RIGHT.remove();
            }
          }
        };
    factory.setDataSource(dataSource);
    factory.setTransactionManager(transactions);
    factory.setQuartzProperties(properties);
    factory.setAutoStartup(false); // Camel starts it when its routes are there
    return factory;
  }

  @Bean("quartz-component")
  QuartzComponent quartzComponent(Scheduler scheduler) {
    QuartzComponent component = new QuartzComponent();
    component.setEnableJmx(false);
    component.setAutowiredEnabled(false);
    // Through a factory, not as a scheduler: so Camel prepares and stops it with its own life.
    component.setSchedulerFactory(
        new StdSchedulerFactory() {
          @Override
          public Scheduler getScheduler() {
            return scheduler;
          }
        });
    return component;
  }
}
