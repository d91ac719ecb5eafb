package io.facteur.chaos;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * Sends thousands of deliveries under faults and compares what arrived with the ledger: {@code mvn
 * -Pchaos verify}, see {@code docs/chaos.md}.
 */
public final class Chaos {

  private static final Path FOLDER = Path.of("target", "chaos");

  private Chaos() {}

  /**
   * Ends with status 1 unless every seed is green.
   *
   * @param arguments seeds, separated by commas, {@code random} for any; then how many deliveries
   */
  public static void main(String[] arguments) throws IOException {
    List<Long> seeds = Stream.of(arguments[0].split(",")).map(Chaos::seed).toList();
    int deliveries = Integer.parseInt(arguments[1]);
    boolean green = true;
    for (long seed : seeds) {
      green &= run(seed, deliveries);
    }
    System.exit(green ? 0 : 1);
  }

  private static long seed(String text) {
    return text.isBlank() || text.strip().equals("random")
        ? new Random().nextInt(1_000_000)
        : Long.parseLong(text.strip());
  }

  private static boolean run(long seed, int deliveries) throws IOException {
    System.out.printf("%nChaos, seed %d (-Dchaos.seed=%d)%n", seed, seed);
    Path folder = FOLDER.resolve("seed-" + seed);
    FileSystemUtils.deleteRecursively(folder);
    Files.createDirectories(folder);
    try (EventLog log = new EventLog(folder.resolve("events.log"));
        ChaosRun run = new ChaosRun(seed, deliveries, folder, log)) {
      ChaosLedger ledger = run.run();
      ledger.print(System.out);
      write(ledger, folder.resolve("ledger.md"));
      return ledger.isGreen();
    }
  }

  private static void write(ChaosLedger ledger, Path file) throws IOException {
    try (PrintStream out =
        new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8)) {
      ledger.print(out);
    }
  }
}
