package io.facteur.delivery;

/** The states of a delivery (DISP-7). Only this package writes them. */
public enum DeliveryState {
  /** Waits for a decision: its run is paused, or its print run open. */
  PLANNED,
  /** Waits for a node to claim it: the row is the queue. */
  QUEUED,
  SENDING,
  SENT,
  /** Not handed over; with a retry time it goes again, without one it is given up. */
  FAILED,
  /** Nobody can tell whether it was handed over; never sent again by itself. */
  UNCERTAIN,
  SKIPPED,
  CANCELLED,
  BOUNCED,
  /** Lies where its consumer takes it. */
  SPOOLED,
  /** Taken by its consumer. */
  CLAIMED,
  PRINTED,
  HANDED_OVER,
  /** Accepted by the e-invoice network. */
  ACCEPTED,
  /** Rejected by the e-invoice network. */
  REJECTED
}
