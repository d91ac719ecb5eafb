package io.facteur.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.facteur.channel.RecordingMarker;
import io.facteur.channel.Samples;
import io.facteur.delivery.Claim;
import io.facteur.delivery.Receipt;
import io.facteur.delivery.Receipt.Outcome;
import io.facteur.delivery.Shipment;
import io.facteur.delivery.TransmissionFailure;
import io.facteur.dispatch.Recipient;
import io.facteur.document.DocumentType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropTest {

  private static final String NAME = "post-0000000042-r2.pdf";
  private static final Recipient RECIPIENT = Samples.recipient(List.of(), List.of(), List.of());

  @TempDir private Path folder;
  private final RecordingMarker marker = new RecordingMarker();
  private int read;
  private final Drop drop =
      new Drop(
          id -> {
            read++;
            return Samples.document(DocumentType.INVOICE, "NL-2026-000012", "de");
          },
          (document, item) -> Samples.attachment(),
          marker,
          new ObjectMapper(),
          Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC));

  @Test
  void aFileIsWrittenThenAnnouncedAndAppearsThenWithItsManifest() throws Exception {
    DropFile file = prepare(null);

    assertThat(file.alreadyThere()).isFalse();
    assertThat(file.name()).isEqualTo(NAME);
    write(file);
    assertThat(marker.marked()).isEmpty();
    marker.meanwhile(() -> assertThat(folder.resolve("ready")).isEmptyDirectory());

    drop.release(file);

    assertThat(marker.marked()).containsExactly(NAME);
    assertThat(folder.resolve("incoming")).isEmptyDirectory();
    assertThat(folder.resolve("ready").resolve(NAME)).hasBinaryContent(file.content());
    assertThat(folder.resolve("ready").resolve(NAME + ".json")).hasContent(file.manifest());
    Receipt receipt = drop.receipt(file);
    assertThat(receipt.outcome()).isEqualTo(Outcome.SPOOLED);
    assertThat(receipt.evidence()).containsEntry("file", NAME).containsKey("sha256");
  }

  @Test
  void aWriterFromWhomAnotherHasTakenOverMeanwhileHasNothingLeftToHandOver() throws Exception {
    DropFile first = prepare(null);
    write(first);
    marker.meanwhile(
        () -> {
          marker.meanwhile(() -> {});
          takeOver();
        });

    Receipt late = failure(() -> drop.release(first));

    assertThat(late.outcome()).isEqualTo(Outcome.BROKEN_OFF);
    assertThat(folder.resolve("ready")).isEmptyDirectory();
    assertThat(folder.resolve("taken").resolve(NAME)).exists();
  }

  @Test
  void aFileThatHasAppearedButCannotBeSyncedOrFoundIsInDoubt() throws Exception {
    DropFile file = prepare(null);
    write(file);
    drop.release(file);
    breakReady();

    Receipt receipt = drop.receipt(file);

    assertThat(receipt.outcome()).isEqualTo(Outcome.BROKEN_OFF);
    assertThat(receipt.reason()).contains(folder.toString());
    assertThat(receipt.evidence()).containsEntry("file", NAME);
  }

  @Test
  void aFileOfAnEarlierAttemptThatCannotBeLookedForIsInDoubt() throws Exception {
    SpoolFolders.create(folder);
    breakReady();

    assertThat(failure(() -> prepare(NAME)).outcome()).isEqualTo(Outcome.BROKEN_OFF);
  }

  @Test
  void aFileThatCannotAppearIsCertainlyNotHandedOver() throws Exception {
    DropFile file = prepare(null);
    write(file);
    marker.meanwhile(this::breakReady);

    Receipt receipt = failure(() -> drop.release(file));

    assertThat(receipt.outcome()).isEqualTo(Outcome.FAILED_TEMPORARILY);
    assertThat(folder.resolve("incoming")).as("nobody can finish it").isEmptyDirectory();
  }

  /** As a share that hangs: everything in it fails, and no file of it is known to be absent. */
  private void breakReady() {
    try {
      Path ready = folder.resolve("ready");
      Files.move(ready, folder.resolve("ready-before"));
      Files.createSymbolicLink(ready, ready);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {NAME, NAME + ".json"})
  void whatAFullDiskHasCutOffIsNeitherAnnouncedNorHandedOver(String cut) throws Exception {
    DropFile file = prepare(null);
    write(file);
    Path unfinished = folder.resolve("incoming").resolve(cut + ".3");
    byte[] whole = Files.readAllBytes(unfinished);
    Files.write(unfinished, Arrays.copyOf(whole, whole.length - 1));

    Receipt receipt = failure(() -> drop.release(file));

    assertThat(receipt.outcome()).isEqualTo(Outcome.FAILED_TEMPORARILY);
    assertThat(receipt.reason()).contains("is the disk full?");
    assertThat(marker.marked()).isEmpty();
    assertThat(folder.resolve("ready")).isEmptyDirectory();
  }

  /** With the next fence; the consumer takes the file. */
  private void takeOver() {
    Shipment first = Samples.shipment("POST", RECIPIENT, NAME, Samples.item("NL-1", false));
    Claim claim = new Claim(first.claim().transmission(), "node-2", first.claim().fence() + 1);
    Shipment next =
        new Shipment(
            claim,
            2,
            first.domain(),
            first.channel(),
            first.role(),
            first.recipient(),
            first.knownFile(),
            first.printQueue(),
            first.items());
    try {
      DropFile second = drop.prepare(next, null, folder.toString(), "invoice-post");
      assertThat(second.alreadyThere()).isFalse();
      write(second);
      drop.release(second);
      for (String name : List.of(NAME + ".json", NAME)) {
        Files.move(folder.resolve("ready").resolve(name), folder.resolve("taken").resolve(name));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theManifestSaysWhatAPrintRoomNeeds() throws Exception {
    JsonNode manifest = new ObjectMapper().readTree(prepare(null).manifest());

    assertThat(manifest.path("file").asText()).isEqualTo(NAME);
    assertThat(manifest.path("documentNumber").asText()).isEqualTo("NL-2026-000012");
    assertThat(manifest.path("documentType").asText()).isEqualTo("INVOICE");
    assertThat(manifest.path("recipientName").asText()).isEqualTo("Zoë Müller");
    assertThat(manifest.path("address").get(1).asText()).isEqualTo("c/o Anna");
    assertThat(manifest.path("address").get(3).asText()).isEqualTo("3000 Bern");
    assertThat(manifest.path("sizeBytes").asInt()).isEqualTo(Samples.PDF.length);
    assertThat(manifest.path("pages").asInt()).isEqualTo(1);
    assertThat(manifest.path("transmission").asLong()).isEqualTo(42);
    assertThat(manifest.path("delivery").asLong()).isEqualTo(812);
    assertThat(manifest.path("createdAt").asText()).isEqualTo("2026-11-21T10:00:00Z");
    assertThat(manifest.path("route").asText()).isEqualTo("invoice-post-contracting-party");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ready", "taken", "done", "failed", "done/acknowledged", "failed/acknowledged"})
  void aFileThatAnEarlierAttemptWroteIsNotWrittenAgain(String where) throws Exception {
    SpoolFolders.create(folder);
    Files.createDirectories(folder.resolve(where));
    Files.writeString(folder.resolve(where).resolve(NAME), "written");

    DropFile file = prepare(NAME);

    assertThat(file.alreadyThere()).isTrue();
    assertThat(marker.marked()).isEmpty();
    assertThat(drop.receipt(file).outcome()).isEqualTo(Outcome.SPOOLED);
    assertThat(drop.receipt(file).evidence().get("found")).startsWith("in " + where + "/");
  }

  @Test
  void aFileThatLiesInTheQueueThatTheRouteNamedBeforeIsNotWrittenAgain() throws Exception {
    Shipment again = shipment(NAME);
    Path before = queue(again, "main");
    Path now = queue(again, "second");
    Files.writeString(before.resolve("taken").resolve(NAME), "printed already");

    DropFile file = drop.prepare(again, folder.toString(), now.toString(), "invoice-post");

    assertThat(file.alreadyThere()).isTrue();
    Receipt receipt = drop.receipt(file);
    assertThat(receipt.outcome()).isEqualTo(Outcome.SPOOLED);
    assertThat(receipt.evidence()).containsEntry("file", NAME);
    assertThat(receipt.evidence().get("found")).startsWith("in taken/ of main");
    assertThat(read).as("the document is not made again").isZero();
  }

  @Test
  void whatAnEarlierClaimWroteForAnotherQueueInAnotherFormatCanNotAppearAnyMore() throws Exception {
    String known = "post-0000000042-r2.xml";
    Shipment again = shipment(known);
    Path before = queue(again, "main");
    Path now = queue(again, "second");
    Path unfinished = before.resolve("incoming").resolve(known + ".1");
    Files.writeString(unfinished, "announced; its writer stands still before it gets its name");

    DropFile file = drop.prepare(again, folder.toString(), now.toString(), "invoice-post");

    assertThat(file.alreadyThere()).isFalse();
    assertThat(file.name()).isEqualTo(NAME);
    assertThat(unfinished).doesNotExist();
  }

  @Test
  void foldersBesideOneWithoutQueuesAreNotItsOwn() throws Exception {
    Shipment again = shipment(NAME);
    Files.writeString(queue(again, "copies").resolve("ready").resolve(NAME), "of another step");

    DropFile file =
        drop.prepare(again, "elsewhere", queue(again, "archive").toString(), "invoice-post");

    assertThat(file.alreadyThere()).isFalse();
  }

  private Path queue(Shipment shipment, String name) throws IOException {
    Path queue = Path.of(drop.folder(shipment, folder.toString(), name));
    SpoolFolders.create(queue);
    return queue;
  }

  @Test
  void aFileThatWasAnnouncedButNeverWrittenIsWritten() throws Exception {
    SpoolFolders.create(folder);

    assertThat(prepare(NAME).alreadyThere()).isFalse();
  }

  @Test
  void whatEarlierClaimsLeftUnfinishedIsRemovedAndNothingElse() throws Exception {
    SpoolFolders.create(folder);
    Path incoming = folder.resolve("incoming");
    String other = "post-0000000043-r1.pdf.1";
    for (String name : List.of(NAME + ".1", NAME + ".2", NAME + ".json.2", NAME + ".4", other)) {
      Files.writeString(incoming.resolve(name), "half");
    }

    prepare(NAME);

    try (Stream<Path> left = Files.list(incoming)) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .as("of the claim with fence 3 all earlier ones are over")
          .containsExactlyInAnyOrder(NAME + ".4", other);
    }
  }

  @Test
  void aShareThatIsNotMountedIsNotTakenForOneWithoutTheFile() {
    Receipt receipt = failure(() -> prepare(NAME));

    assertThat(receipt.outcome()).isEqualTo(Outcome.BROKEN_OFF);
    assertThat(receipt.reason()).contains("is the share mounted?");
    assertThat(marker.marked()).isEmpty();
  }

  @Test
  void aFileOfAnotherLifeIsNeverOverwritten() throws Exception {
    SpoolFolders.create(folder);
    Files.writeString(folder.resolve("ready").resolve(NAME), "of another");

    Receipt receipt = failure(() -> prepare(null));

    assertThat(receipt.outcome()).isEqualTo(Outcome.FAILED_TEMPORARILY);
    assertThat(receipt.reason()).contains("was the database restored?");
  }

  @Test
  void withoutTheClaimNothingAppears() throws Exception {
    DropFile file = prepare(null);
    write(file);
    marker.refuse();

    assertThat(failure(() -> drop.release(file)).outcome()).isEqualTo(Outcome.CLAIM_LOST);
    assertThat(folder.resolve("ready")).isEmptyDirectory();
    assertThat(folder.resolve("incoming")).isEmptyDirectory();
  }

  @Test
  void aFileThatItsConsumerDeletedIsUncertain() {
    DropFile file = prepare(null);

    assertThat(drop.receipt(file).outcome()).isEqualTo(Outcome.UNCERTAIN);
  }

  @Test
  void severalDocumentsInOneFileAreRefused() {
    Shipment.Item item = Samples.item("NL-2026-000012", false);
    Shipment shipment = Samples.shipment("POST", RECIPIENT, item, item);

    TransmissionFailure failure =
        catchThrowableOfType(
            TransmissionFailure.class,
            () -> drop.prepare(shipment, null, folder.toString(), "invoice-post"));

    assertThat(failure.receipt().outcome()).isEqualTo(Outcome.FAILED_FOR_GOOD);
  }

  @Test
  void aFullDiskAForbiddenFolderAndAReadOnlyOneAreToldApart() {
    DropFile file = prepare(null);

    assertThat(drop.failed(file, new RuntimeException(new IOException("No space left on device"))))
        .satisfies(r -> assertThat(r.outcome()).isEqualTo(Outcome.FAILED_TEMPORARILY))
        .satisfies(r -> assertThat(r.reason()).contains("make room"));
    assertThat(drop.failed(file, new AccessDeniedException("ready")).reason())
        .contains("no permission");
    assertThat(
            drop.failed(file, new FileSystemException("x", null, "Read-only file system")).reason())
        .contains("is read-only");
    assertThat(drop.failed(file, new IOException("Stale file handle")).reason())
        .contains("Stale file handle");
  }

  private DropFile prepare(String knownFile) {
    return drop.prepare(
        shipment(knownFile), null, folder.toString(), "invoice-post-contracting-party");
  }

  private static Shipment shipment(String knownFile) {
    return Samples.shipment("POST", RECIPIENT, knownFile, Samples.item("NL-2026-000012", false));
  }

  /** As the route does. */
  private void write(DropFile file) throws IOException {
    Path incoming = folder.resolve("incoming");
    Files.writeString(incoming.resolve(file.unfinishedManifest()), file.manifest());
    Files.write(incoming.resolve(file.unfinished()), file.content());
  }

  private static Receipt failure(ThrowingCallable act) {
    return catchThrowableOfType(TransmissionFailure.class, act).receipt();
  }
}
