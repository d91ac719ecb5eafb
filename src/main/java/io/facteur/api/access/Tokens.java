package io.facteur.api.access;

import io.facteur.party.AuditLog;
import io.facteur.party.Checks;
import io.facteur.party.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Bearer tokens of machines. Only their SHA-256 is kept: they are random, so nothing slower helps.
 */
@Service
class Tokens {

  private static final String PREFIX = "fct_";
  private static final int ID_LENGTH = 16;

  private final JdbcClient jdbc;
  private final Users users;
  private final AuditLog audit;
  private final Clock clock;

  Tokens(JdbcClient jdbc, Users users, AuditLog audit, Clock clock) {
    this.jdbc = jdbc;
    this.users = users;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * A token without its secret.
   *
   * @param id first characters of its SHA-256
   * @param expiresAt null: never
   */
  record Token(String id, String user, String label, Instant createdAt, Instant expiresAt) {}

  /** A new token with its secret, which nobody can read again. */
  record NewToken(Token token, String secret) {}

  /** The name of the user whom an unexpired token of that secret belongs to. */
  Optional<String> userOf(String secret) {
    return jdbc.sql(
            """
            SELECT user_name FROM api_token
            WHERE token_sha256 = :sha AND (expires_at IS NULL OR expires_at > :now)
            """)
        .param("sha", sha256(secret))
        .param("now", LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
        .query(String.class)
        .optional();
  }

  List<Token> all() {
    return jdbc.sql(
            """
            SELECT LEFT(token_sha256, 16) AS id, user_name, label, created_at, expires_at
            FROM api_token ORDER BY user_name, label, created_at
            """)
        .query(
            (row, i) ->
                new Token(
                    row.getString("id"),
                    row.getString("user_name"),
                    row.getString("label"),
                    instant(row.getObject("created_at", LocalDateTime.class)),
                    instant(row.getObject("expires_at", LocalDateTime.class))))
        .list();
  }

  /**
   * Makes a token.
   *
   * @param expiresAt null: never
   * @throws Refusal if there is no such user, or it would have expired already
   */
  @Transactional
  public NewToken create(String user, String label, Instant expiresAt) {
    new Checks()
        .required("user", user)
        .rule(
            user == null || users.byName(user).isPresent(),
            "user",
            "there is no user '" + user + "'")
        .required("label", label)
        .text("label", label, 100)
        .rule(
            expiresAt == null || expiresAt.isAfter(clock.instant()),
            "expiresAt",
            "must be in the future")
        .refuse();
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    String secret = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    String sha = sha256(secret);
    jdbc.sql(
            """
            INSERT INTO api_token (token_sha256, user_name, label, expires_at)
            VALUES (:sha, :user, :label, :expiresAt)
            """)
        .param("sha", sha)
        .param("user", user)
        .param("label", label)
        .param(
            "expiresAt",
            expiresAt == null ? null : LocalDateTime.ofInstant(expiresAt, ZoneOffset.UTC))
        .update();
    String id = sha.substring(0, ID_LENGTH);
    Token token = all().stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
    audit.record("token.create", "token:" + id, null, Map.of("user", user, "label", label));
    return new NewToken(token, secret);
  }

  /**
   * Makes a token worthless at once.
   *
   * @throws Refusal if there is no such token
   */
  @Transactional
  public void delete(String id) {
    int deleted =
        id.length() == ID_LENGTH
            ? jdbc.sql("DELETE FROM api_token WHERE LEFT(token_sha256, 16) = :id")
                .param("id", id)
                .update()
            : 0;
    if (deleted == 0) {
      throw Refusal.notFound("token", id);
    }
    audit.record("token.delete", "token:" + id, null, null);
  }

  private static Instant instant(LocalDateTime time) {
    return time == null ? null : time.toInstant(ZoneOffset.UTC);
  }

  private static String sha256(String secret) {
    try {
      byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 belongs to every Java", e);
    }
  }
}
