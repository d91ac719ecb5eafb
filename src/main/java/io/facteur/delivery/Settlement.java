package io.facteur.delivery;

import io.facteur.delivery.RelayLog.Proof;
import io.facteur.party.CompanyId;
import io.facteur.party.CurrentActor;
import io.facteur.party.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Settles uncertain deliveries by what others have written down. */
@Component
public class Settlement {

  /** What stays of a long proof: the columns hold no more, and people read it. */
  private static final int LONGEST = 4_000;

  private final JdbcClient jdbc;
  private final Corrections corrections;
  private final CurrentActor current;

  Settlement(JdbcClient jdbc, Corrections corrections, CurrentActor current) {
    this.jdbc = jdbc;
    this.corrections = corrections;
    this.current = current;
  }

  /** One delivery that was settled. */
  public record Settled(DeliveryId delivery, boolean sent, String proof) {}

  /**
   * What came of it.
   *
   * @param left uncertain mails of which the log proves nothing
   */
  public record Result(List<Settled> settled, int left) {

    public Result {
      settled = List.copyOf(settled);
    }
  }

  private record Uncertain(DeliveryId delivery, CompanyId company, String messageId) {}

  /**
   * Settles every uncertain mail that the actor sees and of which a mail server's log (Postfix)
   * proves the outcome.
   *
   * @throws Refusal if the log names no mail
   */
  public Result byRelayLog(String text, String actor) {
    RelayLog log = RelayLog.read(text);
    if (log.isEmpty()) {
      throw Refusal.invalid(
          "log",
          "has no line of Postfix that names a mail (postfix/cleanup[...]: QUEUEID: message-id=<...>): send those lines, and those with status= of the same queue ids");
    }
    List<Settled> settled = new ArrayList<>();
    List<Uncertain> uncertain = uncertainMails();
    for (Uncertain one : uncertain) {
      Optional<Proof> proof = log.of(one.messageId());
      if (proof.isPresent()) {
        String lines = cut(String.join("\n", proof.get().lines()));
        corrections.resolve(one.delivery(), proof.get().sent(), lines, actor);
        settled.add(new Settled(one.delivery(), proof.get().sent(), lines));
      }
    }
    return new Result(settled, uncertain.size() - settled.size());
  }

  /** One delivery for each mail: the others on board come out with it. */
  private List<Uncertain> uncertainMails() {
    return jdbc
        .sql(
            """
            SELECT MIN(v.id) AS id, MIN(d.company_id) AS company_id, t.message_id
            FROM delivery v JOIN transmission t ON t.id = v.transmission_id
              JOIN document d ON d.id = v.document_id
            WHERE v.state = 'UNCERTAIN' AND t.message_id IS NOT NULL
            GROUP BY t.id, t.message_id ORDER BY 1
            """)
        .query(
            (row, i) ->
                new Uncertain(
                    new DeliveryId(row.getLong("id")),
                    new CompanyId(row.getLong("company_id")),
                    row.getString("message_id")))
        .list()
        .stream()
        .filter(mail -> current.sees(mail.company()))
        .toList();
  }

  private static String cut(String lines) {
    return lines.length() <= LONGEST ? lines : lines.substring(0, LONGEST);
  }
}
