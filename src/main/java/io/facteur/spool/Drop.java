package io.facteur.spool;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.facteur.channel.Attachment;
import io.facteur.channel.Attachments;
import io.facteur.channel.DocumentSource;
import io.facteur.delivery.Marker;
import io.facteur.delivery.Receipt;
import io.facteur.delivery.Shipment;
import io.facteur.delivery.TransmissionFailure;
import io.facteur.dispatch.Recipient;
import io.facteur.document.Document;
import io.facteur.party.PostalAddress;
import io.facteur.party.TradeParty;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Hands files to a consumer's folder, each once. The route writes it under an unfinished name,
 * between {@link #prepare} and {@link #release}; then its name is committed, and it gets it. Who
 * takes over from a claim first removes what that one was writing, then looks for the file wherever
 * the consumer may have moved it: so a writer that stood still at any point, and goes on after
 * that, has nothing left to give a name to.
 */
@Component
public class Drop {

  /** A folder's name comes from people here, so it must not lead elsewhere. */
  private static final Pattern QUEUE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  private final DocumentSource documents;
  private final Attachments attachments;
  private final Marker marker;
  private final ObjectMapper json;
  private final Clock clock;

  public Drop(
      DocumentSource documents,
      Attachments attachments,
      Marker marker,
      ObjectMapper json,
      Clock clock) {
    this.documents = documents;
    this.attachments = attachments;
    this.marker = marker;
    this.json = json;
    this.clock = clock;
  }

  /**
   * The folder of the queue that a shipment is for: the document's, else the route's.
   *
   * @param root the channel's folder
   * @throws TransmissionFailure if the queue's name is none
   */
  public String folder(Shipment shipment, String root, String routeQueue) {
    String queue = shipment.printQueue() == null ? routeQueue : shipment.printQueue();
    if (!QUEUE.matcher(queue).matches()) {
      throw new TransmissionFailure(
          Receipt.failedForGood(
              "'"
                  + queue
                  + "' is no name of a print queue: letters, digits, dots and hyphens. Issue for"
                  + " another one, or resend",
              Map.of()),
          null);
    }
    return Path.of(root, queue).toString();
  }

  /**
   * Makes the file of a shipment, unless an earlier attempt has handed it over: that is looked for
   * first, wherever the route had it laid then, and in whatever format.
   *
   * @param channelRoot the channel's folder with those of its queues; null, or not the one above
   *     {@code folder}: it has no others
   * @param folder of the consumer, with {@code ready} inside
   * @param route id of the route instance, for the manifest
   * @throws TransmissionFailure if nothing may or can be written
   */
  public DropFile prepare(Shipment shipment, String channelRoot, String folder, String route) {
    Shipment.Item item = onlyItem(shipment);
    Path root = Path.of(folder);
    if (shipment.knownFile() != null) {
      boolean hasQueues =
          channelRoot != null && Path.of(channelRoot).equals(Path.of(folder).getParent());
      Optional<DropFile> earlier = earlier(shipment, root, hasQueues);
      if (earlier.isPresent()) {
        return earlier.get();
      }
    }
    Document document = documents.document(item.document());
    Attachment content = attachments.of(document, item);
    SpoolFile file =
        new SpoolFile(
            shipment.channel(),
            shipment.claim().transmission(),
            item.revision(),
            content.extension());
    String manifest = manifest(shipment, item, document, content, file, route);
    makeRoom(shipment, root, file);
    return new DropFile(
        shipment,
        root,
        file,
        content.mediaType(),
        content.bytes(),
        content.sha256(),
        manifest,
        null);
  }

  /**
   * Announces the file that the route has written, and lets it appear, its manifest first.
   *
   * @throws TransmissionFailure if another node has taken over, or it cannot appear
   */
  public void release(DropFile drop) {
    try {
      refuseUnlessWhole(drop, drop.unfinishedManifest(), drop.manifest().getBytes(UTF_8));
      refuseUnlessWhole(drop, drop.unfinished(), drop.content());
      if (!marker.markFile(drop.shipment().claim(), drop.name(), drop.sha256())) {
        SpoolFolders.removeUnfinished(drop.folder(), drop.unfinishedManifest());
        SpoolFolders.removeUnfinished(drop.folder(), drop.unfinished());
        throw new TransmissionFailure(Receipt.claimLost(), null);
      }
    } catch (IOException e) {
      throw new TransmissionFailure(failed(drop, e), e);
    }
    publish(drop);
  }

  private void publish(DropFile drop) {
    try {
      SpoolFolders.publish(drop.folder(), drop.unfinishedManifest(), drop.manifestName());
      SpoolFolders.publish(drop.folder(), drop.unfinished(), drop.name());
    } catch (IOException e) {
      throw new TransmissionFailure(isTakenBack(drop) ? failed(drop, e) : inDoubt(drop, e), e);
    }
  }

  /** A rename that reports an error may have been done: certain is what is still unfinished. */
  private static boolean isTakenBack(DropFile drop) {
    try {
      SpoolFolders.removeUnfinished(drop.folder(), drop.unfinishedManifest());
      return SpoolFolders.removeUnfinished(drop.folder(), drop.unfinished());
    } catch (IOException unknown) {
      return false;
    }
  }

  /** What to record once the file has appeared, or was found. */
  public Receipt receipt(DropFile drop) {
    Map<String, String> evidence = evidence(drop);
    try {
      Optional<String> lies =
          drop.alreadyThere()
              ? Optional.of(drop.foundIn())
              : SpoolFolders.find(drop.folder(), drop.name());
      if (lies.isEmpty()) {
        return Receipt.uncertain(
            "the file was written but lies in no folder: look whether its consumer deleted it, then"
                + " resolve",
            evidence);
      }
      if (drop.alreadyThere()) {
        evidence.put(
            "found",
            "in %s/ of %s, written by an earlier attempt"
                .formatted(drop.foundIn(), drop.folder().getFileName()));
      }
      if (lies.get().equals(SpoolFolders.READY)) {
        SpoolFolders.sync(drop.folder());
      }
      return Receipt.spooled(evidence);
    } catch (IOException e) {
      return inDoubt(drop, e);
    }
  }

  /**
   * What to record when the route could not write the file, or it certainly has not got its name:
   * this is always temporary.
   */
  public Receipt failed(DropFile drop, Throwable error) {
    return Receipt.failedTemporarily(SpoolProblems.reason(error, drop.folder()), evidence(drop));
  }

  /**
   * Its consumer may have it: the next attempt looks for it, and after the last it is uncertain.
   */
  private static Receipt inDoubt(DropFile drop, IOException error) {
    return Receipt.brokenOff(SpoolProblems.reason(error, drop.folder()), evidence(drop));
  }

  /** Camel takes a write that a full disk has cut off in its last part for a whole one. */
  private static void refuseUnlessWhole(DropFile drop, String unfinished, byte[] content)
      throws IOException {
    if (!SpoolFolders.holds(drop.folder(), unfinished, content)) {
      throw new IOException("not all of " + unfinished + " was written: is the disk full?");
    }
  }

  private static Shipment.Item onlyItem(Shipment shipment) {
    if (shipment.items().size() == 1) {
      return shipment.items().get(0);
    }
    throw new TransmissionFailure(
        Receipt.failedForGood(
            "a file carries one document, but the transmission has "
                + shipment.items().size()
                + ": send them one by one",
            Map.of()),
        null);
  }

  private static Optional<DropFile> earlier(Shipment shipment, Path root, boolean hasQueues) {
    SpoolFile known = SpoolFile.named(shipment.knownFile());
    try {
      if (!SpoolFolders.exist(root)) {
        throw new IOException("the folders are missing: is the share mounted?");
      }
      for (Path queue : hasQueues ? SpoolFolders.beside(root) : List.of(root)) {
        // In this order: what still gets its name in between is found.
        removeUnfinished(queue, known, shipment.claim().fence());
        Optional<String> found = SpoolFolders.find(queue, known.name());
        if (found.isPresent()) {
          return Optional.of(DropFile.found(shipment, queue, known, found.get()));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new TransmissionFailure(
          Receipt.brokenOff(SpoolProblems.reason(e, root), Map.of(Receipt.FILE, known.name())), e);
    }
  }

  private static void makeRoom(Shipment shipment, Path root, SpoolFile file) {
    try {
      SpoolFolders.create(root);
      removeUnfinished(root, file, shipment.claim().fence());
      if (!file.name().equals(shipment.knownFile())) {
        refuseForeign(root, file);
      }
    } catch (IOException e) {
      throw new TransmissionFailure(
          Receipt.failedTemporarily(
              SpoolProblems.reason(e, root), Map.of(Receipt.FILE, file.name())),
          e);
    }
  }

  /** What earlier claims were writing when they ended: nobody can finish it from now on. */
  private static void removeUnfinished(Path root, SpoolFile file, long fence) throws IOException {
    for (long earlier = 1; earlier < fence; earlier++) {
      SpoolFolders.removeUnfinished(root, DropFile.unfinishedName(file.manifestName(), earlier));
      SpoolFolders.removeUnfinished(root, DropFile.unfinishedName(file.name(), earlier));
    }
  }

  /** A name that this transmission never announced is not its own: ids came back with a backup. */
  private static void refuseForeign(Path root, SpoolFile file) throws IOException {
    Optional<String> found = SpoolFolders.find(root, file.name());
    if (found.isPresent()) {
      throw new IOException(
          "a file "
              + file.name()
              + " lies in "
              + found.get()
              + "/ that this transmission did not write: was the database restored? Move it away");
    }
  }

  private String manifest(
      Shipment shipment,
      Shipment.Item item,
      Document document,
      Attachment content,
      SpoolFile file,
      String route) {
    Recipient recipient = shipment.recipient();
    TradeParty.Endpoint endpoint = recipient.endpoint();
    Manifest manifest =
        new Manifest(
            file.name(),
            content.mediaType(),
            content.bytes().length,
            content.sha256(),
            content.pages(),
            document.number(),
            document.type().name(),
            item.format() == null ? "PDF" : item.format(),
            item.language() == null ? document.language() : item.language(),
            item.copy(),
            recipient.name(),
            lines(recipient.postal()),
            endpoint == null ? null : endpoint.scheme(),
            endpoint == null ? null : endpoint.id(),
            shipment.claim().transmission().value(),
            item.delivery().value(),
            item.revision(),
            clock.instant().toString(),
            route);
    try {
      return json.writerWithDefaultPrettyPrinter().writeValueAsString(manifest);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("manifest of " + file.name(), e);
    }
  }

  private static List<String> lines(TradeParty party) {
    if (party == null || party.address() == null) {
      return List.of();
    }
    PostalAddress address = party.address();
    return Stream.of(
            party.name(),
            party.additionalName(),
            address.street(),
            address.postcode() + " " + address.city(),
            address.country())
        .filter(line -> line != null && !line.isBlank())
        .toList();
  }

  private static Map<String, String> evidence(DropFile drop) {
    Map<String, String> evidence = new TreeMap<>();
    evidence.put(Receipt.FILE, drop.name());
    if (drop.sha256() != null) {
      evidence.put("sha256", drop.sha256());
    }
    return evidence;
  }
}
