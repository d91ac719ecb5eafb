package io.facteur.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.delivery.Claim;
import io.facteur.delivery.DocumentIssuing;
import io.facteur.delivery.IssueOrder;
import io.facteur.delivery.Node;
import io.facteur.delivery.Shipment;
import io.facteur.delivery.Ticket;
import io.facteur.delivery.TransmissionId;
import io.facteur.delivery.Transmissions;
import io.facteur.dispatch.DispatchPlan;
import io.facteur.dispatch.PlanDifference;
import io.facteur.dispatch.PlannedDelivery;
import io.facteur.dispatch.Recipient;
import io.facteur.document.DocumentId;
import io.facteur.document.RunId;
import io.facteur.party.CompanyId;
import io.facteur.testing.BillingOffice;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;

/** DISP-6: what a preview tells is what comes, for random companies on a real database. */
class PreviewedDispatchTest {

  private static final LocalDate BEFORE = LocalDate.of(2026, 10, 1);
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 1);

  private static BillingOffice office;

  /** How somebody can be reached. */
  record Party(
      boolean general,
      boolean forInvoices,
      boolean refused,
      boolean postal,
      boolean endpoint,
      boolean privatePlace) {}

  /**
   * A dispatch definition.
   *
   * @param days from when on it holds, counted from today; null: always
   * @param length in days; null: without end
   */
  record Way(
      String domain,
      String channel,
      String role,
      String individual,
      boolean copy,
      String format,
      Integer days,
      Integer length) {}

  /** A contract; null for the delivery address: it has none. */
  record Terms(Party party, Party deliveryAddress, List<Way> ways, boolean billedBefore) {}

  /** What the company says about dispatch. */
  record Policy(String defaultChannels, String fallback, boolean suspended, int seriesAhead) {}

  @BeforeContainer
  static void openOffice() {
    office = BillingOffice.openWithRuns(Clock.systemUTC());
  }

  @AfterContainer
  static void closeOffice() {
    office.close();
  }

  private static Arbitrary<Party> parties() {
    Arbitrary<Boolean> either = Arbitraries.of(true, false);
    Arbitrary<Boolean> mostly = Arbitraries.of(true, true, true, false);
    Arbitrary<Boolean> rarely = mostly.map(yes -> !yes);
    return Combinators.combine(mostly, rarely, rarely, mostly, either, mostly).as(Party::new);
  }

  private static Arbitrary<Way> ways() {
    return Combinators.combine(
            Arbitraries.of("INVOICE", "INVOICE", "INVOICE", "ORDER"),
            Arbitraries.of("EMAIL", "EMAIL", "POST", "EINVOICE", "ARCHIVE", "FAX"),
            Arbitraries.of(
                "CONTRACTING_PARTY", "CONTRACTING_PARTY", "DELIVERY_ADDRESS", "INDIVIDUAL"),
            Arbitraries.of("p@home.example", "d@home.example", "nobody@home.example"),
            Arbitraries.of(true, false, false),
            Arbitraries.of("PDF", "FACTUR_X").injectNull(0.7),
            Arbitraries.of(-40, -1, 0, 1).injectNull(0.6),
            Arbitraries.of(0, 1, 60).injectNull(0.6))
        .as(Way::new);
  }

  @Provide
  Arbitrary<List<Terms>> contracts() {
    return Combinators.combine(
            parties(),
            parties().injectNull(0.5),
            ways().list().ofMaxSize(4),
            Arbitraries.of(true, false))
        .as(Terms::new)
        .list()
        .ofMinSize(2)
        .ofMaxSize(6);
  }

  @Provide
  Arbitrary<Policy> policies() {
    return Combinators.combine(
            Arbitraries.of("POST", "EINVOICE,EMAIL", "EMAIL").injectNull(0.5),
            Arbitraries.of("NONE", "EMAIL").injectNull(0.6),
            Arbitraries.of(true, false),
            Arbitraries.of(0, 0, 1))
        .as(Policy::new);
  }

  @Property(tries = 40, edgeCases = EdgeCasesMode.NONE)
  void whatIsPreviewedIsWhatIsPlannedAndWhoGetsIt(
      @ForAll("contracts") List<Terms> contracts, @ForAll("policies") Policy policy) {
    BilledCompany company = new BilledCompany(contracts, policy);
    company.billBefore();
    company.today(TODAY);

    Map<String, ReviewedPlan> previewed =
        collected(each -> office.get(DispatchPreview.class).ofBilling(company.id, TODAY, each));
    RunId run = company.billToDrafts(TODAY);
    Map<String, ReviewedPlan> drafts =
        collected(each -> office.get(DispatchPreview.class).ofRun(run, each));
    company.issue(run, TODAY);
    Map<String, ReviewedPlan> issued =
        collected(each -> office.get(DispatchPreview.class).ofRun(run, each));

    assertThat(previewed).hasSameSizeAs(contracts);
    assertThat(ways(drafts)).isEqualTo(ways(previewed));
    assertThat(ways(issued)).isEqualTo(ways(previewed));
    assertThat(differences(drafts)).isEqualTo(differences(previewed));
    assertThat(differences(issued)).isEqualTo(differences(previewed));
    assertThat(problems(issued)).isEqualTo(problems(previewed));
    assertThat(company.deliveries(run)).isEqualTo(rows(previewed));
    assertThat(company.recipients(run)).isEqualTo(recipients(previewed));
    for (ReviewedPlan review : previewed.values()) {
      review.problems().forEach(problem -> Statistics.label("problems").collect(problem.kind()));
      review
          .differences()
          .forEach(difference -> Statistics.label("differences").collect(difference.kind()));
    }
  }

  /** By contract. */
  private static Map<String, ReviewedPlan> collected(
      Consumer<Consumer<PreviewedDocument>> preview) {
    Map<String, ReviewedPlan> plans = new TreeMap<>();
    preview.accept(document -> plans.put(document.head().contract(), document.review()));
    return plans;
  }

  private static Map<String, List<DispatchPlan.Way>> ways(Map<String, ReviewedPlan> plans) {
    return mapped(plans, review -> review.plan().ways());
  }

  private static Map<String, List<PlanDifference>> differences(Map<String, ReviewedPlan> plans) {
    return mapped(plans, ReviewedPlan::differences);
  }

  private static Map<String, Object> problems(Map<String, ReviewedPlan> plans) {
    return mapped(plans, review -> review.problems());
  }

  /** As {@link BilledCompany#deliveries} has them. */
  private static Map<String, List<String>> rows(Map<String, ReviewedPlan> plans) {
    return mapped(
        plans,
        review ->
            review.plan().ways().stream()
                .map(DispatchPlan.Way::delivery)
                .map(PreviewedDispatchTest::row)
                .toList());
  }

  private static String row(PlannedDelivery delivery) {
    return String.join(
        "|",
        delivery.origin(),
        delivery.route().channel(),
        delivery.role().name(),
        delivery.individual() == null ? "" : delivery.individual().value(),
        delivery.format() == null ? "" : delivery.format(),
        delivery.copy() ? "1" : "0",
        delivery.reaches() ? "1" : "0",
        delivery.isSkipped() ? "SKIPPED" : "QUEUED",
        delivery.isSkipped() ? delivery.skipReason() : "");
  }

  private static Map<String, List<Recipient>> recipients(Map<String, ReviewedPlan> plans) {
    return mapped(
        plans,
        review ->
            review.plan().ways().stream()
                .map(way -> way.delivery().recipient())
                .filter(recipient -> recipient != null)
                .toList());
  }

  private static <T> Map<String, T> mapped(
      Map<String, ReviewedPlan> plans,
      java.util.function.Function<ReviewedPlan, ? extends T> part) {
    Map<String, T> parts = new TreeMap<>();
    plans.forEach((contract, review) -> parts.put(contract, part.apply(review)));
    return parts;
  }

  /** A company with its contracts. */
  private static final class BilledCompany {

    private final CompanyId id = new CompanyId(office.newCompany());
    private final List<Long> before = new ArrayList<>();
    private final List<Long> contracts = new ArrayList<>();

    private BilledCompany(List<Terms> all, Policy policy) {
      sql(
          "UPDATE company SET default_channels = ?, fallback_channel = ? WHERE id = ?",
          policy.defaultChannels(),
          policy.fallback(),
          id.value());
      if (policy.suspended()) {
        sql(
            """
            INSERT INTO suspended_address (company_id, address, reason, suspended_by)
            VALUES (?, 'invoices@customer.example', 'mailbox unknown', 'clerk')
            """,
            id.value());
      }
      if (policy.seriesAhead() > 0) {
        sql(
            """
            INSERT INTO number_series (company_id, series, year, last_sequence, last_issue_date)
            VALUES (?, 'I', 2026, 0, ?)
            """,
            id.value(),
            TODAY.plusDays(policy.seriesAhead()));
      }
      for (Terms terms : all) {
        contract(terms);
      }
    }

    private void contract(Terms terms) {
      String name = id.value() + "-" + contracts.size();
      long party = contact("C" + name, "p", terms.party());
      long contract = office.contract("K" + name, party, terms.billedBefore() ? BEFORE : TODAY);
      if (terms.deliveryAddress() != null) {
        long receiver = contact("D" + name, "d", terms.deliveryAddress());
        sql("UPDATE contract SET delivery_address_id = ? WHERE id = ?", receiver, contract);
      }
      office.line(contract, 1, "1", "10");
      office.schedule(contract, 1, "ADVANCE", 1, null, "DRAFT");
      terms.ways().forEach(way -> define(contract, way));
      contracts.add(contract);
      if (terms.billedBefore()) {
        before.add(contract);
      }
    }

    private static long contact(String code, String who, Party party) {
      long contact = office.contact(code);
      sql(
          """
          UPDATE contact SET general_email = ?, paperless_refused = ?,
            street = IF(?, street, NULL), postcode = IF(street IS NULL, NULL, postcode),
            city = IF(street IS NULL, NULL, city), country = IF(street IS NULL, NULL, country),
            endpoint_scheme = IF(?, endpoint_scheme, NULL),
            endpoint_id = IF(endpoint_scheme IS NULL, NULL, endpoint_id)
          WHERE id = ?
          """,
          party.general() ? who + "@customer.example" : null,
          party.refused(),
          party.postal(),
          party.endpoint(),
          contact);
      if (party.forInvoices()) {
        long set =
            office
                .jdbc()
                .sql("INSERT INTO contact_document_address (contact_id) VALUES (?) RETURNING id")
                .param(contact)
                .query(Long.class)
                .single();
        sql("INSERT INTO contact_document_address_type VALUES (?, 'INVOICE')", set);
        sql(
            """
            INSERT INTO contact_document_mailbox (document_address_id, field, position, address)
            VALUES (?, 'TO', 0, 'invoices@customer.example'), (?, 'CC', 0, ?)
            """,
            set,
            set,
            who + "-cc@customer.example");
      }
      sql(
          "INSERT INTO communication_place (contact_id, kind, place, value) VALUES (?, 'EMAIL', ?, ?)",
          contact,
          party.privatePlace() ? "PRIVATE" : "BUSINESS",
          who + "@home.example");
      return contact;
    }

    private static void define(long contract, Way way) {
      LocalDate from = way.days() == null ? null : TODAY.plusDays(way.days());
      LocalDate first = from == null ? TODAY : from;
      sql(
          """
          INSERT IGNORE INTO dispatch_definition (contract_id, domain, channel, role,
            individual_address, is_copy, format, valid_from, valid_to)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
          contract,
          way.domain(),
          way.channel(),
          way.role(),
          way.role().equals("INDIVIDUAL") ? way.individual() : null,
          way.copy(),
          way.format(),
          from,
          way.length() == null ? null : first.plusDays(way.length()));
    }

    private void today(LocalDate day) {
      sql("UPDATE company SET fixed_billing_date = ? WHERE id = ?", day, id.value());
    }

    /** Those that begin earlier have been billed and sent a month before. */
    private void billBefore() {
      today(BEFORE);
      RunId run = billToDrafts(BEFORE);
      issue(run, BEFORE);
      recipients(run);
    }

    private RunId billToDrafts(LocalDate day) {
      Runs runs = office.get(Runs.class);
      RunId run = runs.start(RunKind.BILLING, id, day, "clerk").run();
      BillingRuns billing = office.get(BillingRuns.class);
      BillingStep step = billing.first(runs.get(run));
      while (step.more()) {
        step = billing.next(step);
      }
      billing.finish(step);
      return run;
    }

    private void issue(RunId run, LocalDate day) {
      List<DocumentId> drafts =
          office
              .jdbc()
              .sql("SELECT id FROM document WHERE run_id = ? ORDER BY id")
              .param(run.value())
              .query((row, i) -> new DocumentId(row.getLong(1)))
              .list();
      assertThat(
              office
                  .get(DocumentIssuing.class)
                  .issue(new IssueOrder(drafts, day, "clerk"))
                  .problems())
          .isEmpty();
    }

    /** What was written when the documents were issued, by contract. */
    private Map<String, List<String>> deliveries(RunId run) {
      Map<String, List<String>> rows = new TreeMap<>();
      office
          .jdbc()
          .sql(
              """
              SELECT k.number, CONCAT_WS('|', v.origin, v.channel, v.role,
                COALESCE(v.individual_address, ''), COALESCE(v.format, ''), v.is_copy, v.reaches,
                e.state, COALESCE(e.reason, '')) AS row_text
              FROM document d JOIN contract k ON k.id = d.contract_id
              JOIN delivery v ON v.document_id = d.id
              JOIN delivery_event e ON e.id =
                (SELECT MIN(f.id) FROM delivery_event f WHERE f.delivery_id = v.id)
              WHERE d.run_id = ? ORDER BY v.id
              """)
          .param(run.value())
          .query(
              row -> {
                rows.computeIfAbsent(row.getString("number"), none -> new ArrayList<>())
                    .add(row.getString("row_text"));
              });
      return rows;
    }

    /** To whom it really goes when sending begins, by contract; empty where to nobody. */
    private Map<String, List<Recipient>> recipients(RunId run) {
      Map<String, List<Recipient>> recipients = new TreeMap<>();
      office
          .jdbc()
          .sql(
              """
              SELECT k.number, v.transmission_id, t.route
              FROM document d JOIN contract k ON k.id = d.contract_id
              JOIN delivery v ON v.document_id = d.id
              LEFT JOIN transmission t ON t.id = v.transmission_id
              WHERE d.run_id = ? ORDER BY v.id
              """)
          .param(run.value())
          .query(
              (row, i) -> {
                List<Recipient> ofContract =
                    recipients.computeIfAbsent(row.getString("number"), none -> new ArrayList<>());
                long transmission = row.getLong("transmission_id");
                if (transmission != 0) {
                  ofContract.add(begin(transmission, row.getString("route")).recipient());
                }
                return transmission;
              })
          .list();
      return recipients;
    }

    private static Shipment begin(long transmission, String route) {
      String node = office.get(Node.class).name();
      sql(
          """
          UPDATE transmission SET state = 'CLAIMED', node = ?, fence = 1,
            lease_until = UTC_TIMESTAMP(6) + INTERVAL 5 MINUTE
          WHERE id = ?
          """,
          node,
          transmission);
      Claim claim = new Claim(new TransmissionId(transmission), node, 1);
      return office.get(Transmissions.class).begin(new Ticket(claim, route), "");
    }

    private static void sql(String sql, Object... values) {
      office.jdbc().sql(sql).params(values).update();
    }
  }
}
