package io.facteur.run;

/** How far a run has come. */
public enum RunState {
  /** Makes its documents. */
  RUNNING,
  /** Has made its documents; they are being issued and delivered. */
  DISPATCHING,
  /** Every delivery of its documents is at rest. */
  COMPLETED,
  /** Given up while it made its documents; what it had made until then stays. */
  FAILED
}
