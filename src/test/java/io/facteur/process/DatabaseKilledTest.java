package io.facteur.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.embedded.EmbeddedMariaDb;
import io.facteur.embedded.TestFolders;
import io.facteur.process.KillableFacteur.Billed;
import io.facteur.testing.ScriptedSmtpServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The database server is killed while Facteur sends, and started again. */
class DatabaseKilledTest {

  private static final int INVOICES = 10;

  private Path folder;
  private EmbeddedMariaDb server;

  @BeforeEach
  void startServer() throws IOException {
    folder = TestFolders.fresh("killed");
    server = EmbeddedMariaDb.start(folder, EmbeddedMariaDb.DURABLE, step -> {});
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void nothingIsLostOrDoubledOrUncertainWhenTheDatabaseIsKilledWhileMailsAndFilesGoOut()
      throws Exception {
    var database =
        new DriverManagerDataSource(server.jdbcUrl(), EmbeddedMariaDb.USER, server.password());
    Flyway.configure().dataSource(database).locations("classpath:db/migration").load().migrate();
    try (var facteur =
        new KillableFacteur(
            database, server.jdbcUrl(), server.password(), "--facteur.ledger.claim-lease=PT10S")) {
      facteur.process().start();
      CompletableFuture<Void> killed = new CompletableFuture<>();
      atDot(facteur.smtp(), 4, () -> killServer(killed));

      Billed billed = facteur.bill(INVOICES, "EMAIL", "POST");
      killed.get(60, TimeUnit.SECONDS);
      assertThat(billed.mails()).hasSizeLessThan(INVOICES);
      server.close();
      server = EmbeddedMariaDb.start(folder, EmbeddedMariaDb.DURABLE, step -> {});

      billed.awaitDeliveries(
          IntStream.rangeClosed(1, INVOICES)
              .boxed()
              .flatMap(n -> Stream.of(n + ": EMAIL SENT", n + ": POST SPOOLED"))
              .toArray(String[]::new));
      billed.assertOneMailEach(INVOICES);
      assertThat(billed.files())
          .hasSize(INVOICES)
          .allSatisfy(file -> assertThat(facteur.places(file)).containsExactly("ready"));
      facteur.awaitALaterInvoice();
      billed.assertOneMailEach(INVOICES);
    }
  }

  /** Does something between the final dot of the nth mail from now on and the answer to it. */
  private static void atDot(ScriptedSmtpServer smtp, int n, Runnable action) {
    smtp.atNextDot(n == 1 ? action : () -> atDot(smtp, n - 1, action));
  }

  private void killServer(CompletableFuture<Void> killed) {
    ProcessHandle process = ProcessHandle.of(server.pid()).orElseThrow();
    process.destroyForcibly();
    process.onExit().thenRun(() -> killed.complete(null)).join();
  }
}
