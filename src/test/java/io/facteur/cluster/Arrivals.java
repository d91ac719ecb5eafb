package io.facteur.cluster;

import io.facteur.testing.MailSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the mail server and the print room have, compared with what should have come: one mail to
 * each customer and one file for each letter.
 *
 * @param lost mails and letters that did not arrive and of which the ledger does not say that they
 *     are uncertain
 * @param doubled mails beyond the first to a customer, and files that no delivery explains
 * @param uncertain deliveries of which nobody can tell: a process died in the moment of a hand-over
 */
record Arrivals(int lost, int doubled, int uncertain) {

  static Arrivals of(Customers customers, JdbcClient jdbc, MailSink mails, Path spool) {
    Map<String, Integer> arrived = mails.byRecipient();
    Set<String> uncertain = new HashSet<>(uncertain(customers, jdbc, "EMAIL"));
    int lost = 0;
    int doubled = 0;
    for (int n = 1; n <= customers.number(); n++) {
      String mailbox = "customer" + n + customers.mailboxes();
      int number = arrived.getOrDefault(mailbox, 0);
      lost += number == 0 && !uncertain.contains(customers.code() + "-" + n) ? 1 : 0;
      doubled += Math.max(0, number - 1);
    }
    Set<String> announced = announced(customers, jdbc);
    Set<String> files = files(spool);
    Set<String> missing = new HashSet<>(announced);
    missing.removeAll(files);
    int uncertainLetters = uncertain(customers, jdbc, "POST").size();
    lost += Math.max(0, customers.number() - announced.size() - uncertainLetters) + missing.size();
    Set<String> all = allAnnounced(jdbc);
    doubled += (int) files.stream().filter(file -> !all.contains(file)).count();
    return new Arrivals(lost, doubled, uncertain.size() + uncertainLetters);
  }

  boolean isRight() {
    return lost == 0 && doubled == 0;
  }

  private static List<String> uncertain(Customers customers, JdbcClient jdbc, String channel) {
    return jdbc.sql(
            """
            SELECT k.number FROM delivery v JOIN document d ON d.id = v.document_id
            JOIN contract k ON k.id = d.contract_id JOIN company o ON o.id = k.company_id
            WHERE o.code = :code AND v.channel = :channel AND v.state = 'UNCERTAIN'
            """)
        .param("code", customers.code())
        .param("channel", channel)
        .query(String.class)
        .list();
  }

  private static Set<String> announced(Customers customers, JdbcClient jdbc) {
    return jdbc
        .sql(
            """
            SELECT t.file_name FROM delivery v JOIN transmission t ON t.id = v.transmission_id
            JOIN document d ON d.id = v.document_id JOIN company o ON o.id = d.company_id
            WHERE o.code = :code AND t.file_name IS NOT NULL
            """)
        .param("code", customers.code())
        .query(String.class)
        .list()
        .stream()
        .collect(Collectors.toSet());
  }

  private static Set<String> allAnnounced(JdbcClient jdbc) {
    return new HashSet<>(
        jdbc.sql("SELECT file_name FROM transmission WHERE file_name IS NOT NULL")
            .query(String.class)
            .list());
  }

  /** Letters without their manifests. */
  private static Set<String> files(Path spool) {
    Path ready = spool.resolve("main/ready");
    if (!Files.isDirectory(ready)) {
      return Set.of();
    }
    try (Stream<Path> files = Files.list(ready)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.endsWith(".json"))
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
