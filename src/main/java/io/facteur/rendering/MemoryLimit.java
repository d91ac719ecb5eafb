package io.facteur.rendering;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What the template that runs in a thread may allocate in all. A text that doubles in a loop is
 * stopped when it has at most twice as much.
 */
final class MemoryLimit {

  /** An eighth of the heap, so that even several at a time do not fill it. */
  static final long BYTES = Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 8);

  /** For each line of the document beside; a line of an invoice takes about half of it. */
  private static final long BYTES_A_LINE = 40_000;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final ThreadLocal<Long> END = new ThreadLocal<>();

  private MemoryLimit() {}

  /**
   * A template begins.
   *
   * @param lines of the document that it prints
   */
  static void begin(int lines) {
    END.set(THREADS.getCurrentThreadAllocatedBytes() + BYTES + lines * BYTES_A_LINE);
  }

  static void end() {
    END.remove();
  }

  static boolean isExceeded() {
    Long end = END.get();
    return end != null && THREADS.getCurrentThreadAllocatedBytes() > end;
  }
}
