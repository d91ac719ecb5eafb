package io.facteur.party;

/**
 * Addresses that stand on a document because somebody set them there, or because its predecessor
 * had such (ADDR-2a, ADDR-4).
 */
public record HandSetMailboxes(Mailboxes mailboxes, Source source) {

  /** Where they come from. */
  public enum Source {
    HAND("set by hand on the document"),
    PREDECESSOR("inherited from the preceding document");

    private final String words;

    Source(String words) {
      this.words = words;
    }
  }

  String words() {
    return source.words;
  }
}
