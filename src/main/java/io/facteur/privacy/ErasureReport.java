package io.facteur.privacy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * What an erasure has done. Names nobody.
 *
 * @param code under which the contact is found from now on
 * @param kept issued documents, by the year of their issue
 * @param sharedWith codes of other contacts that have some of the same addresses, and keep them
 */
public record ErasureReport(
    String code, Instant erasedAt, Erased erased, List<KeptYear> kept, List<String> sharedWith) {

  /**
   * What was emptied, replaced or removed.
   *
   * @param people that belonged to the contact
   * @param addresses that pseudonyms stand for now
   * @param documentAddresses documents on which addresses of the contact were set
   * @param definitions for individuals
   * @param elsewhere addresses taken off documents and contracts of others
   * @param deliveries of the contact whose evidence is kept under pseudonyms
   * @param historyEntries of those deliveries that were changed
   * @param auditEntries whose values were changed
   * @param answers kept for repeated requests that have lost their text
   */
  public record Erased(
      int people,
      int addresses,
      int documentAddresses,
      int definitions,
      int elsewhere,
      int suspendedAddresses,
      long deliveries,
      long historyEntries,
      int auditEntries,
      int answers) {}

  /**
   * Documents that are kept as they were issued.
   *
   * @param until law wants them kept so long at least
   * @param numbers at most a hundred of them
   */
  public record KeptYear(LocalDate until, long documents, List<String> numbers) {
    public KeptYear {
      numbers = List.copyOf(numbers);
    }
  }

  public ErasureReport {
    kept = List.copyOf(kept);
    sharedWith = List.copyOf(sharedWith);
  }
}
