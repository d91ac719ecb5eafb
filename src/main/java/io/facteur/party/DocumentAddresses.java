package io.facteur.party;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Recipients for a choice of document types (ADDR-1). */
public record DocumentAddresses(Set<AddressUse> uses, Mailboxes mailboxes) {

  public DocumentAddresses {
    if (uses.isEmpty()) {
      throw new IllegalArgumentException("document addresses need at least one document type");
    }
    if (mailboxes.isEmpty()) {
      throw new IllegalArgumentException("document addresses need a To or a Cc");
    }
    uses = Collections.unmodifiableSet(EnumSet.copyOf(uses));
  }
}
