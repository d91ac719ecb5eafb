package io.facteur.api.access;

import io.facteur.party.AuditLog;
import io.facteur.party.Checks;
import io.facteur.party.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The accounts of this installation; one of them is always an administrator. */
@Service
class Users implements UserDetailsService {

  private static final int SHORTEST = 8;

  /** BCrypt reads no further. */
  private static final int LONGEST_BYTES = 72;

  private final JdbcClient jdbc;
  private final UserLimits limits;
  private final PasswordEncoder passwords;
  private final AuditLog audit;

  Users(JdbcClient jdbc, UserLimits limits, PasswordEncoder passwords, AuditLog audit) {
    this.jdbc = jdbc;
    this.limits = limits;
    this.passwords = passwords;
    this.audit = audit;
  }

  @Override
  public UserDetails loadUserByUsername(String name) {
    User user =
        byName(name).orElseThrow(() -> new UsernameNotFoundException("there is no such user"));
    return org.springframework.security.core.userdetails.User.withUsername(name)
        .password(hash(name))
        .disabled(!user.enabled())
        .authorities(authorities(user))
        .build();
  }

  private List<GrantedAuthority> authorities(User user) {
    List<GrantedAuthority> authorities = new ArrayList<>();
    for (String role : user.roles()) {
      authorities.add(
          new SimpleGrantedAuthority(user.isLimited() ? AccessRules.Role.limited(role) : role));
    }
    limits.companiesOf(user.name()).forEach(company -> authorities.add(new OfCompany(company)));
    return authorities;
  }

  List<User> all() {
    Map<String, Set<String>> roles = new HashMap<>();
    jdbc.sql("SELECT user_name, role FROM app_user_role")
        .query(
            row -> {
              roles
                  .computeIfAbsent(row.getString("user_name"), name -> new TreeSet<>())
                  .add(row.getString("role"));
            });
    Map<String, Set<String>> companies = limits.all();
    return jdbc.sql("SELECT name, enabled, created_at FROM app_user ORDER BY name")
        .query(
            (row, i) ->
                new User(
                    row.getString("name"),
                    row.getBoolean("enabled"),
                    roles.getOrDefault(row.getString("name"), Set.of()),
                    companies.getOrDefault(row.getString("name"), Set.of()),
                    row.getObject("created_at", LocalDateTime.class).toInstant(ZoneOffset.UTC)))
        .list();
  }

  Optional<User> byName(String name) {
    Set<String> roles =
        new TreeSet<>(
            jdbc.sql("SELECT role FROM app_user_role WHERE user_name = :name")
                .param("name", name)
                .query(String.class)
                .list());
    return jdbc.sql("SELECT enabled, created_at FROM app_user WHERE name = :name")
        .param("name", name)
        .query(
            (row, i) ->
                new User(
                    name,
                    row.getBoolean("enabled"),
                    roles,
                    limits.of(name),
                    row.getObject("created_at", LocalDateTime.class).toInstant(ZoneOffset.UTC)))
        .optional();
  }

  User get(String name) {
    return byName(name).orElseThrow(() -> Refusal.notFound("user", name));
  }

  boolean isEmpty() {
    return jdbc.sql("SELECT NOT EXISTS (SELECT 1 FROM app_user)").query(Boolean.class).single();
  }

  /**
   * Adds a user.
   *
   * @param companies codes of the only ones that the user sees; empty or null: all
   * @throws Refusal if a value is wrong or the name is taken
   */
  @Transactional
  public User create(String name, String password, Set<String> roles, Set<String> companies) {
    Checks checks =
        new Checks()
            .required("name", name)
            .code("name", name, 60)
            .rule(!SecurityActor.FACTEUR.equals(name), "name", "is kept for Facteur itself");
    check(checks.required("password", password), password, roles);
    insert(name, password, roles, companies == null ? Set.of() : companies);
    return get(name);
  }

