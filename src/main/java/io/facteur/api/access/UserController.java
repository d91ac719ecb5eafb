package io.facteur.api.access;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Accounts. No {@code Idempotency-Key} here: answers that go with secrets are not kept. */
@RestController
@RequestMapping("/api/users")
@Tag(name = "Access", description = "Users, their roles, and tokens for machines.")
class UserController {

  private final Users users;

  UserController(Users users) {
    this.users = users;
  }

  @Schema(description = "A new user.")
  record NewUser(
      @Schema(example = "b.martin") String name,
      @Schema(description = "8 characters or more; at most 72 bytes.") String password,
      @Schema(example = "[\"clerk\"]") Set<String> roles,
      @Schema(
              description =
                  "Codes of the only companies that the user sees. Empty or left out: all, and what"
                      + " concerns the whole installation.")
          Set<@NotNull String> companies) {}

  @Schema(description = "What is to be changed; what is left out stays as it is.")
  record UserChange(
      String password,
      Set<String> roles,
      @Schema(description = "Empty: all.") Set<@NotNull String> companies,
      Boolean enabled) {}

  @Operation(summary = "Lists all users")
  @GetMapping
  List<User> list() {
    return users.all();
  }

  @Operation(summary = "Shows a user")
  @GetMapping("/{name}")
  User get(@PathVariable String name) {
    return users.get(name);
  }

  @Operation(summary = "Adds a user")
  @PostMapping
  ResponseEntity<User> create(@Valid @RequestBody NewUser body) {
    User user = users.create(body.name(), body.password(), body.roles(), body.companies());
    return ResponseEntity.created(URI.create("/api/users/" + user.name())).body(user);
  }

  @Operation(summary = "Changes password, roles, companies or whether a user may enter")
  @PutMapping("/{name}")
  User change(@PathVariable String name, @Valid @RequestBody UserChange body) {
    return users.change(name, body.password(), body.roles(), body.companies(), body.enabled());
  }

  @Operation(summary = "Removes a user with all tokens; the history keeps the name")
  @DeleteMapping("/{name}")
  ResponseEntity<Void> delete(@PathVariable String name) {
    users.delete(name);
    return ResponseEntity.noContent().build();
  }
}
