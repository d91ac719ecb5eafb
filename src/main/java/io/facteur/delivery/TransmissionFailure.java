package io.facteur.delivery;

import java.util.Objects;

/**
 * A transmission that did not come out well, or whose outcome is not recorded yet; carries the
 * receipt to be recorded.
 */
public class TransmissionFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Receipt receipt;

  public TransmissionFailure(Receipt receipt, Throwable cause) {
    super(Objects.requireNonNullElse(receipt.reason(), receipt.outcome().name()), cause);
    this.receipt = receipt;
  }

  public Receipt receipt() {
    return receipt;
  }
}
