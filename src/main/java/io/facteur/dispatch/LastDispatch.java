package io.facteur.dispatch;

import io.facteur.contract.Role;
import java.util.List;

/**
 * How a contract's last document went out, as it was planned first: without what people have sent
 * by hand or again.
 *
 * @param number of the document
 */
public record LastDispatch(String number, List<Delivery> deliveries) {

  /**
   * One way in which it went out, or did not.
   *
   * @param individual address of an INDIVIDUAL, else null
   * @param destination null if it never came so far that one was recorded
   */
  public record Delivery(
      String origin,
      String channel,
      Role role,
      String individual,
      boolean copy,
      boolean skipped,
      Destination destination) {}

  public LastDispatch {
    deliveries = List.copyOf(deliveries);
  }
}
