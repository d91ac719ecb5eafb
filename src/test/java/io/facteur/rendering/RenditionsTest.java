package io.facteur.rendering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.facteur.document.Document;
import io.facteur.party.PostalAddress;
import io.facteur.testing.Rendering;
import io.facteur.testing.SampleDocuments;
import io.facteur.testing.SettableClock;
import io.facteur.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.FileSystemUtils;

/** The files of issued documents: rendered once, the same for ever, whoever asks. */
class RenditionsTest {

  private static final Variant PDF = Variant.original(Format.PDF);

  private static DataSource source;
  private static JdbcClient database;
  private static long ids;

  @TempDir Path folder;
  private Renditions renditions;
  private long id;

  @BeforeAll
  static void migrate() {
    source = TestDatabase.fresh();
    database = JdbcClient.create(source);
    insertCompanyAndContact();
  }

  @BeforeEach
  void issueDocument() {
    id = ++ids;
    insertDocument(id);
    renditions = node(Rendering.TEMPLATES, Rendering.CLOCK);
  }

  @Test
  void aDocumentIsRenderedOnceForEachDistinctVariant() {
    Rendition pdf = renditions.of(invoice(), PDF);

    assertThat(renditions.of(invoice(), PDF)).isEqualTo(pdf);
    assertThat(renditions.of(invoice(), Variant.original(Format.FACTUR_X))).isEqualTo(pdf);
    assertThat(
            renditions.of(
                invoice(), new Variant(Format.PDF, "fr", "invoice", false, Variant.Window.BUYER)))
        .isEqualTo(pdf);
    assertThat(
            renditions
                .of(invoice(), new Variant(Format.PDF, "de", null, false, Variant.Window.BUYER))
                .sha256())
        .isNotEqualTo(pdf.sha256());
    assertThat(
            renditions
                .of(invoice(), new Variant(Format.PDF, null, null, true, Variant.Window.BUYER))
                .sha256())
        .isNotEqualTo(pdf.sha256());
    assertThat(renditions.of(invoice(), Variant.original(Format.CII)).embedsXml()).isFalse();
    assertThat(rows()).isEqualTo(4);
  }

  @Test
  void paperForTheDeliveryAddressIsAFileOfItsOwn() {
    Document document =
        SampleDocuments.lac()
            .id(id)
            .number(number())
            .deliverTo(
                SampleDocuments.buyer(
                    "Chalet", new PostalAddress("Rue Haute 1", "1854", "Leysin", "CH"), null))
            .build();
    var paper = new Variant(Format.PDF, null, null, false, Variant.Window.DELIVERY);

    Rendition mailed = renditions.of(document, PDF);
    Rendition posted = renditions.of(document, paper);

    assertThat(posted.sha256()).isNotEqualTo(mailed.sha256());
    assertThat(renditions.of(document, PDF)).isEqualTo(mailed);
    assertThat(renditions.of(document, paper)).isEqualTo(posted);
    assertThat(posted.variant().window()).isEqualTo(Variant.Window.DELIVERY);
    assertThat(rows()).isEqualTo(2);
  }

