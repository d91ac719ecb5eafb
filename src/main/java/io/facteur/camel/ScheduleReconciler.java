package io.facteur.camel;

import java.util.HashMap;
import java.util.Map;
import java.util.TimeZone;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.quartz.CronScheduleBuilder;
import org.quartz.CronTrigger;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Makes the stored triggers what the routes say. A clustered job store keeps the triggers of routes
 * that are gone, and Camel does not notice a changed time zone.
 */
@Component
class ScheduleReconciler {

  private static final Logger log = LoggerFactory.getLogger(ScheduleReconciler.class);

  private final Scheduler scheduler;

  ScheduleReconciler(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  void reconcile(CamelContext context) {
    Map<TriggerKey, QuartzEndpoint> wanted = new HashMap<>();
    context.getRoutes().stream()
        .map(route -> route.getEndpoint())
        .filter(QuartzEndpoint.class::isInstance)
        .map(QuartzEndpoint.class::cast)
        .forEach(endpoint -> wanted.put(endpoint.getTriggerKey(), endpoint));
    try {
      for (TriggerKey stored : scheduler.getTriggerKeys(GroupMatcher.anyGroup())) {
        reconcile(stored, wanted.get(stored));
      }
    } catch (SchedulerException e) {
      throw new IllegalStateException("the stored schedules cannot be compared with the routes", e);
    }
  }

  private void reconcile(TriggerKey key, QuartzEndpoint endpoint) throws SchedulerException {
    Trigger stored = scheduler.getTrigger(key);
    if (stored == null) {
      return;
    }
    if (endpoint == null) {
      scheduler.unscheduleJob(key);
      log.info("schedule {} removed: no route has it any more", key);
    } else if (stored instanceof CronTrigger cron && !zone(endpoint).equals(cron.getTimeZone())) {
      TimeZone zone = zone(endpoint);
      scheduler.rescheduleJob(
          key,
          cron.getTriggerBuilder()
              .withSchedule(
                  CronScheduleBuilder.cronSchedule(cron.getCronExpression()).inTimeZone(zone))
              .build());
      log.info("schedule {} now runs in time zone {}", key, zone.getID());
    }
  }

  private static TimeZone zone(QuartzEndpoint endpoint) {
    Object configured = endpoint.getTriggerParameters().get("timeZone");
    return configured == null ? TimeZone.getDefault() : TimeZone.getTimeZone(configured.toString());
  }
}
