package io.facteur.benchmark;

import static io.facteur.benchmark.Measurement.decimals;

import io.facteur.testing.MailSinkProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Sends mails of 60 kB, and does nothing else, as Facteur does, as Camel Mail does where nobody
 * says otherwise, and by Postfix's {@code smtp-source}: {@code mvn -Pbenchmark verify
 * -Dbenchmark=mail}, see {@code docs/performance.md}.
 */
public final class MailBenchmark {

  private static final List<Integer> CONNECTIONS = List.of(1, 4, 8);

  /** Camel Mail's default is slow. */
  private static final int FEWER = 10;

  private static final List<String> COLUMNS =
      List.of(
          "mails of 60 kB",
          "connections",
          "mails",
          "mails/s",
          "x Camel's default",
          "CPU ms a mail: sender",
          "mail sink");

  private MailBenchmark() {}

  /**
   * Prints the table.
   *
   * @param arguments how many mails
   */
  public static void main(String[] arguments) throws Exception {
    int mails = Integer.parseInt(arguments[0]);
    MarkdownTable table = new MarkdownTable(System.out, "Mail alone", COLUMNS);
    try (MailSinkProcess sink = MailSinkProcess.start();
        MailsInTurn contenders = new MailsInTurn(sink.port())) {
      for (int connections : CONNECTIONS) {
        Sent camel = measured(sink, mails / FEWER, n -> contenders.byCamelsDefault(n, connections));
        row(table, "Camel Mail as it comes", connections, camel, camel);
        Sent facteur = measured(sink, mails, n -> contenders.byFacteur(n, connections));
        row(table, "Facteur", connections, facteur, camel);
        Optional<SmtpSource> source = SmtpSource.find(sink.port());
        if (source.isPresent()) {
          Sent again = measured(sink, mails, n -> source.get().send(n, connections, false));
          row(table, "smtp-source, a connection for each mail", connections, again, camel);
          Sent kept = measured(sink, mails, n -> source.get().send(n, connections, true));
          row(table, "smtp-source -d, connections kept", connections, kept, camel);
        } else {
          table.row(missing(connections));
        }
      }
    }
    System.exit(0);
  }

  /** What so many mails have taken. */
  private record Sent(int mails, Duration time, Duration cpu, Duration sinkCpu) {

    private double perSecond() {
      return mails * 1e9 / time.toNanos();
    }

    private double millis(Duration duration) {
      return duration.toNanos() / 1e6 / mails;
    }
  }

  /** The second half is measured; by then the compiler is done. */
  private static Sent measured(MailSinkProcess sink, int mails, IntFunction<Duration> way) {
    Duration unused = way.apply(mails);
    long before = sink.mails();
    Duration sinkCpu = cpu(sink);
    long start = System.nanoTime();
    Duration cpu = way.apply(mails);
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    sinkCpu = cpu(sink).minus(sinkCpu);
    if (sink.mails() - before != mails) {
      throw new IllegalStateException((sink.mails() - before) + " mails arrived of " + mails);
    }
    return new Sent(mails, time, cpu, sinkCpu);
  }

  private static Duration cpu(MailSinkProcess sink) {
    return sink.handle().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static void row(
      MarkdownTable table, String name, int connections, Sent sent, Sent camel) {
    table.row(
        List.of(
            name,
            String.valueOf(connections),
            String.valueOf(sent.mails()),
            decimals(0, sent.perSecond()),
            decimals(1, sent.perSecond() / camel.perSecond()),
            decimals(3, sent.millis(sent.cpu())),
            decimals(3, sent.millis(sent.sinkCpu()))));
  }

  private static List<String> missing(int connections) {
    List<String> cells = new ArrayList<>(List.of("smtp-source is not on the PATH"));
    cells.add(String.valueOf(connections));
    while (cells.size() < COLUMNS.size()) {
      cells.add("-");
    }
    return cells;
  }
}
