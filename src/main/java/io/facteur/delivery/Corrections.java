package io.facteur.delivery;

import io.facteur.delivery.Receipt.Outcome;
import io.facteur.document.DocumentId;
import io.facteur.party.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What a person decides about a delivery: to send it again, to give it up, or how an uncertain one
 * came out.
 */
@Component
public class Corrections {

  private final JdbcClient jdbc;
  private final LedgerRows rows;
  private final PlannedRows planned;
  private final Fallbacks fallbacks;
  private final LedgerTransaction transaction;

  Corrections(
      JdbcClient jdbc,
      LedgerRows rows,
      PlannedRows planned,
      Fallbacks fallbacks,
      LedgerTransaction transaction) {
    this.jdbc = jdbc;
    this.rows = rows;
    this.planned = planned;
    this.fallbacks = fallbacks;
    this.transaction = transaction;
  }

  private record Found(
      DocumentId document,
      Long transmission,
      String origin,
      int revision,
      DeliveryState state,
      boolean willRetry,
      String channel,
      String domain,
      String role) {

    private boolean isUnderWay() {
      return state == DeliveryState.PLANNED
          || state == DeliveryState.QUEUED
          || state == DeliveryState.SENDING
          || willRetry;
    }
  }

  /**
   * A transmission.
   *
   * @param fileInDoubt that its consumer may have; null: none
   */
  private record Carried(TransmissionId id, String fileInDoubt) {}

  /**
   * Sends a delivery once more as its next revision (DISP-8). It goes to whom the rules name now.
   *
   * @return the new delivery
   * @throws Refusal if there is no such delivery, it is not the last revision, or it is still under
   *     way
   */
  public DeliveryId resend(DeliveryId id, String actor) {
    return transaction.with(
        tx -> {
          Found found = lock(id);
          boolean last =
              jdbc.sql(
                          """
                          SELECT COUNT(*) FROM delivery
                          WHERE document_id = :document AND origin = :origin AND revision > :revision
                          """)
                      .param("document", found.document().value())
                      .param("origin", found.origin())
                      .param("revision", found.revision())
                      .query(Integer.class)
                      .single()
                  == 0;
          if (!last) {
            throw Refusal.conflict("id", "a later revision of this delivery exists: resend that");
          }
          if (found.isUnderWay()) {
            throw Refusal.conflict(
                "id", "the delivery is still under way: wait for its outcome, or cancel it");
          }
          refuseErased(id);
          return nextRevision(id, found, actor);
        });
  }

  private void refuseErased(DeliveryId id) {
    boolean erased =
        jdbc.sql(
                """
                SELECT EXISTS (SELECT 1 FROM delivery v JOIN document d ON d.id = v.document_id
                  JOIN contact c ON c.id = IF(v.role = 'DELIVERY_ADDRESS',
                    COALESCE(d.delivery_contact_id, d.contact_id), d.contact_id)
                  WHERE v.id = :id AND c.erased_at IS NOT NULL)
                """)
            .param("id", id.value())
            .query(Boolean.class)
            .single();
    if (erased) {
      throw Refusal.conflict("id", "its contact is erased: hand the document over by hand");
    }
  }

  /**
   * Settles an uncertain delivery.
   *
   * @param sent whether the evidence shows that it was handed over
   * @param evidence what it rests on, e.g. a line of the mail relay's log
   * @throws Refusal if there is no such delivery or it is not uncertain
   */
  public void resolve(DeliveryId id, boolean sent, String evidence, String actor) {
    transaction.with(
        tx -> {
          Found found = lock(id);
          if (found.state() != DeliveryState.UNCERTAIN) {
            throw Refusal.conflict(
                "id", "the delivery is " + found.state() + ": only an uncertain one is settled");
          }
          DeliveryState state = sent ? DeliveryState.SENT : DeliveryState.FAILED;
          String reason = sent ? null : "not handed over, by the evidence given";
          List<DeliveryId> settled =
              rows.change(
                  new TransmissionId(found.transmission()),
                  state,
                  new Receipt(Outcome.SENT, reason, Map.of("settledBy", actor, "proof", evidence)),
                  actor);
          if (!sent) {
            fallbacks.after(settled, actor);
          }
          return null;
        });
  }

