package io.facteur.run;

/** How far a run has come. */
public enum RunState {
  /** Makes its documents. */
  RUNNING,
  /** Has made its documents; they are being issued and delivered. */
  DISPATCHING,
  /** Makes, issues and sends nothing until it is resumed. */
  PAUSED,
  /** Every delivery of its documents is at rest. */
  COMPLETED,
  /** Given up while it made its documents; what it had made until then stays. */
  FAILED,
  /** Ended by a person: drafts are discarded, what had not begun to go out does not. */
  CANCELLED;

  /** Whether nothing more comes by itself. */
  public boolean isEnded() {
    return this == COMPLETED || this == FAILED || this == CANCELLED;
  }
}
