package io.facteur.addressing;

import io.facteur.contract.Role;
import io.facteur.document.DocumentId;
import io.facteur.document.DocumentType;
import io.facteur.party.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A document with the e-mail addresses of all of its roles.
 *
 * @param name its number; of a draft its id
 */
public record AddressedDocument(
    DocumentId id, DocumentType type, String name, List<AddressedParty> parties) {

  public AddressedDocument {
    parties = List.copyOf(parties);
  }

  /** What the document itself is mailed to. */
  public AddressKind ownKind() {
    return AddressKind.of(type.addressUse());
  }

  /**
   * Who takes part in that role.
   *
   * @throws Refusal naming {@code field} if nobody does
   */
  public AddressedParty party(Role role, String field) {
    return parties.stream()
        .filter(party -> party.role() == role)
        .findFirst()
        .orElseThrow(() -> Refusal.invalid(field, "document %s has no %s".formatted(name, role)));
  }

  /** Changes whenever what is shown here, or what it comes from, does (RFC 9110 §8.8.3). */
  public String tag() {
    StringBuilder state = new StringBuilder(name);
    for (AddressedParty party : parties) {
      state.append('|').append(party.role()).append(party.onDocument());
      if (party.contact() != null) {
        state.append(party.contact().code()).append('/').append(party.contact().version());
      }
    }
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(state.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