  /**
   * Gives up a delivery that has not begun, with all that its transmission carries. It has ended
   * unsent then, with the fallback that follows (DISP-5); but if its consumer may have a file of
   * it, it is uncertain. One that is cancelled already stays as it is.
   *
   * @param reason why, for people
   * @throws Refusal if there is no such delivery, it has begun, or it has come to another end
   */
  public void cancel(DeliveryId id, String reason, String actor) {
    transaction.with(
        tx -> {
          Optional<Carried> carried = lockCarried(id);
          Found found = lock(id);
          if (found.state() == DeliveryState.CANCELLED) {
            return null;
          }
          if (found.state() == DeliveryState.SENDING) {
            throw Refusal.conflict("id", "the delivery is being sent: wait for its outcome");
          }
          if (carried.isEmpty() || !found.isUnderWay()) {
            throw Refusal.conflict(
                "id", "the delivery is " + found.state() + ": only one that waits is cancelled");
          }
          giveUp(carried.get(), reason, actor);
          return null;
        });
  }

  /** Whoever has claimed it and comes to it later finds its claim lost. */
  private void giveUp(Carried carried, String reason, String actor) {
    jdbc.sql(
            """
            UPDATE transmission SET state = 'ENDED', node = NULL, lease_until = NULL WHERE id = :id
            """)
        .param("id", carried.id().value())
        .update();
    if (carried.fileInDoubt() != null) {
      String doubt = reason + LedgerRows.IN_DOUBT.formatted(carried.fileInDoubt());
      rows.change(carried.id(), DeliveryState.UNCERTAIN, Receipt.uncertain(doubt, Map.of()), actor);
      return;
    }
    List<DeliveryId> ended =
        rows.change(carried.id(), DeliveryState.CANCELLED, Receipt.skipped(reason), actor);
    fallbacks.after(ended, actor);
  }

  /** First the transmission, as whoever begins one does. */
  private Optional<Carried> lockCarried(DeliveryId id) {
    return jdbc.sql(
            """
            SELECT id, IF(unclear_write = 'LOOK_AGAIN', file_name, NULL) AS file
            FROM transmission
            WHERE id = (SELECT transmission_id FROM delivery WHERE id = :id) FOR UPDATE
            """)
        .param("id", id.value())
        .query((rs, n) -> new Carried(new TransmissionId(rs.getLong("id")), rs.getString("file")))
        .optional();
  }

  private Found lock(DeliveryId id) {
    return jdbc.sql(
            """
            SELECT document_id, transmission_id, origin, revision, state, retry_at, channel, domain, role
            FROM delivery WHERE id = :id FOR UPDATE
            """)
        .param("id", id.value())
        .query(
            (rs, n) ->
                new Found(
                    new DocumentId(rs.getLong("document_id")),
                    rs.getObject("transmission_id", Long.class),
                    rs.getString("origin"),
                    rs.getInt("revision"),
                    DeliveryState.valueOf(rs.getString("state")),
                    rs.getTimestamp("retry_at") != null,
                    rs.getString("channel"),
                    rs.getString("domain"),
                    rs.getString("role")))
        .optional()
        .orElseThrow(() -> Refusal.notFound("delivery", String.valueOf(id.value())));
  }

  private DeliveryId nextRevision(DeliveryId id, Found found, String actor) {
    String route = found.domain() + "-" + found.channel() + "-" + found.role();
    long transmission = planned.newTransmissions(List.of(found.channel()), List.of(route)).get(0);
    jdbc.sql(
            """
            INSERT INTO delivery (document_id, origin, revision, transmission_id, domain, channel,
              role, individual_address, given_mailboxes, format, language, template, is_copy, reaches, state, actor)
            SELECT document_id, origin, revision + 1, :transmission, domain, channel, role,
              individual_address, given_mailboxes, format, language, template, is_copy, reaches, 'QUEUED', :actor
            FROM delivery WHERE id = :id
            """)
        .param("transmission", transmission)
        .param("actor", actor)
        .param("id", id.value())
        .update();
    return jdbc.sql("SELECT id FROM delivery WHERE transmission_id = :transmission")
        .param("transmission", transmission)
        .query((rs, n) -> new DeliveryId(rs.getLong(1)))
        .single();
  }
}
