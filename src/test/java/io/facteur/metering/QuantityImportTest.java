package io.facteur.metering;

import static io.facteur.metering.QuantityOutcome.REFUSED;
import static io.facteur.metering.QuantityOutcome.REPLACED;
import static io.facteur.metering.QuantityOutcome.TAKEN;
import static io.facteur.metering.QuantityOutcome.UNCHANGED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.facteur.party.Refusal;
import io.facteur.testing.BillingOffice;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contracts A, B and C of each test have a meter POWER and are billed monthly from 2026-01-01. */
class QuantityImportTest {

  private static final String HEADER = "contract,meter,from,to,quantity\n";

  private static BillingOffice office;
  private static QuantityImport files;
  private static int number;

  private String prefix;

  @BeforeAll
  static void openOffice() {
    office = BillingOffice.open(Clock.systemUTC());
    files = office.get(QuantityImport.class);
  }

  @AfterAll
  static void closeOffice() {
    office.close();
  }

  @BeforeEach
  void newContracts() {
    prefix = "F" + ++number + "-";
    long contact = office.contact(prefix + "C");
    for (String name : List.of("A", "B", "C")) {
      contract(name, contact);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "contract,meter,from,to,quantity\n%A,POWER,2026-01-01,2026-01-31,12.5\n",
        "quantity;to;from;meter;contract\r\n12,5;2026-01-31;2026-01-01;POWER;%A\r\n",
        "\uFEFFcontract;meter;from;to;quantity\n%A;POWER;2026-01-01;2026-01-31;12.5",
        "Contract, Meter, From, To, Quantity, Correction\n\n%A, POWER, 2026-01-01, 2026-01-31, 12.50, false\n\n",
        "\"contract\",\"meter\",\"from\",\"to\",\"quantity\"\n\"%A\",\"POWER\",\"2026-01-01\",\"2026-01-31\",\"12.5\"\n",
      })
  void filesAreReadWhateverTheirColumnsAndSeparators(String file) {
    QuantityReport report = take(file);

    assertThat(report.counts()).isEqualTo(Map.of(TAKEN, 1L));
    assertThat(report.lines()).isEqualTo(1);
    assertThat(stored()).containsExactly("A 2026-01-01 12.500000 0");
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          %B,POWER,2026-01-01,2026-01-31        | line: has 4 columns instead of 5, as the header says
          %B,POWER,2026-01-01,2026-01-31,1,2    | line: has 6 columns instead of 5, as the header says
          %B,POWER,2026-01-01,2026-01-31,many   | quantity: 'many' is not a number such as 1234.5: write digits without separators of thousands
          %B,POWER,2026-01-01,2026-01-31,1e3    | quantity: '1e3' is not a number such as 1234.5: write digits without separators of thousands
          %B,POWER,2026-01-01,2026-01-31,"1,5"  | quantity: '1,5' is not a number such as 1234.5: write digits without separators of thousands
          %B,POWER,2026-01-01,2026-01-31,       | quantity: is required
          %B,POWER,01.01.2026,2026-02-30,1      | from: '01.01.2026' is not a day such as 2026-01-31; to: '2026-02-30' is not a day such as 2026-01-31
          %B,GAS,2026-01-01,2026-01-31,1        | meter: contract '%B' has no line with this meter, only POWER
          NOBODY,POWER,2026-01-01,2026-01-31,1  | contract: there is no contract 'NOBODY': correct the number, or add the contract first
          "%B,POWER,2026-01-01,2026-01-31,1     | line: has a broken quote: close it on the same line, and write a quote as ""
          "%B"x,POWER,2026-01-01,2026-01-31,1   | line: has a broken quote: close it on the same line, and write a quote as ""
          """)
  void aBrokenLineInTheMiddleIsNamedAndTheOthersAreTaken(String broken, String reason) {
    QuantityReport report =
        take(
            HEADER
                + "%A,POWER,2026-01-01,2026-01-31,1\n"
                + broken
                + "\n%C,POWER,2026-01-01,2026-01-31,3\n");

    assertThat(report.counts()).isEqualTo(Map.of(TAKEN, 2L, REFUSED, 1L));
    assertThat(report.refused())
        .extracting(QuantityReport.Note::line, QuantityReport.Note::reason)
        .containsExactly(tuple(3L, reason.replace("%", prefix)));
    assertThat(report.stopped()).isNull();
    assertThat(stored()).containsExactly("A 2026-01-01 1.000000 0", "C 2026-01-01 3.000000 0");
  }

  @Test
  void aLineThatIsNotUtf8IsNamedAndTheOthersAreTaken() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(bytes(HEADER + "%A,POWER,2026-01-01,2026-01-31,1\n"));
    file.write("Zürich,POWER,2026-01-01,2026-01-31,2\n".getBytes(Charset.forName("ISO-8859-1")));
    file.write(bytes("x".repeat(9_000) + "\n%C,POWER,2026-01-01,2026-01-31,3"));

    QuantityReport report = files.take(new ByteArrayInputStream(file.toByteArray()), false);

    assertThat(report.refused())
        .extracting(QuantityReport.Note::line, QuantityReport.Note::reason)
        .containsExactly(
            tuple(3L, "line: has bytes that are not UTF-8: save the file as UTF-8"),
            tuple(4L, "line: has more than 4000 bytes"));
    assertThat(stored()).containsExactly("A 2026-01-01 1.000000 0", "C 2026-01-01 3.000000 0");
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          contract,meter,from,to             | header: has no column 'quantity'
          contract,meter,from,to,quantity,to | header: has the column 'to' twice
          contract,meter,from,to,amount      | header: has an unknown column 'amount': only contract, meter, from, to, quantity and correction can be; header: has no column 'quantity'
          """)
  void aHeaderThatNamesOtherColumnsRefusesTheFile(String header, String reason) {
    assertThatThrownBy(() -> take(header + "\n%A,POWER,2026-01-01,2026-01-31,1\n"))
        .isInstanceOf(Refusal.class)
        .hasMessage(reason);
    assertThatThrownBy(() -> take("")).hasMessage("header: is missing: the file is empty");
    assertThat(stored()).isEmpty();
  }

