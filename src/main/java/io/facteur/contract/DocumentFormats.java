package io.facteur.contract;

import io.facteur.party.TradeParty;
import java.util.List;

/** The forms in which documents can leave (DISP-1, EINV-1). */
public interface DocumentFormats {

  /** What a definition or route says where the recipient decides. */
  String BY_RECIPIENT = "BY_RECIPIENT";

  /** All names that a definition or route may say. */
  List<String> names();

  /** Whether a definition or route may say that. */
  boolean isFormat(String name);

  /**
   * The format that is meant.
   *
   * @param wish of the definition, else of the route; null: the channel's own choice
   * @param recipient who gets it; null where only a mail address is known
   * @return null if there is no wish
   */
  String chosen(String wish, TradeParty recipient);

  /** The wish that counts: a definition's goes before its route's, and nothing is null. */
  static String wish(String definition, String route) {
    return definition != null || route == null || route.isBlank() ? definition : route;
  }
}
