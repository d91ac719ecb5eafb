package io.facteur.api.access;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tokens. No {@code Idempotency-Key} here: answers that go with secrets are not kept. */
@RestController
@RequestMapping("/api/tokens")
@Tag(name = "Access")
class TokenController {

  private final Tokens tokens;

  TokenController(Tokens tokens) {
    this.tokens = tokens;
  }

  @Schema(description = "A token that is wanted. It has the roles of its user.")
  record TokenRequest(
      @Schema(example = "erp") String user,
      @Schema(example = "nightly import") String label,
      @Schema(description = "Left out: it never expires.") Instant expiresAt) {}

  @Schema(description = "A new token. It is shown this once.")
  record TokenAnswer(
      String id, String user, String label, Instant createdAt, Instant expiresAt, String token) {}

  @Operation(summary = "Lists all tokens, without their secrets")
  @GetMapping
  List<Tokens.Token> list() {
    return tokens.all();
  }

  @Operation(summary = "Makes a token for a user and shows it once")
  @PostMapping
  ResponseEntity<TokenAnswer> create(@Valid @RequestBody TokenRequest body) {
    Tokens.NewToken made = tokens.create(body.user(), body.label(), body.expiresAt());
    Tokens.Token token = made.token();
    return ResponseEntity.created(URI.create("/api/tokens/" + token.id()))
        .cacheControl(CacheControl.noStore())
        .body(
            new TokenAnswer(
                token.id(),
                token.user(),
                token.label(),
                token.createdAt(),
                token.expiresAt(),
                made.secret()));
  }

  @Operation(summary = "Withdraws a token at once")
  @DeleteMapping("/{id}")
  ResponseEntity<Void> delete(@PathVariable String id) {
    tokens.delete(id);
    return ResponseEntity.noContent().build();
  }
}
