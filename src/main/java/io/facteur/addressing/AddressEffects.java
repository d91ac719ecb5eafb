package io.facteur.addressing;

import io.facteur.contract.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * What the change of an address did, and what it left alone (ADDR-6, ADDR-7).
 *
 * @param kind of the address
 * @param role on documents; null where it was changed on the contact, whatever its role
 * @param reach how far it went
 * @param first whether there was no such address before (ADDR-5)
 * @param contact code of the contact that has it from now on; null if none
 * @param updated documents that carry the given address now
 * @param left documents that keep the contact's address of before
 * @param keptByHand documents whose own address, set by hand or inherited, stays
 */
public record AddressEffects(
    AddressKind kind,
    Role role,
    Reach reach,
    boolean first,
    String contact,
    Group updated,
    Group left,
    Group keptByHand) {

  /** So many are named in each group. */
  public static final int NAMED = 50;

  /**
   * Some documents.
   *
   * @param count of all
   * @param documents numbers, of drafts their ids, the newest first, at most {@link #NAMED}
   */
  public record Group(long count, List<String> documents) {

    static final Group NONE = new Group(0, List.of());

    public Group {
      documents = List.copyOf(documents);
    }

    static Group one(String document) {
      return new Group(1, List.of(document));
    }

    Group and(Group other) {
      List<String> named = new ArrayList<>(documents);
      other.documents.stream().limit(NAMED - (long) named.size()).forEach(named::add);
      return new Group(count + other.count, named);
    }
  }
}
