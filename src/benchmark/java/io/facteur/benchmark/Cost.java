package io.facteur.benchmark;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * What one piece of work costs: the median of many samples. Time and memory are those of all Java
 * threads, as work may be done on others than the caller's; the compiler and the garbage collector
 * are none of them.
 */
final class Cost {

  private static final ThreadMXBean THREADS =
      (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final List<Double> cpuMillis = new ArrayList<>();
  private final List<Double> allocated = new ArrayList<>();
  private int size;

  /** Does the work once more, and notes what it takes. */
  void sample(Callable<byte[]> work) throws Exception {
    long[] threads = THREADS.getAllThreadIds();
    long cpu = sum(THREADS.getThreadCpuTime(threads));
    long bytes = sum(THREADS.getThreadAllocatedBytes(threads));
    size = work.call().length;
    bytes = sum(THREADS.getThreadAllocatedBytes(threads)) - bytes;
    cpu = sum(THREADS.getThreadCpuTime(threads)) - cpu;
    cpuMillis.add(cpu / 1e6);
    allocated.add(bytes / 1e6);
  }

  double cpuMillis() {
    return median(cpuMillis);
  }

  double allocatedMegabytes() {
    return median(allocated);
  }

  /** Bytes of the last result. */
  int size() {
    return size;
  }

  private static long sum(long[] values) {
    return Arrays.stream(values).filter(value -> value > 0).sum();
  }

  private static double median(List<Double> samples) {
    return samples.stream().sorted().skip(samples.size() / 2).findFirst().orElseThrow();
  }
}
