package io.facteur.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.facteur.contract.Role;
import io.facteur.delivery.DocumentIssuing;
import io.facteur.delivery.LedgerSettings;
import io.facteur.dispatch.DispatchSettings;
import io.facteur.document.Document;
import io.facteur.document.DocumentId;
import io.facteur.document.Documents;
import io.facteur.party.CurrentActor;
import io.facteur.rendering.DocumentRenderer;
import io.facteur.rendering.Format;
import io.facteur.rendering.RuleViolation;
import io.facteur.rendering.Variant;
import io.facteur.run.BillingRuns;
import io.facteur.run.BillingStep;
import io.facteur.run.Run;
import io.facteur.run.ScheduledRuns;
import io.facteur.testing.AllRoutes;
import io.facteur.testing.BillingOffice;
import io.facteur.testing.Rendering;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.security.core.context.SecurityContextHolder;

/** Sample companies: loaded once, billed once, showing every combination of dispatch. */
class SamplesTest {

  /** Roles: C contracting party, D delivery address, I individual; * copy; ! skipped. */
  private static final String DISPATCH =
      """
      LAC-1001  EMAIL:C
      LAC-1002  POST:C
      LAC-1003  EMAIL:C POST:C
      LAC-1004  EINVOICE:C EMAIL:C
      LAC-1005  EMAIL:C POST:D
      LAC-1006  EMAIL:C EMAIL:I
      LAC-1007  ARCHIVE:C EMAIL:C POST:D*
      LAC-1008  EMAIL:C! POST:C
      LAC-1009  EMAIL:C POST:C
      LAC-1010  EMAIL:C
      LAC-1012  EMAIL:C
      ML-3001   EMAIL:C
      ML-3002   EMAIL:C POST:C
      ML-3003   EINVOICE:C EMAIL:C
      ML-3004   POST:C
      ML-3005   EMAIL:C POST:D
      ML-3006   EMAIL:C EMAIL:D*
      ML-3007   POST:C
      ML-3008   ARCHIVE:C EMAIL:C EMAIL:I
      ML-3009   EMAIL:C
      ML-3010   EMAIL:C
      ML-3011   EINVOICE:C POST:C
      NL-2001   EMAIL:C
      NL-2002   EINVOICE:C EMAIL:C
      NL-2003   EINVOICE:C EMAIL:C
      NL-2004   EINVOICE:C
      NL-2005   EINVOICE:C EMAIL:C POST:C
      NL-2006   EMAIL:C POST:C
      NL-2007   ARCHIVE:C EMAIL:C
      NL-2009   EMAIL:C! POST:C!
      NL-2010   EMAIL:C
      NL-2011   EINVOICE:C! POST:C
      """;

  private static BillingOffice office;

  @BeforeAll
  static void loadAndBill() {
    office = office("true", new AllRoutes());
    office.get(Samples.class).loadIfWanted();
    bill();
  }

  @AfterAll
  static void close() {
    office.close();
  }

  private static BillingOffice office(String wanted, AllRoutes routes) {
    Clock clock = Clock.fixed(Instant.parse("2027-06-15T09:00:00Z"), ZoneOffset.UTC);
    BillingOffice opened =
        BillingOffice.open(
            clock,
            context -> {
              context
                  .getEnvironment()
                  .getPropertySources()
                  .addFirst(
                      new MapPropertySource(
                          "test",
                          Map.of(
                              "facteur.node",
                              "a",
                              "facteur.data",
                              "target",
                              "facteur.samples",
                              wanted)));
              context.registerBean(AllRoutes.class, () -> routes);
              context.registerBean(
                  CurrentActor.class,
                  () -> () -> SecurityContextHolder.getContext().getAuthentication().getName());
              context.registerBean(
                  DispatchSettings.class,
                  () -> new DispatchSettings(List.of("EMAIL", "POST"), "POST", 3));
              context.registerBean(DocumentRenderer.class, () -> Rendering.renderer());
              context.registerBean(
                  LedgerSettings.class,
                  () ->
                      new LedgerSettings(
                          Duration.ofMinutes(5),
                          Duration.ofMinutes(15),
                          Duration.ofMinutes(1),
                          Duration.ofSeconds(30)));
              context.register(Samples.class, SampleMasterData.class, SampleBilling.class);
            },
            "io.facteur.metering",
            "io.facteur.billing",
            "io.facteur.dispatch",
            "io.facteur.delivery",
            "io.facteur.run");
    opened.jdbc().sql("DELETE FROM company").update();
    return opened;
  }

