package io.facteur.party;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Addresses that nothing is mailed to until somebody lifts their suspension (DISP-5). */
@Service
public class SuspendedAddresses {

  private static final String FROM = "suspended_address s";
  private static final String COLUMNS =
      "s.id, s.company_id, s.address, s.reason, s.since, s.suspended_by";
  private static final Map<String, String> SORTABLE =
      Map.of("address", "s.address_key", "since", "s.since", "id", "s.id");

  private final JdbcClient jdbc;
  private final CurrentActor actor;
  private final AuditLog audit;

  SuspendedAddresses(JdbcClient jdbc, CurrentActor actor, AuditLog audit) {
    this.jdbc = jdbc;
    this.actor = actor;
    this.audit = audit;
  }

  /**
   * Which of the addresses are suspended for which of the companies; one query for all of them.
   *
   * @return companies without any are left out
   */
  public Map<CompanyId, Suspended> among(
      Collection<CompanyId> companies, Collection<EmailAddress> addresses) {
    if (companies.isEmpty() || addresses.isEmpty()) {
      return Map.of();
    }
    return jdbc
        .sql(
            "SELECT "
                + COLUMNS
                + " FROM "
                + FROM
                + " WHERE s.company_id IN (:companies) AND s.address_key IN (:addresses)")
        .param("companies", companies.stream().map(CompanyId::value).distinct().toList())
        .param("addresses", addresses.stream().map(EmailAddress::key).distinct().toList())
        .query(SuspendedAddresses::read)
        .list()
        .stream()
        .collect(
            groupingBy(SuspendedAddress::company, collectingAndThen(toList(), Suspended::new)));
  }

  /**
   * Sortable by address, since and id.
   *
   * @param companies null for all
   * @param address null for all
   */
  public Page<SuspendedAddress> list(
      Set<CompanyId> companies, EmailAddress address, Paging paging) {
    return new Listing(FROM, "s.id", SORTABLE)
        .ofCompanies(companies, "s.company_id")
        .where("s.address_key = :address", "address", address == null ? null : address.key())
        .page(jdbc, COLUMNS, paging, SuspendedAddresses::read);
  }

  /**
   * The suspension of that id.
   *
   * @throws Refusal if there is none
   */
  public SuspendedAddress get(SuspendedAddressId id) {
    return find(id)
        .orElseThrow(() -> Refusal.notFound("suspended address", String.valueOf(id.value())));
  }

  /**
   * Suspends an address.
   *
   * @param reason why; names no address
   * @throws Refusal if a value is wrong, or the address is suspended already
   */
  @Transactional
  public SuspendedAddress suspend(CompanyId company, EmailAddress address, String reason) {
    new Checks()
        .required("reason", reason)
        .text("reason", reason, 200)
        .rule(
            reason == null || reason.indexOf('@') < 0,
            "reason",
            "names an address: say why, not whose, since deliveries show it")
        .refuse();
    var key = new GeneratedKeyHolder();
    try {
      jdbc.sql(
              """
              INSERT INTO suspended_address (company_id, address, reason, suspended_by)
              VALUES (:company, :address, :reason, :actor)
              """)
          .param("company", company.value())
          .param("address", address.value())
          .param("reason", reason.strip())
          .param("actor", actor.name())
          .update(key, "id");
    } catch (DuplicateKeyException e) {
      throw Refusal.conflict("address", "is suspended already: lift that first");
    }
    SuspendedAddress saved = get(new SuspendedAddressId(key.getKeyAs(Number.class).longValue()));
    audit.record("address.suspend", subject(saved.id()), null, saved);
    return saved;
  }

  /**
   * Lifts a suspension: from now on the address is mailed to again.
   *
   * @throws Refusal if there is none
   */
  @Transactional
  public void lift(SuspendedAddressId id) {
    SuspendedAddress before = get(id);
    jdbc.sql("DELETE FROM suspended_address WHERE id = :id").param("id", id.value()).update();
    audit.record("address.lift", subject(id), before, null);
  }

  private Optional<SuspendedAddress> find(SuspendedAddressId id) {
    return jdbc.sql("SELECT " + COLUMNS + " FROM " + FROM + " WHERE s.id = :id")
        .param("id", id.value())
        .query(SuspendedAddresses::read)
        .optional();
  }

  private static String subject(SuspendedAddressId id) {
    return "suspended-address:" + id.value();
  }

  private static SuspendedAddress read(ResultSet row, int number) throws SQLException {
    return new SuspendedAddress(
        new SuspendedAddressId(row.getLong("id")),
        new CompanyId(row.getLong("company_id")),
        EmailAddress.kept(row.getString("address")),
        row.getString("reason"),
        row.getObject("since", LocalDateTime.class).toInstant(ZoneOffset.UTC),
        row.getString("suspended_by"));
  }
}
