package io.facteur.dispatch;

/**
 * The routes are not all there yet, or not any more: what they offer cannot be told at this moment.
 * Whatever needs to know is left undone and tried again.
 */
public class RoutesAwayException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public RoutesAwayException() {
    super("the routes are being started or stopped: try again in a moment");
  }
}