  /** As routes/billing.camel.yaml does it. */
  private static void bill() {
    BillingRuns runs = office.get(BillingRuns.class);
    for (Run run : runs.running()) {
      BillingStep step = runs.first(run);
      while (step.more()) {
        step = runs.next(step);
        runs.issued(step, office.get(DocumentIssuing.class).issue(step.order()));
      }
      runs.finish(step);
    }
  }

  /** What was made by hand has earlier days. */
  private static final String OF_THE_RUN = "(d.issue_date IS NULL OR d.issue_date = '2026-01-31')";

  @Test
  void eachContractsInvoiceGoesTheWayThatItIsThereToShow() {
    Map<String, String> expected = new LinkedHashMap<>();
    DISPATCH.lines().forEach(line -> expected.put(line.split(" +")[0], line.split(" +", 2)[1]));

    assertThat(deliveries(OF_THE_RUN).entrySet().stream().map(e -> e.getKey() + " " + e.getValue()))
        .containsExactlyElementsOf(
            expected.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList());
  }

  @Test
  void everyContractSaysWhatItShowsAndHasAtMostOneInvoiceOfTheRun() {
    for (String file : List.of("lac", "nordlicht", "lemaire")) {
      assertThat(SampleCompany.read(file).contracts())
          .hasSizeBetween(11, 12)
          .allSatisfy(contract -> assertThat(contract.shows()).isNotBlank());
    }
    assertThat(
            strings(
                "SELECT d.contract_id FROM document d WHERE "
                    + OF_THE_RUN
                    + " GROUP BY d.contract_id HAVING COUNT(*) > 1"))
        .isEmpty();
    assertThat(strings("SELECT id FROM document WHERE run_id IS NULL"))
        .as("what the report of no run speaks of")
        .isEmpty();
  }

  @Test
  void oneContractIsHeldForTwoMissedPeriodsAndOneLeavesADraft() {
    assertThat(
            strings(
                """
                SELECT CONCAT(c.number, ' ', p.reason) FROM run_problem p
                JOIN contract c ON c.id = p.contract_id
                JOIN run r ON r.id = p.run_id WHERE r.started_by = 'samples'
                """))
        .singleElement()
        .asString()
        .startsWith("LAC-1011 2 periods are due (2025-12-01 to 2026-01-31): confirm");
    assertThat(
            strings(
                """
                SELECT c.number FROM document d JOIN contract c ON c.id = d.contract_id
                WHERE d.state = 'DRAFT'
                """))
        .containsExactly("NL-2008");
  }

  @Test
  void documentsAreNumberedForEachCompanyAndDeliveriesCountAsTheReportWillSay() {
    assertThat(
            counts(
                """
                SELECT CONCAT(c.code, ' ', d.type, ' ', d.state), COUNT(*)
                FROM document d JOIN company c ON c.id = d.company_id GROUP BY 1
                """))
        .isEqualTo(
            Map.of(
                "LAC INVOICE ISSUED", 12L,
                "LAC CREDIT_NOTE ISSUED", 1L,
                "NORDLICHT INVOICE ISSUED", 10L,
                "NORDLICHT INVOICE DRAFT", 1L,
                "LEMAIRE INVOICE ISSUED", 12L));
    assertThat(
            counts(
                """
                SELECT CONCAT(channel, ' ', role, ' ', state, IF(is_copy, ' copy', '')), COUNT(*)
                FROM delivery GROUP BY 1
                """))
        .isEqualTo(
            Map.ofEntries(
                Map.entry("EMAIL CONTRACTING_PARTY QUEUED", 27L),
                Map.entry("EMAIL CONTRACTING_PARTY SKIPPED", 2L),
                Map.entry("EMAIL INDIVIDUAL QUEUED", 2L),
                Map.entry("EMAIL DELIVERY_ADDRESS QUEUED copy", 1L),
                Map.entry("POST CONTRACTING_PARTY QUEUED", 11L),
                Map.entry("POST CONTRACTING_PARTY SKIPPED", 1L),
                Map.entry("POST DELIVERY_ADDRESS QUEUED", 2L),
                Map.entry("POST DELIVERY_ADDRESS QUEUED copy", 1L),
                Map.entry("EINVOICE CONTRACTING_PARTY QUEUED", 9L),
                Map.entry("EINVOICE CONTRACTING_PARTY SKIPPED", 1L),
                Map.entry("ARCHIVE CONTRACTING_PARTY QUEUED", 3L)));
  }

