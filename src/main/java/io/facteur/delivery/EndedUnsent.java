package io.facteur.delivery;

import java.util.EnumSet;
import java.util.Set;

/** The states in which a delivery has ended without reaching anybody (DISP-5). */
final class EndedUnsent {

  /** FAILED counts only when it is given up, i.e. has no retry time. */
  static final Set<DeliveryState> STATES =
      EnumSet.of(
          DeliveryState.SKIPPED,
          DeliveryState.FAILED,
          DeliveryState.CANCELLED,
          DeliveryState.BOUNCED,
          DeliveryState.REJECTED);

  private EndedUnsent() {}
}
