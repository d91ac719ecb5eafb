package io.facteur.camel;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.quartz.JobPersistenceException;
import org.quartz.SchedulerConfigException;
import org.quartz.spi.ClassLoadHelper;
import org.quartz.spi.OperableTrigger;
import org.quartz.spi.SchedulerSignaler;
import org.springframework.scheduling.quartz.LocalDataSourceJobStore;

/**
 * The clustered job store, which does nothing while this machine's clock is wrong: Quartz goes by
 * it, and would fire triggers before their time, take them for missed and put them off for all
 * nodes, or take the other nodes for dead.
 */
@SuppressWarnings("unchecked") // what Quartz overrides without its type
public final class ClockedJobStore extends LocalDataSourceJobStore {

  /** Quartz makes the store by its name; here it finds what it needs. */
  static final ThreadLocal<BooleanSupplier> CLOCK_IS_RIGHT = new ThreadLocal<>();

  private BooleanSupplier clockIsRight;

  @Override
  public void initialize(ClassLoadHelper loader, SchedulerSignaler signaler)
      throws SchedulerConfigException {
    clockIsRight = CLOCK_IS_RIGHT.get();
    super.initialize(loader, signaler);
  }

  @Override
  public List<OperableTrigger> acquireNextTriggers(long noLaterThan, int most, long window)
      throws JobPersistenceException {
    return clockIsRight.getAsBoolean()
        ? super.acquireNextTriggers(noLaterThan, most, window)
        : List.of();
  }

  @Override
  protected RecoverMisfiredJobsResult doRecoverMisfires() throws JobPersistenceException {
    return clockIsRight.getAsBoolean()
        ? super.doRecoverMisfires()
        : RecoverMisfiredJobsResult.NO_OP;
  }

  @Override
  protected boolean doCheckin() throws JobPersistenceException {
    return clockIsRight.getAsBoolean() && super.doCheckin();
  }
}