  @Test
  void theWrongInvoiceAndItsCreditNoteAreDispatchedAlike() {
    assertThat(deliveries("d.contract_id IS NOT NULL AND NOT " + OF_THE_RUN))
        .isEqualTo(Map.of("LAC-1004", "EINVOICE:C EINVOICE:C EMAIL:C EMAIL:C"));
    assertThat(
            office
                .jdbc()
                .sql(
                    """
                    SELECT n.issue_date, i.number, i.issue_date AS invoiced,
                      n.payable_amount = i.payable_amount AS same
                    FROM document n JOIN document i ON i.id = n.preceding_document_id
                    """)
                .query(
                    (row, i) ->
                        tuple(
                            row.getObject("issue_date", LocalDate.class),
                            row.getString("number"),
                            row.getObject("invoiced", LocalDate.class),
                            row.getBoolean("same")))
                .list())
        .containsExactly(
            tuple(LocalDate.of(2026, 1, 19), "LAC-2026-000001", LocalDate.of(2026, 1, 12), true));
  }

  @Test
  void everyVatCategoryRateRhythmAndLanguageOccurs() {
    assertThat(
            strings(
                """
                SELECT DISTINCT CONCAT(c.code, ' ', b.category, ' ', TRIM(b.rate)+0)
                FROM vat_breakdown b JOIN document d ON d.id = b.document_id
                JOIN company c ON c.id = d.company_id
                """))
        .containsExactlyInAnyOrder(
            "LAC S 8.1",
            "LAC S 2.6",
            "LAC E 0",
            "NORDLICHT S 19",
            "NORDLICHT S 7",
            "NORDLICHT K 0",
            "NORDLICHT AE 0",
            "LEMAIRE S 20",
            "LEMAIRE S 10",
            "LEMAIRE S 5.5",
            "LEMAIRE K 0");
    assertThat(
            strings("SELECT DISTINCT CONCAT(interval_months, ' ', timing) FROM billing_schedule"))
        .contains(
            "1 ADVANCE",
            "1 ARREARS",
            "3 ADVANCE",
            "3 ARREARS",
            "6 ARREARS",
            "12 ADVANCE",
            "12 ARREARS");
    assertThat(strings("SELECT DISTINCT CONCAT(currency, ' ', language) FROM document"))
        .containsExactlyInAnyOrder("CHF fr", "CHF en", "EUR fr", "EUR en", "EUR de");
    assertThat(strings("SELECT COUNT(*) FROM document_line WHERE discount_amount > 0").get(0))
        .isNotEqualTo("0");
    assertThat(strings("SELECT DISTINCT field FROM contact_document_mailbox"))
        .contains("TO", "CC", "BCC");
  }

  @Test
  void everyAddressIsOfADomainThatCannotExist() {
    assertThat(
            strings(
                """
                SELECT email FROM company UNION ALL
                SELECT general_email FROM contact WHERE general_email IS NOT NULL UNION ALL
                SELECT address FROM contact_document_mailbox UNION ALL
                SELECT address FROM contact_reminder_address UNION ALL
                SELECT value FROM communication_place WHERE kind = 'EMAIL'
                """))
        .hasSizeGreaterThan(40)
        .allMatch(address -> address.endsWith(".example"));
  }

  @Test
  void everyDocumentCanBePrintedAndOnlyTheOneEInvoiceThatIsThereToShowItIsRefused() {
    DocumentRenderer renderer = Rendering.renderer();
    Set<String> wanted =
        Set.copyOf(strings("SELECT DISTINCT document_id FROM delivery WHERE channel = 'EINVOICE'"));
    Map<String, String> refused = new HashMap<>();
    for (Document document : documents()) {
      assertThat(renderer.render(document, Variant.original(Format.PDF)).bytes()).isNotEmpty();
      List<RuleViolation> violations = renderer.eInvoiceViolations(document, Format.CII);
      if (wanted.contains(Long.toString(document.id().value())) && !violations.isEmpty()) {
        refused.put(
            document.contractNumber(),
            violations.stream().map(RuleViolation::ruleId).collect(Collectors.joining(" ")));
      }
    }

    assertThat(refused).isEqualTo(Map.of("NL-2005", "BR-AE-02"));
  }

