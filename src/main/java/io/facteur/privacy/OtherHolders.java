package io.facteur.privacy;

import static java.util.stream.Collectors.toSet;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Other contacts that have the same addresses: what is theirs stays. */
@Component
class OtherHolders {

  /**
   * An address in somebody else's master data.
   *
   * @param address in small letters
   */
  private record Holder(String address, String code, boolean sameCompany) {}

  private final JdbcClient jdbc;

  OtherHolders(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Some addresses, in small letters, by who has them. */
  record Shared(List<String> addresses, List<Holder> holders) {

    /** Those that nobody else has. */
    List<String> nobodys() {
      return without(holder -> true);
    }

    /** Those that no other contact of the same company has. */
    List<String> nobodysInCompany() {
      return without(Holder::sameCompany);
    }

    /** Codes of the other contacts of the same company. */
    List<String> codes() {
      return holders.stream()
          .filter(Holder::sameCompany)
          .map(Holder::code)
          .distinct()
          .sorted()
          .toList();
    }

    private List<String> without(Predicate<Holder> those) {
      Set<String> held = holders.stream().filter(those).map(Holder::address).collect(toSet());
      return addresses.stream().filter(address -> !held.contains(address)).toList();
    }
  }

  Shared of(DataSubject subject, List<String> addresses) {
    return new Shared(addresses, addresses.isEmpty() ? List.of() : holders(subject, addresses));
  }

  private List<Holder> holders(DataSubject subject, List<String> addresses) {
    return jdbc.sql(
            """
            WITH held AS (
              SELECT id AS contact_id, general_email AS address FROM contact
              UNION SELECT a.contact_id, m.address FROM contact_document_address a
                JOIN contact_document_mailbox m ON m.document_address_id = a.id
              UNION SELECT contact_id, address FROM contact_reminder_address
              UNION SELECT contact_id, value FROM communication_place WHERE kind = 'EMAIL')
            SELECT DISTINCT LOWER(h.address) AS address, c.code, c.company_id = :company AS same
            FROM held h JOIN contact c ON c.id = h.contact_id
            WHERE LOWER(h.address) IN (:addresses) AND c.id NOT IN (:contacts)
            """)
        .param("company", subject.company())
        .param("contacts", subject.ids())
        .param("addresses", addresses)
        .query(
            (row, i) ->
                new Holder(row.getString("address"), row.getString("code"), row.getBoolean("same")))
        .list();
  }
}
