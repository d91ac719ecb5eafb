package io.facteur.channel;

import io.facteur.delivery.Claim;
import io.facteur.delivery.Marker;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands for the ledger's marker: agrees unless told otherwise, and remembers. */
public final class RecordingMarker implements Marker {

  private final List<String> marked = new CopyOnWriteArrayList<>();
  private volatile boolean agrees = true;
  private volatile Runnable before = () -> {};

  public List<String> marked() {
    return List.copyOf(marked);
  }

  /** Another node has taken over. */
  public void refuse() {
    agrees = false;
  }

  /** Happens while the mark is being committed. */
  public void meanwhile(Runnable event) {
    before = event;
  }

  @Override
  public boolean mark(Claim claim, String messageId) {
    before.run();
    if (agrees) {
      marked.add(messageId);
    }
    return agrees;
  }

  @Override
  public boolean markFile(Claim claim, String fileName, String sha256) {
    before.run();
    if (agrees) {
      marked.add(fileName);
    }
    return agrees;
  }
}
