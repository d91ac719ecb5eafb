package io.facteur.addressing;

import static io.facteur.addressing.Reach.CONTACT_AND_EXISTING;
import static io.facteur.addressing.Reach.DOCUMENT;
import static io.facteur.addressing.Reach.DOCUMENT_AND_CONTACT;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How far changed addresses go where nobody says (ADDR-7). What is left out is as in ADDR-6; {@link
 * ReachTable} refuses what cannot be chosen.
 *
 * @param firstGiven where there was no such address before (ADDR-5)
 */
@ConfigurationProperties("facteur.addresses")
public record ReachSettings(
    Defaults onContact, Defaults onDocument, Defaults whileSending, FirstGiven firstGiven) {

  /** ADDR-6 as it stands. */
  public static final ReachSettings STANDARD = new ReachSettings(null, null, null, null);

  /** For each kind of address. */
  public record Defaults(Reach document, Reach reminder) {

    private static Defaults of(Defaults given, Reach document, Reach reminder) {
      return new Defaults(
          given == null || given.document == null ? document : given.document,
          given == null || given.reminder == null ? reminder : given.reminder);
    }
  }

  /** For each place. */
  public record FirstGiven(Reach onContact, Reach onDocument, Reach whileSending) {
    public FirstGiven {
      onContact = onContact == null ? CONTACT_AND_EXISTING : onContact;
      onDocument = onDocument == null ? DOCUMENT_AND_CONTACT : onDocument;
      whileSending = whileSending == null ? DOCUMENT_AND_CONTACT : whileSending;
    }
  }

  public ReachSettings {
    onContact = Defaults.of(onContact, CONTACT_AND_EXISTING, CONTACT_AND_EXISTING);
    onDocument = Defaults.of(onDocument, DOCUMENT_AND_CONTACT, DOCUMENT);
    whileSending = Defaults.of(whileSending, DOCUMENT_AND_CONTACT, DOCUMENT);
    firstGiven = firstGiven == null ? new FirstGiven(null, null, null) : firstGiven;
  }
}
