package io.facteur.spool;

import io.facteur.delivery.Shipment;
import java.nio.file.Path;

/**
 * A file on its way to a consumer. Routes write {@code manifest} and {@code content} to their
 * unfinished names in {@code incoming}, then {@link Drop#release} it; unless {@code alreadyThere}.
 *
 * @param folder with {@code ready}, {@code taken}, {@code done} and {@code failed} inside
 * @param content as all that belongs to it, null where an earlier attempt's file was found
 * @param manifest JSON
 * @param foundIn the folder in which an earlier attempt's file lies; null if none does
 */
// Used once by the route that asked for it; nobody compares it.
@SuppressWarnings("ArrayRecordComponent")
public record DropFile(
    Shipment shipment,
    Path folder,
    SpoolFile file,
    String mediaType,
    byte[] content,
    String sha256,
    String manifest,
    String foundIn) {

  /** What an earlier attempt has written; its content is not made again. */
  static DropFile found(Shipment shipment, Path folder, SpoolFile file, String in) {
    return new DropFile(shipment, folder, file, null, null, null, null, in);
  }

  public String name() {
    return file.name();
  }

  public String manifestName() {
    return file.manifestName();
  }

  /** In {@code incoming}; of this claim only, so that two nodes never write into one file. */
  public String unfinished() {
    return unfinishedName(name(), shipment.claim().fence());
  }

  /** As {@link #unfinished()}, of the manifest. */
  public String unfinishedManifest() {
    return unfinishedName(manifestName(), shipment.claim().fence());
  }

  /** Whether an earlier attempt has written it: then it must not be written again. */
  public boolean alreadyThere() {
    return foundIn != null;
  }

  /** What a file is called in {@code incoming} while the claim with that fence writes it. */
  static String unfinishedName(String name, long fence) {
    return name + "." + fence;
  }
}