  @Test
  void theRowSaysWhatTheFileIs() throws IOException {
    Rendition pdf = renditions.of(invoice(), PDF);

    assertThat(pdf.embedsXml()).isTrue();
    assertThat(pdf.templateVersion()).isEqualTo(new Templates(Rendering.TEMPLATES).version());
    assertThat(pdf.sizeBytes()).isEqualTo(Files.size(renditions.path(pdf)));
    assertThat(renditions.bytes(pdf))
        .startsWith("%PDF-".getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  @Test
  void manyThreadsShareOneRendering() throws Exception {
    List<Rendition> all = together(16, thread -> renditions.of(invoice(), PDF));

    assertThat(all).hasSize(16).containsOnly(all.get(0));
    assertThat(storedFiles()).isEqualTo(1);
  }

  @Test
  void amongNodesTheFirstRowWinsAndAllUseItsFile() throws Exception {
    // Clocks that differ make files that differ, so that agreement is the database's doing.
    List<Renditions> nodes =
        IntStream.range(0, 6)
            .mapToObj(
                n ->
                    node(Rendering.TEMPLATES, Clock.offset(Rendering.CLOCK, Duration.ofSeconds(n))))
            .toList();

    List<Rendition> all = together(6, n -> nodes.get(n).of(invoice(), PDF));

    assertThat(all).containsOnly(all.get(0));
    assertThat(rows()).isEqualTo(1);
    assertThat(nodes.get(5).bytes(all.get(0))).isNotEmpty();
  }

  @Test
  void aRowOfAnotherNodeIsFoundFromWithinATransactionThatBeganEarlier() {
    TransactionTemplate transaction =
        new TransactionTemplate(new DataSourceTransactionManager(source));
    transaction.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);

    Rendition[] seen = new Rendition[2];
    transaction.executeWithoutResult(
        status -> {
          rows();
          seen[0] = inAnotherThread(() -> renditions.of(invoice(), PDF));
          seen[1] =
              node(Rendering.TEMPLATES, Clock.offset(Rendering.CLOCK, Duration.ofDays(1)))
                  .of(invoice(), PDF);
        });

    assertThat(seen[1]).isEqualTo(seen[0]);
  }

  @Test
  void anIssuedDocumentsFileStaysWhenTemplatesChange(@TempDir Path templates) throws IOException {
    Rendition before = renditions.of(invoice(), PDF);
    FileSystemUtils.copyRecursively(Rendering.TEMPLATES, templates);
    Path labels = templates.resolve("labels/fr.properties");
    Files.writeString(labels, Files.readString(labels).replace("Facture", "Note"));

    Renditions later = node(templates, Rendering.CLOCK);

    assertThat(later.of(invoice(), PDF)).isEqualTo(before);
    assertThat(later.preview(invoice(), PDF).bytes()).isNotEqualTo(later.bytes(before));
  }

  @Test
  void anInvalidInvoiceHasAPdfButNoEInvoiceAndTheReasonIsRemembered() {
    Document invalid =
        SampleDocuments.lac().id(id).number(number()).line("Abo", "1", "XXX", "5").build();

    Rendition pdf = renditions.of(invalid, PDF);

    assertThat(pdf.embedsXml()).isFalse();
    for (Format format : List.of(Format.FACTUR_X, Format.CII)) {
      InvalidEInvoiceException refused =
          catchThrowableOfType(
              InvalidEInvoiceException.class,
              () -> renditions.of(invalid, Variant.original(format)));
      assertThat(refused).hasMessageContaining("BR-CL-23: unit of a line (BT-130)");
      assertThat(refused.violations()).isEqualTo(pdf.violations());
    }
    assertThat(rows()).isEqualTo(1);
    assertThat(node(Rendering.TEMPLATES, Rendering.CLOCK).of(invalid, PDF)).isEqualTo(pdf);
  }

  @Test
  void aFailureIsNotRememberedAndReachesAllThatWait(@TempDir Path templates) throws Exception {
    FileSystemUtils.copyRecursively(Rendering.TEMPLATES, templates);
    Files.writeString(templates.resolve("fo/invoice.fo.ftlx"), "${nothing}");
    Renditions broken = node(templates, Rendering.CLOCK);

    List<Class<?>> failures =
        together(
            8,
            thread ->
                catchThrowableOfType(TemplateFailedException.class, () -> broken.of(invoice(), PDF))
                    .getClass());

    assertThat(failures).containsOnly(TemplateFailedException.class);
    assertThat(rows()).isZero();
    assertThat(renditions.of(invoice(), PDF).embedsXml()).isTrue();
  }

  @Test
  void draftsHaveOnlyPreviews() {
    Document draft = SampleDocuments.lac().id(id).draft().build();

    assertThatThrownBy(() -> renditions.of(draft, PDF)).hasMessageContaining("issue it");
    assertThat(renditions.preview(draft, PDF).bytes()).isNotEmpty();
    assertThat(rows()).isZero();
    assertThat(storedFiles()).isZero();
  }

  @Test
  void whatWasReadAheadIsBelievedForAMinuteOnly() {
    SettableClock clock = new SettableClock();
    Renditions reader = node(Rendering.TEMPLATES, clock);
    Rendition pdf = renditions.of(invoice(), PDF);

    reader.readAhead(List.of(invoice().id()));
    // As after a restore of an older database, which may give the id to another document.
    database.sql("DELETE FROM rendition WHERE document_id = ?").param(id).update();

    assertThat(reader.of(invoice(), PDF)).isEqualTo(pdf);
    clock.advance(Duration.ofSeconds(61));
    reader.of(invoice(), PDF);
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void aLostFileIsReportedNotReplaced() throws IOException {
    Rendition pdf = renditions.of(invoice(), PDF);
    Files.delete(renditions.path(pdf));

    assertThatThrownBy(() -> renditions.bytes(renditions.of(invoice(), PDF)))
        .isInstanceOf(DamagedFileException.class)
        .hasMessageContaining(pdf.sha256());
  }

  private Renditions node(Path templates, Clock clock) {
    return new Renditions(
        DocumentRenderer.with(new Templates(templates), Rendering.validator(), clock),
        new DocumentStore(folder),
        new RenditionTable(database),
        clock);
  }

  private Document invoice() {
    return SampleDocuments.lac().id(id).number(number()).build();
  }

  private String number() {
    return "LAC-2026-" + id;
  }

  private interface Work<T> {
    T of(int thread) throws Exception;
  }

  private static <T> List<T> together(int threads, Work<T> work) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      CyclicBarrier start = new CyclicBarrier(threads);
      List<Callable<T>> tasks =
          IntStream.range(0, threads)
              .<Callable<T>>mapToObj(
                  thread ->
                      () -> {
                        start.await(10, TimeUnit.SECONDS);
                        return work.of(thread);
                      })
              .toList();
      List<Future<T>> outcomes = pool.invokeAll(tasks);
      List<T> results = new java.util.ArrayList<>();
      for (Future<T> outcome : outcomes) {
        results.add(outcome.get(60, TimeUnit.SECONDS));
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }

  private static <T> T inAnotherThread(Callable<T> work) {
    try {
      return together(1, thread -> work.call()).get(0);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private int rows() {
    return database
        .sql("SELECT COUNT(*) FROM rendition WHERE document_id = :id")
        .param("id", id)
        .query(Integer.class)
        .single();
  }

  private long storedFiles() {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).count();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void insertCompanyAndContact() {
    database
        .sql(
            """
            INSERT INTO company (id, code, name, street, postcode, city, country, vat_id, email, iban,
                                 currency, language, time_zone, number_prefix)
            VALUES (1, 'LAC', 'Lac', 'Quai 1', '1201', 'Genève', 'CH', 'CHE1', 'a@b.example', 'CH93',
                    'CHF', 'fr', 'Europe/Zurich', 'LAC')
            """)
        .update();
    database
        .sql(
            """
            INSERT INTO contact (id, company_id, code, kind, name, language)
            VALUES (1, 1, 'K1', 'CUSTOMER', 'Jaquet', 'fr')
            """)
        .update();
  }

  private void insertDocument(long id) {
    database
        .sql(
            """
            INSERT INTO document (id, company_id, type, state, number, series, series_year, sequence,
                                  issue_date, payment_days, contact_id, currency, language, seller, buyer,
                                  line_net_total, tax_exclusive_total, tax_total, tax_inclusive_total,
                                  payable_amount, created_by, issued_at, issued_by)
            VALUES (:id, 1, 'INVOICE', 'ISSUED', :number, 'INV', 2026, :id, '2026-11-21', 30, 1, 'CHF', 'fr',
                    '{}', '{}', 0, 0, 0, 0, 0, 'test', UTC_TIMESTAMP(6), 'test')
            """)
        .param("id", id)
        .param("number", number())
        .update();
  }
}
