package io.facteur.api.idempotency;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of the table {@code idempotent_request}. */
@Repository
class KeptAnswers {

  private final JdbcClient jdbc;
  private final IdempotencySettings settings;
  private final Clock clock;
  private final AtomicReference<Instant> lastForgotten = new AtomicReference<>(Instant.EPOCH);

  KeptAnswers(JdbcClient jdbc, IdempotencySettings settings, Clock clock) {
    this.jdbc = jdbc;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * What makes a request the same.
   *
   * @param operation method, path and query
   */
  record Request(String user, String key, String operation, String bodySha256) {}

  /**
   * An answer.
   *
   * @param location null if it has none
   * @param body JSON; null if it is empty
   */
  record Answer(int status, String location, String body) {}

  /** A request that is known, with its answer. */
  record Kept(String operation, String bodySha256, Answer answer) {}

  /**
   * Reserves the key until the end of the transaction; waits a few seconds for another transaction
   * that has it.
   *
   * @return false if its answer is kept already
   */
  boolean reserve(Request request) {
    try {
      jdbc.sql(
              """
              SET STATEMENT innodb_lock_wait_timeout = 5 FOR
              INSERT INTO idempotent_request (user_name, request_key, operation, body_sha256)
              VALUES (:user, :key, :operation, :body)
              """)
          .param("user", request.user())
          .param("key", request.key())
          .param("operation", request.operation())
          .param("body", request.bodySha256())
          .update();
      return true;
    } catch (DuplicateKeyException e) {
      return false;
    }
  }

  Kept get(String user, String key) {
    return jdbc.sql(
            """
            SELECT operation, body_sha256, status, location, response FROM idempotent_request
            WHERE user_name = :user AND request_key = :key
            """)
        .param("user", user)
        .param("key", key)
        .query(
            (row, i) ->
                new Kept(
                    row.getString("operation"),
                    row.getString("body_sha256"),
                    new Answer(
                        row.getInt("status"),
                        row.getString("location"),
                        row.getString("response"))))
        .single();
  }

  void keep(Request request, Answer answer) {
    jdbc.sql(
            """
            UPDATE idempotent_request SET status = :status, content_type = 'application/json',
              location = :location, response = :response
            WHERE user_name = :user AND request_key = :key
            """)
        .param("status", answer.status())
        .param("location", answer.location())
        .param("response", answer.body())
        .param("user", request.user())
        .param("key", request.key())
        .update();
  }

  /** Forgets, at most once an hour, what is older than the settings say. */
  void forgetOld() {
    Instant now = clock.instant();
    Instant last = lastForgotten.get();
    if (now.isBefore(last.plusSeconds(3600)) || !lastForgotten.compareAndSet(last, now)) {
      return;
    }
    jdbc.sql("DELETE FROM idempotent_request WHERE created_at < :before LIMIT 10000")
        .param("before", LocalDateTime.ofInstant(now.minus(settings.keepAnswers()), ZoneOffset.UTC))
        .update();
  }
}