  /**
   * Changes what is given; null leaves it as it is.
   *
   * @throws Refusal if a value is wrong, or no administrator would be left
   */
  @Transactional
  public User change(
      String name, String password, Set<String> roles, Set<String> companies, Boolean enabled) {
    lockAdministrators();
    User before = get(name);
    check(new Checks(), password, roles == null ? before.roles() : roles);
    if (password != null) {
      setPassword(name, password);
    }
    if (roles != null) {
      jdbc.sql("DELETE FROM app_user_role WHERE user_name = :name").param("name", name).update();
      insertRoles(name, roles);
    }
    if (companies != null) {
      limits.replace(name, companies);
    }
    if (enabled != null) {
      jdbc.sql("UPDATE app_user SET enabled = :enabled WHERE name = :name")
          .param("enabled", enabled)
          .param("name", name)
          .update();
    }
    keepAnAdministrator();
    User after = get(name);
    audit.record("user.change", "user:" + name, before, after);
    return after;
  }

  /**
   * Removes a user with all tokens.
   *
   * @throws Refusal if there is none, or no administrator would be left
   */
  @Transactional
  public void delete(String name) {
    lockAdministrators();
    User before = get(name);
    jdbc.sql("DELETE FROM app_user WHERE name = :name").param("name", name).update();
    keepAnAdministrator();
    audit.record("user.delete", "user:" + name, before, null);
  }

  /**
   * Adds the user, or gives the one that is there this password and at least these roles, for all
   * companies.
   */
  @Transactional
  public void ensure(String name, String password, Set<String> roles) {
    if (byName(name).isEmpty()) {
      insert(name, password, roles, Set.of());
      return;
    }
    User before = get(name);
    if (!passwords.matches(password, hash(name))) {
      setPassword(name, password);
      audit.record("user.password", "user:" + name, null, null);
    }
    if (!before.enabled() || !before.roles().containsAll(roles) || before.isLimited()) {
      Set<String> all = new TreeSet<>(before.roles());
      all.addAll(roles);
      change(name, null, all, Set.of(), true);
    }
  }

  private void insert(String name, String password, Set<String> roles, Set<String> companies) {
    try {
      jdbc.sql("INSERT INTO app_user (name, password_hash) VALUES (:name, :hash)")
          .param("name", name)
          .param("hash", passwords.encode(password))
          .update();
    } catch (DuplicateKeyException e) {
      throw Refusal.conflict("name", "there is already a user '" + name + "'");
    }
    insertRoles(name, roles);
    limits.replace(name, companies);
    audit.record("user.create", "user:" + name, null, get(name));
  }

  private void insertRoles(String name, Set<String> roles) {
    for (String role : new TreeSet<>(roles)) {
      jdbc.sql("INSERT INTO app_user_role (user_name, role) VALUES (:name, :role)")
          .param("name", name)
          .param("role", role)
          .update();
    }
  }

  private void setPassword(String name, String password) {
    jdbc.sql("UPDATE app_user SET password_hash = :hash WHERE name = :name")
        .param("hash", passwords.encode(password))
        .param("name", name)
        .update();
  }

  private String hash(String name) {
    return jdbc.sql("SELECT password_hash FROM app_user WHERE name = :name")
        .param("name", name)
        .query(String.class)
        .single();
  }

  private static void check(Checks checks, String password, Set<String> roles) {
    checks
        .rule(
            password == null || password.length() >= SHORTEST,
            "password",
            "must have at least " + SHORTEST + " characters")
        .rule(
            password == null || password.getBytes(StandardCharsets.UTF_8).length <= LONGEST_BYTES,
            "password",
            "must have at most " + LONGEST_BYTES + " bytes")
        .rule(roles != null && !roles.isEmpty(), "roles", "must not be empty")
        .rule(
            roles == null || AccessRules.Role.ALL.containsAll(roles),
            "roles",
            "must be some of " + new TreeSet<>(AccessRules.Role.ALL))
        .refuse();
  }

  /** Makes changes of administrators wait for each other. */
  private void lockAdministrators() {
    jdbc.sql(
            """
            SELECT u.name FROM app_user u JOIN app_user_role r ON r.user_name = u.name
            WHERE r.role = 'admin' FOR UPDATE
            """)
        .query(String.class)
        .list();
  }

  private void keepAnAdministrator() {
    long left =
        jdbc.sql(
                """
                SELECT COUNT(*) FROM app_user u JOIN app_user_role r ON r.user_name = u.name
                WHERE r.role = 'admin' AND u.enabled
                  AND NOT EXISTS (SELECT 1 FROM app_user_company c WHERE c.user_name = u.name)
                """)
            .query(Long.class)
            .single();
    if (left == 0) {
      throw Refusal.conflict("roles", "this is the last administrator: make another one first");
    }
  }
}
