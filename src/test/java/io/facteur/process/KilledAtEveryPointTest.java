package io.facteur.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.process.KillableFacteur.Billed;
import io.facteur.testing.Breakpoint;
import io.facteur.testing.DatabaseHold;
import io.facteur.testing.ScriptedSmtpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Facteur is killed once at each point of an invoice's way and started again on the same data:
 * nothing is lost, nothing happens twice, and only what nobody can know is uncertain.
 */
class KilledAtEveryPointTest {

  private static KillableFacteur facteur;

  @BeforeAll
  static void install() {
    // One mail at a time, so that it is known how many are under way.
    facteur = KillableFacteur.onTestDatabase("--facteur.smtp.connections=1");
  }

  @AfterAll
  static void remove() throws IOException {
    facteur.close();
  }

  @BeforeEach
  void start() {
    facteur.process().start();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "while it is billed, INSERT ON document_line",
    "while it is issued, INSERT ON delivery"
  })
  @DisplayName("Killed before the invoice's commit: it is billed and issued once, without a gap")
  void beforeTheInvoicesCommit(String when, String change) throws Exception {
    Billed billed;
    try (var hold = new DatabaseHold(facteur.database(), change, "TRUE")) {
      billed = facteur.bill(2, "EMAIL");
      hold.awaitSomebodyHeld();
      facteur.process().kill9();
    }
    assertThat(billed.deliveries()).as(when).isEmpty();

    facteur.process().start();

    billed.awaitDeliveries("1: EMAIL SENT", "2: EMAIL SENT");
    assertThat(billed.documents()).containsExactly("ISSUED 1", "ISSUED 2");
    billed.assertOneMailEach(2);
  }

  @Test
  @DisplayName("Killed between the invoice's commit and a claim: claimed after the restart")
  void beforeTheClaim() throws Exception {
    Billed billed;
    try (var hold =
        new DatabaseHold(facteur.database(), "UPDATE ON transmission", "NEW.state = 'CLAIMED'")) {
      billed = facteur.bill(2, "EMAIL", "POST");
      hold.awaitSomebodyHeld();
      facteur.process().kill9();
    }
    assertThat(billed.transmissions())
        .containsExactly("WAITING 0", "WAITING 0", "WAITING 0", "WAITING 0");

    facteur.process().start();

    billed.awaitDeliveries("1: EMAIL SENT", "1: POST SPOOLED", "2: EMAIL SENT", "2: POST SPOOLED");
    billed.assertOneMailEach(2);
    assertThat(billed.files()).hasSize(2).allSatisfy(this::liesReadyOnce);
  }

  @Test
  @DisplayName("Killed between claim and mark: sent after the restart, at once and only once")
  void beforeTheMark() {
    facteur.smtp().answers("RCPT", ScriptedSmtpServer.SILENCE);
    Billed billed = facteur.bill(3, "EMAIL");
    billed.awaitRecipientNamed();
    assertOnlyOneBegun(billed, "CLAIMED 1");

    facteur.process().kill9();
    assertThat(billed.mails()).isEmpty();
    facteur.process().start();

    // The leases of five and fifteen minutes are not waited for.
    billed.awaitDeliveries("1: EMAIL SENT", "2: EMAIL SENT", "3: EMAIL SENT");
    assertThat(billed.transmissions())
        .containsExactlyInAnyOrder("ENDED marked 2", "ENDED marked 1", "ENDED marked 1");
    billed.assertOneMailEach(3);
  }

  @Test
  @DisplayName("Killed at the final dot: uncertain, and never sent again by itself")
  void atTheFinalDot() {
    facteur.smtp().atNextDot(() -> facteur.process().kill9());
    Billed billed = facteur.bill(3, "EMAIL");
    awaitDeath();
    assertOnlyOneBegun(billed, "CLAIMED marked 1");

    facteur.process().start();

    assertUncertainOnce(billed);
  }

  @Test
  @DisplayName("Killed between the server's answer and our commit: uncertain, never sent again")
  void beforeTheOutcomesCommit() throws Exception {
    Billed billed;
    try (var hold =
        new DatabaseHold(facteur.database(), "UPDATE ON transmission", "NEW.state = 'ENDED'")) {
      billed = facteur.bill(3, "EMAIL");
      hold.awaitSomebodyHeld();
      assertThat(billed.mails()).hasSize(1);
      facteur.process().kill9();
    }
    assertOnlyOneBegun(billed, "CLAIMED marked 1");

    facteur.process().start();

    assertUncertainOnce(billed);
  }

  @Test
  @DisplayName("Killed before a file gets its name: written once after the restart")
  void beforeTheFileAppears() throws Exception {
    facteur.bill(1, "POST").awaitDeliveries("1: POST SPOOLED");
    Billed billed;
    try (var rename =
        new Breakpoint(
            facteur.process().debugPort(), "io.facteur.spool.SpoolFolders", "publish", ".pdf")) {
      billed = facteur.bill(2, "POST");
      rename.awaitReached(Duration.ofSeconds(60));
      facteur.process().kill9();
    }
    assertThat(billed.files())
        .isNotEmpty()
        .allSatisfy(
            file -> {
              assertThat(facteur.places(file)).isEmpty();
              assertThat(facteur.places(file + ".1")).containsExactly("incoming");
            });

    facteur.process().start();

    billed.awaitDeliveries("1: POST SPOOLED", "2: POST SPOOLED");
    assertThat(billed.files()).hasSize(2).allSatisfy(this::liesReadyOnce);
    assertThat(facteur.printQueue().resolve("incoming")).isEmptyDirectory();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "before it wrote the file, io.facteur.spool.DropFile, <init>,",
    "between its mark and the file's appearance, io.facteur.spool.SpoolFolders, publish, .json"
  })
  @DisplayName("A writer that stood still while another took over hands over no second file")
  void standingStillWhileAnotherTakesOver(
      String when, String className, String method, String argument) throws Exception {
    facteur.bill(1, "POST").awaitDeliveries("1: POST SPOOLED");
    Billed billed;
    try (var write = new Breakpoint(facteur.process().debugPort(), className, method, argument)) {
      billed = facteur.bill(1, "POST");
      write.awaitReached(Duration.ofSeconds(60));
      facteur.letLeasesEnd(billed);
      billed.awaitDeliveries("1: POST SPOOLED");
      move(billed.onlyFile(), "ready", "taken");
    }
    Pattern late =
        Pattern.compile("claim lost, nothing|after the claim was lost|FAILED_TEMPORARILY");
    Awaitility.await("the first writer to go on")
        .atMost(Duration.ofSeconds(60))
        .until(() -> late.matcher(facteur.process().output()).find());

    assertThat(facteur.places(billed.onlyFile())).as(when).containsExactly("taken");
    billed.awaitDeliveries("1: POST SPOOLED");
  }

  @Test
  @DisplayName("Killed while the store is written: written again and sent once after the restart")
  void beforeTheStoredFileAppears() throws Exception {
    Billed billed;
    try (var move =
        new Breakpoint(
            facteur.process().debugPort(),
            "io.facteur.rendering.DocumentStore",
            "createFolder",
            null)) {
      billed = facteur.bill(1, "EMAIL", "ARCHIVE");
      move.awaitReached(Duration.ofSeconds(60));
      facteur.process().kill9();
    }
    assertThat(facteur.process().data().resolve("store/incoming")).isNotEmptyDirectory();
    assertThat(billed.transmissions()).noneMatch(state -> state.startsWith("ENDED"));

    facteur.process().start();

    billed.awaitDeliveries("1: EMAIL SENT", "1: ARCHIVE SPOOLED");
    billed.assertOneMailEach(1);
  }

  @Test
  @DisplayName("Killed after the consumer has moved a file, before our commit: not written again")
  void beforeTheFilesCommit() throws Exception {
    Billed taken;
    Billed done;
    try (var hold =
        new DatabaseHold(facteur.database(), "UPDATE ON transmission", "NEW.state = 'ENDED'")) {
      taken = facteur.bill(1, "POST");
      hold.awaitHeld(1);
      done = facteur.bill(1, "POST");
      hold.awaitHeld(2);
      move(taken.onlyFile(), "ready", "taken");
      move(done.onlyFile(), "ready", "done");
      facteur.process().kill9();
    }
    assertThat(taken.transmissions()).containsExactly("CLAIMED marked 1");
    assertThat(done.transmissions()).containsExactly("CLAIMED marked 1");

    facteur.process().start();

    taken.awaitDeliveries("1: POST SPOOLED");
    done.awaitDeliveries("1: POST PRINTED");
    facteur.awaitALaterInvoice();
    taken.awaitDeliveries("1: POST SPOOLED");
    done.awaitDeliveries("1: POST PRINTED");
    assertThat(facteur.places(taken.onlyFile())).containsExactly("taken");
    assertThat(facteur.places(done.onlyFile()))
        .singleElement(InstanceOfAssertFactories.STRING)
        .startsWith("done");
  }

  private static void assertOnlyOneBegun(Billed billed, String state) {
    assertThat(billed.transmissions())
        .hasSize(3)
        .filteredOn(transmission -> !transmission.endsWith(" 0"))
        .containsExactly(state);
  }

  private static void assertUncertainOnce(Billed billed) {
    billed.awaitStates("UNCERTAIN", "SENT", "SENT");
    facteur.awaitALaterInvoice();
    assertThat(billed.states()).containsExactlyInAnyOrder("UNCERTAIN", "SENT", "SENT");
    assertThat(billed.reasonOfUncertainty())
        .contains("the node was restarted")
        .contains("evidence");
    assertThat(billed.transmissions())
        .containsExactly("ENDED marked 1", "ENDED marked 1", "ENDED marked 1");
    billed.assertOneMailEach(3);
  }

  private static void awaitDeath() {
    Awaitility.await("Facteur to be killed")
        .atMost(Duration.ofSeconds(60))
        .until(() -> !facteur.process().isRunning());
  }

  private void liesReadyOnce(String file) {
    assertThat(facteur.places(file)).containsExactly("ready");
    assertThat(facteur.places(file + ".json")).containsExactly("ready");
  }

  /** As consumers do: the manifest first. */
  private static void move(String file, String from, String to) throws IOException {
    Path queue = facteur.printQueue();
    for (String name : List.of(file + ".json", file)) {
      Files.move(queue.resolve(from).resolve(name), queue.resolve(to).resolve(name));
    }
  }
}
