package io.facteur.api.access;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Who may do what, all of it: the first rule that fits decides, and what no rule fits is denied to
 * everybody. A new path needs a line here; a test fails until it has one.
 */
public final class AccessRules {

  private static final List<HttpMethod> READ = List.of(GET, HEAD);
  private static final List<HttpMethod> WRITE = List.of(POST, PUT, DELETE);
  private static final List<HttpMethod> ALL = Stream.concat(READ.stream(), WRITE.stream()).toList();

  private static final String CLERK = Role.CLERK;
  private static final String PRINT = Role.PRINT;
  private static final String INTEGRATOR = Role.INTEGRATOR;
  private static final String AUDITOR = Role.AUDITOR;
  private static final String ADMIN = Role.ADMIN;

  /** In the order in which they are tried. */
  static final List<Rule> RULES =
      List.of(
          // Everybody, without saying who they are
          open(READ, "/actuator/health"),
          open(READ, "/actuator/health/liveness"),
          open(READ, "/actuator/health/readiness"),
          open(ALL, "/error"),

          // Running the installation
          rule(READ, "/actuator/**", INTEGRATOR, AUDITOR, ADMIN),
          rule(ALL, "/api/users/**", ADMIN),
          rule(ALL, "/api/tokens/**", ADMIN),
          rule(READ, "/api/history", AUDITOR, ADMIN),
          rule(READ, "/api/hold/**", CLERK, AUDITOR, ADMIN),
          rule(WRITE, "/api/hold/release", ADMIN),

          // Master data
          rule(READ, "/api/companies/**", CLERK, AUDITOR, ADMIN, INTEGRATOR),
          rule(WRITE, "/api/companies/*/exchange-rates/**", CLERK, ADMIN),
          rule(WRITE, "/api/companies/**", ADMIN),
          rule(READ, "/api/contacts/*/export", CLERK, AUDITOR, ADMIN),
          rule(WRITE, "/api/contacts/*/erase", ADMIN),
          rule(READ, "/api/contacts/**", CLERK, AUDITOR),
          rule(WRITE, "/api/contacts/**", CLERK),
          rule(READ, "/api/suspended-addresses/**", CLERK, AUDITOR),
          rule(WRITE, "/api/suspended-addresses/**", CLERK),
          rule(READ, "/api/contracts/*/quantities", CLERK, AUDITOR, ADMIN),
          rule(WRITE, "/api/contracts/*/quantities", CLERK, ADMIN),
          rule(READ, "/api/contracts/**", CLERK, AUDITOR),
          rule(WRITE, "/api/contracts/**", CLERK),
          rule(WRITE, "/api/quantities/**", CLERK, ADMIN),

          // Documents and what becomes of them
          rule(READ, "/api/documents/**", CLERK, AUDITOR),
          rule(WRITE, "/api/documents/**", CLERK),
          rule(WRITE, "/api/intake/**", CLERK),
          rule(READ, "/api/runs/**", CLERK, AUDITOR),
          rule(WRITE, "/api/runs/**", CLERK),
          rule(READ, "/api/deliveries/**", CLERK, AUDITOR),
          rule(WRITE, "/api/deliveries/**", CLERK),

          // Templates
          rule(READ, "/api/templates/**", INTEGRATOR, AUDITOR, ADMIN),
          rule(WRITE, "/api/templates/preview", INTEGRATOR),

          // Print room
          rule(READ, "/api/print/**", PRINT, CLERK, AUDITOR),
          rule(WRITE, "/api/print/**", PRINT),

          // The description of this interface
          rule(READ, "/v3/api-docs/**", CLERK, PRINT, INTEGRATOR, AUDITOR, ADMIN),
          rule(READ, "/v3/api-docs.yaml", CLERK, PRINT, INTEGRATOR, AUDITOR, ADMIN),
          rule(READ, "/swagger-ui.html", CLERK, PRINT, INTEGRATOR, AUDITOR, ADMIN),
          rule(READ, "/swagger-ui/**", CLERK, PRINT, INTEGRATOR, AUDITOR, ADMIN));

  private AccessRules() {}

  /** Roles as the table {@code app_user_role} holds them. */
  public static final class Role {
    /** Addresses, documents, runs. */
    public static final String CLERK = "clerk";

    /** The spool only. */
    public static final String PRINT = "print";

    /** Routes, templates, configuration. */
    public static final String INTEGRATOR = "integrator";

    /** Reads everything. */
    public static final String AUDITOR = "auditor";

    /** Users, companies, accounts. */
    public static final String ADMIN = "admin";

    public static final Set<String> ALL = Set.of(CLERK, PRINT, INTEGRATOR, AUDITOR, ADMIN);

    private Role() {}
  }

  /**
   * One line of the table.
   *
   * @param roles any of them suffices; empty: open to everybody
   */
  record Rule(Set<HttpMethod> methods, PathPattern path, Set<String> roles) {

    boolean fits(HttpMethod method, PathContainer requested) {
      return methods.contains(method) && path.matches(requested);
    }

    boolean isOpen() {
      return roles.isEmpty();
    }
  }

  /** Whether some rule decides on a request; without one nobody may. */
  public static boolean covers(HttpMethod method, String path) {
    return ruleFor(method, path).isPresent();
  }

  /** Whether there is anything at a path, whoever may reach it. */
  static boolean knows(String path) {
    PathContainer requested = PathContainer.parsePath(path);
    return RULES.stream().anyMatch(rule -> rule.path().matches(requested));
  }

  /** The rule that decides on a request, if any. */
  static Optional<Rule> ruleFor(HttpMethod method, String path) {
    PathContainer requested = PathContainer.parsePath(path);
    return RULES.stream().filter(rule -> rule.fits(method, requested)).findFirst();
  }

  private static Rule open(List<HttpMethod> methods, String path) {
    return rule(methods, path);
  }

  private static Rule rule(List<HttpMethod> methods, String path, String... roles) {
    return new Rule(
        Set.copyOf(methods),
        PathPatternParser.defaultInstance.parse(path),
        Arrays.stream(roles).collect(Collectors.toUnmodifiableSet()));
  }
}
