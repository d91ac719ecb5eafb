package io.facteur.run;

import io.facteur.document.RunId;
import io.facteur.party.CurrentActor;
import java.time.Duration;
import org.springframework.stereotype.Service;

/**
 * Stops a run, takes it up again, or ends it (DISP-8). Each may be repeated: what is so already
 * stays so.
 */
@Service
public class RunControl {

  /** Larger runs go on being settled after the answer; see {@link RunSettling}. */
  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  private final RunStops stops;
  private final RunSettling settling;
  private final CurrentActor actor;

  RunControl(RunStops stops, RunSettling settling, CurrentActor actor) {
    this.stops = stops;
    this.settling = settling;
    this.actor = actor;
  }

  /**
   * Pauses a run. When this returns no draft, number or transmission of it begins any more; what
   * had begun comes to its outcome.
   *
   * @throws io.facteur.party.Refusal if there is no such run, or it has ended
   */
  public void pause(RunId run) {
    stops.pause(run, actor.name());
    settling.settle(run, AT_ONCE);
  }

  /**
   * Lets a paused run go on where it was.
   *
   * @throws io.facteur.party.Refusal if there is no such run, or it has ended
   */
  public void resume(RunId run) {
    stops.resume(run, actor.name());
    settling.settle(run, AT_ONCE);
  }

  /**
   * Ends a run: its drafts are discarded and their periods can be billed again; what has not begun
   * to go out is cancelled, without a fallback. Issued documents stay.
   *
   * @throws io.facteur.party.Refusal if there is no such run, or it has ended and left no drafts
   */
  public void cancel(RunId run) {
    stops.cancel(run, actor.name());
    settling.settle(run, AT_ONCE);
  }
}
