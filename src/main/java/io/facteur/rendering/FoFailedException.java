package io.facteur.rendering;

import java.util.List;
import java.util.stream.Collectors;

/** XSL-FO does not give the document that it describes. */
final class FoFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<FoComplaint> complaints;

  /**
   * For these reasons.
   *
   * @param complaints at least one
   */
  FoFailedException(List<FoComplaint> complaints, Throwable cause) {
    super(complaints.stream().map(FoComplaint::reason).collect(Collectors.joining("; ")), cause);
    this.complaints = List.copyOf(complaints);
  }

  List<FoComplaint> complaints() {
    return complaints;
  }
}
