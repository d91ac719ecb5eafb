package io.facteur.document;

import static io.facteur.document.DocumentType.CREDIT_NOTE;
import static io.facteur.document.DocumentType.DELIVERY_NOTE;
import static io.facteur.document.DocumentType.INSTALMENT;
import static io.facteur.document.DocumentType.INVOICE;
import static io.facteur.document.DocumentType.ORDER;
import static io.facteur.document.DocumentType.PAYMENT_NOTICE;
import static io.facteur.document.DocumentType.QUOTE;
import static io.facteur.document.DocumentType.REMINDER;
import static io.facteur.document.DocumentType.SETTLEMENT;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which documents may follow which (ADDR-4). The trigger {@code document_follows} holds the same
 * table.
 */
public final class DocumentChain {

  private static final List<DocumentType> ABOUT_A_BILL =
      List.of(CREDIT_NOTE, REMINDER, PAYMENT_NOTICE);

  private static final Map<DocumentType, List<DocumentType>> STEPS =
      Map.of(
          QUOTE,
          List.of(ORDER, INVOICE),
          ORDER,
          List.of(DELIVERY_NOTE, INVOICE),
          DELIVERY_NOTE,
          List.of(INVOICE),
          INVOICE,
          ABOUT_A_BILL,
          INSTALMENT,
          ABOUT_A_BILL,
          SETTLEMENT,
          ABOUT_A_BILL);

  private DocumentChain() {}

  /** The types that can follow a document; none if it is the end of its chain. */
  public static List<DocumentType> after(DocumentType type) {
    return STEPS.getOrDefault(type, List.of());
  }

  static boolean allows(DocumentType type, DocumentType follower) {
    return after(type).contains(follower);
  }

  /** Whether a document of that type takes over the lines of the one that it follows. */
  static boolean carriesLines(DocumentType follower) {
    return follower != CREDIT_NOTE && !statesBill(follower);
  }

  /** Whether a document of that type has no lines, but names a bill and what is open of it. */
  static boolean statesBill(DocumentType follower) {
    return follower == REMINDER || follower == PAYMENT_NOTICE;
  }

  /** Why a step is none, and what is possible instead. */
  static String refusal(String number, DocumentType type, DocumentType follower) {
    List<DocumentType> possible = after(type);
    return "%s cannot follow %s, a document of type %s: %s"
        .formatted(
            follower,
            number,
            type,
            possible.isEmpty()
                ? "nothing can"
                : possible.stream().map(Enum::name).collect(Collectors.joining(", ")) + " can");
  }
}
