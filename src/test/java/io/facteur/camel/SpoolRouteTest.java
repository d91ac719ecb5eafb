package io.facteur.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.facteur.channel.RecordingMarker;
import io.facteur.channel.Samples;
import io.facteur.delivery.Receipt;
import io.facteur.delivery.Receipt.Outcome;
import io.facteur.delivery.Shipment;
import io.facteur.document.DocumentType;
import io.facteur.spool.Drop;
import io.facteur.spool.SpoolAcknowledgement;
import io.facteur.spool.SpoolFolders;
import io.facteur.spool.SpoolReceipts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.Handler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolRouteTest {

  private static final String NAME = "post-0000000042-r2.pdf";
  private static final String ROUTE =
      """
      - routeConfiguration:
          id: spool-errors
          onException:
            - onException:
                exception: [org.apache.camel.component.file.GenericFileOperationFailedException]
                handled: {constant: "true"}
                steps:
                  - bean: {ref: drop, method: "failed(${variable.drop}, ${exception})"}
      - route:
          id: invoice-post
          routeConfigurationId: spool-errors
          from:
            uri: direct:post
            steps:
              - bean: {ref: drop, method: "prepare(${body}, '{{folder}}', ${fromRouteId})"}
              - setVariable: {name: drop, simple: "${body}"}
              - choice:
                  when:
                    - simple: "${variable.drop.alreadyThere} == false"
                      steps:
                        - setBody: {simple: "${variable.drop.manifest}"}
                        - to:
                            uri: file:{{folder}}/ready
                            parameters:
                              fileName: "${variable.drop.manifestName}"
                              tempFileName: "${variable.drop.temporaryManifestName}"
                              autoCreate: false
                              copyAndDeleteOnRenameFail: false
                              charset: UTF-8
                        - setBody: {simple: "${variable.drop.content}"}
                        - to:
                            uri: file:{{folder}}/ready
                            parameters:
                              fileName: "${variable.drop.name}"
                              tempFileName: "${variable.drop.temporaryName}"
                              autoCreate: false
                              copyAndDeleteOnRenameFail: false
              - bean: {ref: drop, method: "receipt(${variable.drop})"}
      - route:
          id: acknowledge-done
          from:
            uri: file:{{folder}}/done
            parameters: {exclude: '.*\\.(json|reason\\.txt)', move: "acknowledged/${file:name}", moveFailed: "unknown/${file:name}", delay: 50, initialDelay: 0}
            steps:
              - bean: {ref: spoolReceipts, method: done}
              - bean: {ref: ledger}
      - route:
          id: acknowledge-failed
          from:
            uri: file:{{folder}}/failed
            parameters: {exclude: '.*\\.(json|reason\\.txt)', move: "acknowledged/${file:name}", moveFailed: "unknown/${file:name}", delay: 50, initialDelay: 0}
            steps:
              - bean: {ref: spoolReceipts, method: failed}
              - bean: {ref: ledger}
      """;

  /** Stands for the ledger. */
  public static final class Ledger {
    private final List<SpoolAcknowledgement> taken = new CopyOnWriteArrayList<>();

    @Handler
    public void take(SpoolAcknowledgement acknowledgement) {
      taken.add(acknowledgement);
    }
  }

  @TempDir private Path folder;
  private final RecordingMarker marker = new RecordingMarker();
  private final Ledger ledger = new Ledger();
  private CamelContext camel;

  @BeforeEach
  void start() throws Exception {
    SpoolFolders.create(folder);
    Drop drop =
        new Drop(
            id -> Samples.document(DocumentType.INVOICE, "NL-2026-000012", "de"),
            (document, item) -> Samples.attachment(),
            marker,
            new ObjectMapper(),
            Clock.systemUTC());
    camel =
        YamlRoutes.start(
            ROUTE.replace("{{folder}}", folder.toString()),
            Map.of("drop", drop, "spoolReceipts", new SpoolReceipts(), "ledger", ledger));
  }

  @AfterEach
  void stop() {
    camel.stop();
  }

  @Test
  void aRouteWritesTheManifestThenTheWholeFile() throws Exception {
    Receipt receipt = post(null);

    assertThat(receipt.outcome()).isEqualTo(Outcome.SPOOLED);
    assertThat(folder.resolve("ready").resolve(NAME)).hasBinaryContent(Samples.PDF);
    assertThat(folder.resolve("ready").resolve(NAME + ".json"))
        .content()
        .contains("\"recipientName\" : \"Zoë Müller\"", "\"route\" : \"invoice-post\"");
    assertThat(folder.resolve("incoming")).isEmptyDirectory();
  }

  @Test
  void aRouteLeavesAloneWhatItsConsumerHasTaken() throws Exception {
    Files.writeString(folder.resolve("taken").resolve(NAME), "being printed");

    Receipt receipt = post(NAME);

    assertThat(receipt.outcome()).isEqualTo(Outcome.SPOOLED);
    assertThat(folder.resolve("ready")).isEmptyDirectory();
  }

  @Test
  void aHalfWrittenFileIsSeenByNobodyAndWrittenAgain() throws Exception {
    Files.writeString(folder.resolve("incoming").resolve(NAME + ".3"), "%PDF-1.");

    assertThat(post(NAME).outcome()).isEqualTo(Outcome.SPOOLED);

    assertThat(folder.resolve("ready").resolve(NAME)).hasBinaryContent(Samples.PDF);
    assertThat(folder.resolve("incoming")).isEmptyDirectory();
  }

  @Test
  void aFolderThatCannotBeWrittenIsATemporaryFailure() throws Exception {
    Files.delete(folder.resolve("incoming"));
    Files.writeString(folder.resolve("incoming"), "a file where the folder was");

    Receipt receipt = post(NAME);

    assertThat(receipt.outcome()).isEqualTo(Outcome.FAILED_TEMPORARILY);
    assertThat(receipt.reason()).contains("cannot be written");
    assertThat(folder.resolve("ready")).isEmptyDirectory();
  }

  @Test
  void whatAConsumerReportsReachesTheLedgerOnce() throws Exception {
    post(null);
    Files.move(folder.resolve("ready").resolve(NAME), folder.resolve("taken").resolve(NAME));
    Files.writeString(folder.resolve("failed").resolve(NAME + ".reason.txt"), "paper jam");
    Files.move(folder.resolve("taken").resolve(NAME), folder.resolve("failed").resolve(NAME));

    await().until(() -> Files.exists(folder.resolve("failed/acknowledged").resolve(NAME)));

    assertThat(ledger.taken)
        .singleElement()
        .satisfies(
            acknowledged -> {
              assertThat(acknowledged.transmission().value()).isEqualTo(42);
              assertThat(acknowledged.done()).isFalse();
              assertThat(acknowledged.reason()).isEqualTo("paper jam");
            });
    assertThat(SpoolFolders.find(folder, NAME)).contains("failed/acknowledged");
  }

  @Test
  void aFileThatIsNotOursIsPutAside() throws Exception {
    Files.writeString(folder.resolve("done").resolve("holiday.jpg"), "?");

    await().until(() -> Files.exists(folder.resolve("done/unknown/holiday.jpg")));

    assertThat(ledger.taken).isEmpty();
  }

  private Receipt post(String knownFile) {
    Shipment shipment =
        Samples.shipment(
            "POST",
            Samples.recipient(List.of(), List.of(), List.of()),
            knownFile,
            Samples.item("NL-2026-000012", false));
    return camel.createProducerTemplate().requestBody("direct:post", shipment, Receipt.class);
  }
}
