package io.facteur.camel;

import java.time.Clock;
import java.util.Date;
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
 * that are gone, Camel does not notice a changed time zone, and a machine whose clock is wrong
 * stores a first time that is too late.
 */
@Component
class ScheduleReconciler {

  private static final Logger log = LoggerFactory.getLogger(ScheduleReconciler.class);

  private final Scheduler scheduler;
  private final Clock clock;

  ScheduleReconciler(Scheduler scheduler, Clock clock) {
    this.scheduler = scheduler;
    this.clock = clock;
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
    } else if (stored instanceof CronTrigger cron) {
      TimeZone zone = zone(endpoint);
      Date now = Date.from(clock.instant());
      Trigger right =
          cron.getTriggerBuilder()
              .startAt(now)
              .withSchedule(
                  CronScheduleBuilder.cronSchedule(cron.getCronExpression()).inTimeZone(zone))
              .build();
      if (!zone.equals(cron.getTimeZone())) {
        scheduler.rescheduleJob(key, right);
        log.info("schedule {} now runs in time zone {}", key, zone.getID());
      } else if (isTooLate(cron.getNextFireTime(), right.getFireTimeAfter(now))) {
        scheduler.rescheduleJob(key, right);
        log.info("schedule {} was put off and now runs in time", key);
      }
    }
  }

  private static boolean isTooLate(Date stored, Date first) {
    return stored != null && first != null && stored.toInstant().isAfter(first.toInstant());
  }

  private static TimeZone zone(QuartzEndpoint endpoint) {
    Object configured = endpoint.getTriggerParameters().get("timeZone");
    return configured == null ? TimeZone.getDefault() : TimeZone.getTimeZone(configured.toString());
  }
}