  @Test
  void theSameFileAgainChangesNothing() {
    String file = HEADER + "%A,POWER,2026-01-01,2026-01-31,1\n%B,POWER,2026-01-01,2026-01-31,2\n";
    take(file);

    assertThat(take(file).counts()).isEqualTo(Map.of(UNCHANGED, 2L));
    assertThat(stored()).hasSize(2);
  }

  @Test
  void ofLinesForTheSameDaysTheLastCounts() {
    QuantityReport report =
        take(
            HEADER
                + "%A,POWER,2026-01-01,2026-01-31,1\n"
                + "%A,POWER,2026-01-01,2026-01-31,2\n"
                + "%A,POWER,2026-01-01,2026-01-31,2\n");

    assertThat(report.counts()).isEqualTo(Map.of(TAKEN, 1L, REPLACED, 1L, UNCHANGED, 1L));
    assertThat(stored()).containsExactly("A 2026-01-01 1.000000 1", "A 2026-01-01 2.000000 0");
  }

  @Test
  void gapsAreNamedUnlessALaterLineFillsThem() {
    StringBuilder file = new StringBuilder(HEADER);
    file.append("%A,POWER,2026-02-01,2026-02-28,1\n%B,POWER,2026-02-01,2026-02-28,1\n");
    // More than a chunk of lines, so that the last one comes in a transaction of its own.
    for (int i = 0; i < 600; i++) {
      file.append("%C,POWER,2026-01-01,2026-01-31,1\n");
    }
    file.append("%A,POWER,2026-01-01,2026-01-31,1\n");

    QuantityReport report = take(file.toString());

    assertThat(report.gaps()).isEqualTo(1);
    assertThat(report.gapNotes())
        .containsExactly(
            new QuantityReport.Note(
                3,
                prefix + "B",
                "POWER",
                "there is no quantity for 2026-01-01 to 2026-01-31: send it too"));
  }

  @Test
  void moreThanAThousandRefusedLinesAreCountedOnly() {
    QuantityReport report = take(HEADER + "x\n".repeat(1_500));

    assertThat(report.count(REFUSED)).isEqualTo(1_500);
    assertThat(report.refused()).hasSize(1_000);
  }

  @Test
  void aDryRunReportsAndWritesNothing() {
    long before = auditEntries();

    QuantityReport report =
        files.take(
            new ByteArrayInputStream(bytes(HEADER + "%A,POWER,2026-01-01,2026-01-31,1\nx\n")),
            true);

    assertThat(report.counts()).isEqualTo(Map.of(TAKEN, 1L, REFUSED, 1L));
    assertThat(report.dryRun()).isTrue();
    assertThat(stored()).isEmpty();
    assertThat(auditEntries()).isEqualTo(before);
  }

