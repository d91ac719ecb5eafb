package io.facteur.recovery;

import io.facteur.delivery.DeliveryState;
import io.facteur.delivery.LostHandOvers;
import io.facteur.delivery.LostHandOvers.Known;
import io.facteur.delivery.TransmissionId;
import io.facteur.document.SkippedNumbers;
import io.facteur.document.SkippedNumbers.Gap;
import io.facteur.party.AuditLog;
import io.facteur.party.Counted;
import io.facteur.party.CurrentActor;
import io.facteur.party.Refusal;
import io.facteur.recovery.Finding.Kind;
import io.facteur.recovery.Hold.ToldBy;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Shows what is held, and lets it go on once an admin has named how much was found. */
@Service
public class HoldRelease {

  private final Restorations restorations;
  private final Findings findings;
  private final JdbcClient jdbc;
  private final Ledger ledger;
  private final CurrentActor actor;

  HoldRelease(
      Restorations restorations,
      Findings findings,
      JdbcClient jdbc,
      Ledger ledger,
      CurrentActor actor) {
    this.restorations = restorations;
    this.findings = findings;
    this.jdbc = jdbc;
    this.ledger = ledger;
    this.actor = actor;
  }

  /** What a release writes to. */
  @Component
  record Ledger(
      LostHandOvers handOvers, SkippedNumbers numbers, BilledInLostTime billed, AuditLog audit) {}

  /** How it stands. */
  public Hold show() {
    Restorations.State state = restorations.state();
    return new Hold(
        state.heldSince(),
        state.reason(),
        restoredTo(),
        nodes(),
        state.isHeld() ? restorations.nodesNotHeard() : List.of(),
        findings.counts());
  }

  /**
   * Lets everything go on. What was handed over in the lost time ends in the ledger as the journals
   * tell it, as uncertain where they do not know; numbers that were given then are left out. What
   * is released already stays so.
   *
   * @throws Refusal if the count is another, a node has not told what it knows, or it is not said
   *     what becomes of periods that were billed in the lost time
   */
  @Transactional(isolation = Isolation.READ_COMMITTED)
  public Hold release(ReleaseOrder order) {
    if (!restorations.lock().isHeld()) {
      return show();
    }
    Hold before = show();
    if (before.findings() != order.count()) {
      throw Refusal.conflict(
          "count",
          "%s, not %d: look at /api/hold/findings"
              .formatted(Counted.of(before.findings(), "finding"), order.count()));
    }
    List<String> unheard = new ArrayList<>(before.notHeard());
    unheard.removeAll(order.withoutNodes());
    if (!unheard.isEmpty()) {
      throw Refusal.conflict(
          "withoutNodes",
          "nodes %s have not told what they know: start them, or name those that are gone"
              .formatted(unheard));
    }
    int kept = ledger.billed().settle(order.lostPeriods(), order.billAgain());
    int ended = settle();
    List<Gap> gaps = leaveOutNumbers();
    restorations.release(actor.name());
    ledger
        .audit()
        .record(
            "installation.release",
            "installation",
            Map.of("reason", before.reason(), "heldSince", before.since().toString()),
            Map.of(
                "findings",
                before.counts(),
                "ended",
                ended,
                "numberGaps",
                gaps.size(),
                "lostPeriods",
                String.valueOf(order.lostPeriods()),
                "periodsKept",
                kept,
                "withoutNodes",
                order.withoutNodes()));
    return show();
  }

  private int settle() {
    List<Known> toEnd = new ArrayList<>();
    findings.all(
        part ->
            part.stream()
                .filter(one -> one.kind() == Kind.HANDED_OVER || one.kind() == Kind.WENT_OTHERWISE)
                .map(this::known)
                .forEach(toEnd::add));
    return (int) toEnd.stream().filter(one -> ledger.handOvers().end(one, actor.name())).count();
  }