  @Test
  void theHistoryNamesTheSamplesAsAuthor() {
    assertThat(strings("SELECT DISTINCT actor FROM audit_event")).containsExactly("samples");
    assertThat(strings("SELECT DISTINCT created_by FROM document")).containsExactly("samples");
    assertThat(SecurityContextHolder.getContext().getAuthentication()).isNull();
  }

  @Test
  void aSecondStartAndALaterRunChangeNothing() {
    List<String> before = everything();

    office.get(Samples.class).loadIfWanted();
    for (String company : List.of("LAC", "NORDLICHT", "LEMAIRE")) {
      office.get(ScheduledRuns.class).start(company);
    }
    bill();

    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void whereARouteIsMissingNothingIsLoadedAndTheStartGoesOn() {
    AllRoutes routes = new AllRoutes().without("ARCHIVE", Role.CONTRACTING_PARTY);
    try (BillingOffice other = office("true", routes)) {
      other.get(Samples.class).loadIfWanted();

      assertThat(other.jdbc().sql("SELECT COUNT(*) FROM company").query(Long.class).single())
          .isZero();
      assertThat(other.jdbc().sql("SELECT COUNT(*) FROM audit_event").query(Long.class).single())
          .isZero();
    }
  }

  @Test
  void whereTheyAreNotWantedNothingIsLoaded() {
    try (BillingOffice other = office("false", new AllRoutes())) {
      other.get(Samples.class).loadIfWanted();

      assertThat(other.jdbc().sql("SELECT COUNT(*) FROM company").query(Long.class).single())
          .isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"'', false, true", "'', true, false", "true, true, true", "false, false, false"})
  void theyAreLoadedByDefaultIntoTheEmbeddedDatabaseOnly(
      String said, boolean externalDatabase, boolean wanted) {
    assertThat(Samples.areWanted(said, externalDatabase)).isEqualTo(wanted);
  }

  private static List<Document> documents() {
    return office
        .get(Documents.class)
        .load(
            office
                .jdbc()
                .sql("SELECT id FROM document WHERE state = 'ISSUED' ORDER BY id")
                .query((row, i) -> new DocumentId(row.getLong("id")))
                .list());
  }

  private static List<String> everything() {
    return List.of(
        documents().toString(),
        strings("SELECT CONCAT_WS(' ', id, state, changed_at) FROM delivery ORDER BY id")
            .toString(),
        strings("SELECT CONCAT(code, version) FROM contact ORDER BY code").toString(),
        strings("SELECT CONCAT(number, version) FROM contract ORDER BY number").toString(),
        strings("SELECT COUNT(*) FROM document WHERE state = 'DRAFT'").toString());
  }

  /** Deliveries of each contract as {@link #DISPATCH} writes them. */
  private static Map<String, String> deliveries(String condition) {
    Map<String, String> found = new TreeMap<>();
    office
        .jdbc()
        .sql(
            """
            SELECT c.number, GROUP_CONCAT(
              CONCAT(v.channel, ':', LEFT(v.role, 1), IF(v.is_copy, '*', ''), IF(v.state = 'SKIPPED', '!', ''))
              ORDER BY v.channel, v.role SEPARATOR ' ') AS deliveries
            FROM delivery v JOIN document d ON d.id = v.document_id JOIN contract c ON c.id = d.contract_id
            WHERE %s GROUP BY c.number
            """
                .formatted(condition))
        .query(
            row -> {
              found.put(row.getString("number"), row.getString("deliveries"));
            });
    return found;
  }

  private static Map<String, Long> counts(String sql) {
    Map<String, Long> counts = new HashMap<>();
    office
        .jdbc()
        .sql(sql)
        .query(
            row -> {
              counts.put(row.getString(1), row.getLong(2));
            });
    return counts;
  }

  private static List<String> strings(String sql) {
    return office.jdbc().sql(sql).query((row, i) -> row.getString(1)).list();
  }
}
