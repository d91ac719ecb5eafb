package io.facteur.delivery;

import java.util.Objects;

/** A transmission that did not come out well; carries the receipt to be recorded. */
public class TransmissionFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Receipt receipt;

  public TransmissionFailure(Receipt receipt, Throwable cause) {
    super(Objects.requireNonNull(receipt.reason()), cause);
    this.receipt = receipt;
  }

  public Receipt receipt() {
    return receipt;
  }
}