  private Known known(Finding finding) {
    DeliveryState state = DeliveryState.valueOf(finding.outcome());
    Map<String, String> evidence = new TreeMap<>();
    evidence.put("journal", "node " + finding.node() + ", " + finding.at());
    boolean own = finding.kind() == Kind.HANDED_OVER;
    if (finding.where() != null) {
      evidence.put(own ? "handedOverAs" : "anotherDelivery", finding.where());
    }
    return jdbc.sql(
            """
            SELECT message_id, file_name, file_sha256 FROM lost_hand_over
            WHERE transmission_id = :id AND :own ORDER BY restoration_id DESC LIMIT 1
            """)
        .param("id", finding.subject())
        .param("own", own)
        .query(
            (row, i) ->
                known(
                    finding,
                    state,
                    evidence,
                    row.getString("message_id"),
                    row.getString("file_name"),
                    row.getString("file_sha256")))
        .optional()
        .orElseGet(() -> known(finding, state, evidence, null, null, null));
  }

  private static Known known(
      Finding finding,
      DeliveryState state,
      Map<String, String> evidence,
      String messageId,
      String fileName,
      String sha256) {
    return new Known(
        new TransmissionId(Long.parseLong(finding.subject())),
        state,
        reason(finding, state),
        evidence,
        messageId,
        fileName,
        sha256);
  }

  private static String reason(Finding finding, DeliveryState state) {
    if (finding.kind() == Kind.WENT_OTHERWISE) {
      return "the document went out by another delivery, which a restore of the database has taken"
          + " out of it. Settle it by evidence.";
    }
    String handedOver =
        "handed over at %s, before the database was restored from an older backup"
            .formatted(finding.at());
    return state == DeliveryState.UNCERTAIN
        ? handedOver + "; how it came out is not known. Settle it by evidence."
        : handedOver;
  }

  private List<Gap> leaveOutNumbers() {
    List<Gap> gaps = new ArrayList<>();
    jdbc.sql(
            """
            SELECT l.company_id, l.series, l.series_year, MAX(l.sequence) AS last, MAX(l.issue_date) AS issue_date
            FROM lost_document l JOIN restoration r ON r.id = l.restoration_id
            WHERE r.released_at IS NULL
            GROUP BY l.company_id, l.series, l.series_year ORDER BY 1, 2, 3
            """)
        .query(
            row -> {
              ledger
                  .numbers()
                  .upTo(
                      row.getLong("company_id"),
                      row.getString("series"),
                      row.getInt("series_year"),
                      row.getLong("last"),
                      row.getObject("issue_date", LocalDate.class))
                  .ifPresent(gaps::add);
            });
    for (Gap gap : gaps) {
      ledger
          .audit()
          .record(
              "numbers.skip",
              "number-series:%d-%s-%d".formatted(gap.company(), gap.series(), gap.year()),
              Map.of("lastSequence", gap.from() - 1),
              Map.of(
                  "lastSequence",
                  gap.to(),
                  "reason",
                  "given before the database was restored from an older backup"));
    }
    return gaps;
  }

  private Instant restoredTo() {
    return jdbc.sql(
            "SELECT restored_to FROM restoration ORDER BY released_at IS NULL DESC, id DESC LIMIT 1")
        .query(
            (row, i) -> row.getObject("restored_to", LocalDateTime.class).toInstant(ZoneOffset.UTC))
        .optional()
        .orElse(null);
  }

  private List<ToldBy> nodes() {
    return jdbc.sql(
            """
            SELECT n.node, MAX(n.collected_at) AS at, MIN(n.complete) AS complete
            FROM restoration_node n JOIN restoration r ON r.id = n.restoration_id
            WHERE r.released_at IS NULL OR r.id = (SELECT MAX(id) FROM restoration)
            GROUP BY n.node ORDER BY n.node
            """)
        .query(
            (row, i) ->
                new ToldBy(
                    row.getString("node"),
                    row.getObject("at", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                    row.getBoolean("complete")))
        .list();
  }
}
