package io.facteur.delivery;

import java.util.Map;
import org.springframework.stereotype.Component;

/** Makes receipts for channels that need no Java of their own. */
@Component
public class Receipts {

  /**
   * The counterpart has accepted the shipment; the evidence is one named value, e.g. its answer.
   */
  public Receipt sent(String evidence, String value) {
    return Receipt.sent(Map.of(evidence, value == null ? "" : value));
  }
}
