package io.facteur.party;

import java.time.Instant;
import java.time.ZoneOffset;

/**
 * An address that nothing of a company is mailed to (DISP-5).
 *
 * @param reason why; names no address, since it stands in the reasons of deliveries
 * @param by who suspended it
 */
public record SuspendedAddress(
    SuspendedAddressId id,
    CompanyId company,
    EmailAddress address,
    String reason,
    Instant since,
    String by) {

  /** E.g. {@code mailbox unknown, since 2026-03-02}: without the address. */
  public String words() {
    return reason + ", since " + since.atZone(ZoneOffset.UTC).toLocalDate();
  }
}
