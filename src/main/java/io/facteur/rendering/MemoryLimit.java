package io.facteur.rendering;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What the template that runs in a thread may allocate in all. The longest document takes a tenth;
 * a text that doubles in a loop is stopped when it has at most twice as much.
 */
final class MemoryLimit {

  /** An eighth of the heap, so that even several at a time do not fill it. */
  static final long BYTES = Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 8);

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final ThreadLocal<Long> END = new ThreadLocal<>();

  private MemoryLimit() {}

  /** A template begins. */
  static void begin() {
    END.set(THREADS.getCurrentThreadAllocatedBytes() + BYTES);
  }

  static void end() {
    END.remove();
  }

  static boolean isExceeded() {
    Long end = END.get();
    return end != null && THREADS.getCurrentThreadAllocatedBytes() > end;
  }
}