  @Test
  void whatCameBeforeTheConnectionBrokeIsTakenAndTheRestIsNamed() {
    byte[] start =
        bytes(
            HEADER + "%A,POWER,2026-01-01,2026-01-31,1\n%B,POWER,2026-01-01,2026-01-31,2\n%C,POW");
    QuantityReport report = files.take(new Failing(new ByteArrayInputStream(start)), false);

    assertThat(report.counts()).isEqualTo(Map.of(TAKEN, 2L));
    assertThat(report.stopped())
        .isEqualTo(new QuantityReport.Stop(4, "cannot be read: reset by peer"));
    assertThat(stored()).hasSize(2);
    assertThat(lastAudit()).contains("\"TAKEN\":2", "\"stoppedAtLine\":4");
  }

  @Test
  void theHistoryKeepsTheCountsOfAFile() {
    take(HEADER + "%A,POWER,2026-02-01,2026-02-28,1\nx\n");

    assertThat(lastAudit())
        .isEqualTo(
            "{\"lines\":2,\"TAKEN\":1,\"REPLACED\":0,\"CORRECTION\":0,\"UNCHANGED\":0,\"REFUSED\":1,\"gaps\":1}");
  }

  @Test
  void twoImportsOfTheSameFileAtTheSameTimeTakeEachLineOnce() throws Exception {
    long contact = office.contact(prefix + "many");
    StringBuilder file = new StringBuilder(HEADER);
    for (int i = 1_200; i > 0; i--) {
      contract("M" + i, contact);
      file.append("%M" + i + ",POWER,2026-01-01,2026-01-31,1\n");
    }
    Callable<QuantityReport> one = () -> take(file.toString());
    ExecutorService threads = Executors.newFixedThreadPool(2);
    List<QuantityReport> reports = new ArrayList<>();
    try {
      for (Future<QuantityReport> report : threads.invokeAll(List.of(one, one))) {
        reports.add(report.get());
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(reports).extracting(QuantityReport::stopped).containsOnlyNulls();
    assertThat(reports).extracting(QuantityReport::lines).containsOnly(1_200L);
    assertThat(reports.stream().mapToLong(report -> report.count(TAKEN)).sum()).isEqualTo(1_200);
    assertThat(reports.stream().mapToLong(report -> report.count(UNCHANGED)).sum())
        .isEqualTo(1_200);
    assertThat(stored()).hasSize(1_200);
  }

  /** Breaks off at the end of its input. */
  private static final class Failing extends FilterInputStream {

    private Failing(InputStream input) {
      super(input);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      if (read < 0) {
        throw new IOException("reset by peer");
      }
      return read;
    }
  }

  private QuantityReport take(String file) {
    return files.take(new ByteArrayInputStream(bytes(file)), false);
  }

  /** The file with the numbers of this test's contracts. */
  private byte[] bytes(String file) {
    return file.replace("%", prefix).getBytes(StandardCharsets.UTF_8);
  }

  private List<String> stored() {
    return office
        .jdbc()
        .sql(
            """
            SELECT CONCAT_WS(' ', SUBSTR(c.number, LENGTH(:prefix) + 1), q.period_from, q.quantity, q.replaced)
            FROM metered_quantity q JOIN contract c ON c.id = q.contract_id
            WHERE c.number LIKE CONCAT(:prefix, '%') ORDER BY c.number, q.period_from, q.revision
            """)
        .param("prefix", prefix)
        .query(String.class)
        .list();
  }

  private static long auditEntries() {
    return office.jdbc().sql("SELECT COUNT(*) FROM audit_event").query(Long.class).single();
  }

  private static String lastAudit() {
    return office
        .jdbc()
        .sql(
            "SELECT new_values FROM audit_event WHERE action = 'quantity.import' ORDER BY id DESC LIMIT 1")
        .query(String.class)
        .single();
  }

  private void contract(String name, long contact) {
    long contract = office.contract(prefix + name, contact, LocalDate.of(2026, 1, 1));
    office.schedule(contract, 1, "ARREARS", 1, null, "DRAFT");
    office
        .jdbc()
        .sql(
            """
            INSERT INTO contract_line (contract_id, position, kind, meter, name, unit_code, unit_price,
              vat_category, vat_rate)
            VALUES (?, 1, 'METERED', 'POWER', 'Power', 'KWH', 0.25, 'S', 20)
            """)
        .param(contract)
        .update();
  }
}
