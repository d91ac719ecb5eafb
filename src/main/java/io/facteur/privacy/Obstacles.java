package io.facteur.privacy;

import io.facteur.party.Companies;
import io.facteur.party.Company;
import io.facteur.party.Refusal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is still under way with a contact, and has to come to its end before it can be erased. */
@Component
class Obstacles {

  private static final int NAMED = 20;

  private static final String RUNNING =
      "(k.end_date IS NULL OR k.end_date >= :today OR k.next_due IS NOT NULL)";

  private static final String CONTRACTS =
      """
      SELECT k.number, k.end_date, k.end_date < :today AS ended FROM contract k
      WHERE k.company_id = :company
        AND (k.contracting_party_id IN (:contacts) OR k.delivery_address_id IN (:contacts))
        AND %s
      ORDER BY k.number
      """
          .formatted(RUNNING);

  /** Of contracts whose parties are others. */
  private static final String DEFINITIONS =
      """
      SELECT f.id, k.number FROM dispatch_definition f JOIN contract k ON k.id = f.contract_id
      WHERE k.company_id = :company AND f.role = 'INDIVIDUAL'
        AND k.contracting_party_id NOT IN (:contacts)
        AND COALESCE(k.delivery_address_id, 0) NOT IN (:contacts)
        AND (f.valid_to IS NULL OR f.valid_to >= :today) AND %s
        AND LOWER(f.individual_address) IN (
          SELECT LOWER(p.value) FROM communication_place p
          WHERE p.contact_id IN (:contacts) AND p.kind = 'EMAIL')
        AND NOT EXISTS (
          SELECT 1 FROM communication_place p JOIN contact c ON c.id = p.contact_id
          WHERE c.company_id = :company AND c.id NOT IN (:contacts) AND c.erased_at IS NULL
            AND p.kind = 'EMAIL' AND LOWER(p.value) = LOWER(f.individual_address))
      ORDER BY f.id
      """
          .formatted(RUNNING);

  private static final String DRAFTS =
      """
      SELECT d.id, d.type FROM document d
      WHERE d.company_id = :company AND d.state = 'DRAFT'
        AND (d.contact_id IN (:contacts) OR d.delivery_contact_id IN (:contacts))
      ORDER BY d.id
      """;

  private static final String DELIVERIES =
      """
      SELECT x.id, x.state, x.channel, d.number FROM document d JOIN delivery x ON x.document_id = d.id
      WHERE d.company_id = :company
        AND (d.contact_id IN (:contacts) OR d.delivery_contact_id IN (:contacts)) AND %s
        AND (x.state IN ('PLANNED', 'QUEUED', 'SENDING', 'UNCERTAIN') OR x.retry_at IS NOT NULL)
      ORDER BY x.id
      """
          .formatted(OwnDocuments.OWNED);

  private final JdbcClient jdbc;
  private final Companies companies;
  private final Clock clock;

  Obstacles(JdbcClient jdbc, Companies companies, Clock clock) {
    this.jdbc = jdbc;
    this.companies = companies;
    this.clock = clock;
  }

  /**
   * Refuses if there are any.
   *
   * @throws Refusal naming each of them with what to do, at most twenty of a sort
   */
  void refuse(DataSubject subject) {
    List<Refusal.Problem> found = new ArrayList<>();
    add(
        found,
        subject,
        "contract",
        CONTRACTS,
        (row, i) ->
            contract(
                row.getString("number"),
                row.getObject("end_date", LocalDate.class),
                row.getBoolean("ended")));
    add(
        found,
        subject,
        "definition",
        DEFINITIONS,
        (row, i) ->
            "definition %d of contract %s sends to an address of this contact alone: remove it"
                .formatted(row.getLong("id"), row.getString("number")));
    add(
        found,
        subject,
        "document",
        DRAFTS,
        (row, i) ->
            "%s %d is a draft: issue or discard it"
                .formatted(row.getString("type"), row.getLong("id")));
    add(
        found,
        subject,
        "delivery",
        DELIVERIES,
        (row, i) ->
            "delivery %d of %s (%s) is %s: %s"
                .formatted(
                    row.getLong("id"),
                    row.getString("number"),
                    row.getString("channel"),
                    row.getString("state"),
                    remedy(row.getString("state"))));
    if (!found.isEmpty()) {
      throw new Refusal(Refusal.Kind.CONFLICT, found);
    }
  }

  private void add(
      List<Refusal.Problem> found,
      DataSubject subject,
      String field,
      String sql,
      RowMapper<String> words) {
    var contacts = subject.ids();
    List<String> some =
        jdbc.sql(sql + " LIMIT " + (NAMED + 1))
            .param("company", subject.company())
            .param("contacts", contacts)
            .param("today", today(subject))
            .query(words)
            .list();
    some.stream().limit(NAMED).forEach(one -> found.add(new Refusal.Problem(field, one)));
    if (some.size() > NAMED) {
      found.add(new Refusal.Problem(field, "and more than these"));
    }
  }

  private static String contract(String number, LocalDate end, boolean ended) {
    if (ended) {
      return "contract %s has ended, but not all of it is billed: bill the rest".formatted(number);
    }
    return end == null
        ? "contract %s has no end: end it".formatted(number)
        : "contract %s runs until %s: wait, or end it before".formatted(number, end);
  }

  private static String remedy(String state) {
    return state.equals("UNCERTAIN")
        ? "find out what became of it and resolve it"
        : "wait for its outcome, or cancel its run";
  }

  private LocalDate today(DataSubject subject) {
    Company company = companies.byIds(List.of(subject.contact().company())).get(0);
    return LocalDate.now(clock.withZone(company.timeZone()));
  }
}
