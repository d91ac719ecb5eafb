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
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Who may do what, all of it: the first rule that fits decides, and what no rule fits is denied to
 * everybody. A new path needs a line here; a test fails until it has one. Users who are limited to
 * companies may do what the lines {@code ofCompanies} say, each with what is of these: see {@link
 * CompanyGuard}.
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
          ofCompanies(READ, "/api/companies/**", CLERK, AUDITOR, ADMIN, INTEGRATOR),
          ofCompanies(WRITE, "/api/companies/*/exchange-rates/**", CLERK, ADMIN),
          ofCompanies(List.of(PUT), "/api/companies/*", ADMIN),
          rule(WRITE, "/api/companies/**", ADMIN),
          ofCompanies(READ, "/api/contacts/*/export", CLERK, AUDITOR, ADMIN),
          ofCompanies(WRITE, "/api/contacts/*/erase", ADMIN),
          ofCompanies(READ, "/api/contacts/**", CLERK, AUDITOR),
          ofCompanies(WRITE, "/api/contacts/**", CLERK),
          ofCompanies(READ, "/api/suspended-addresses/**", CLERK, AUDITOR),
          ofCompanies(WRITE, "/api/suspended-addresses/**", CLERK),
          ofCompanies(READ, "/api/contracts/*/quantities", CLERK, AUDITOR, ADMIN),
          ofCompanies(WRITE, "/api/contracts/*/quantities", CLERK, ADMIN),
          ofCompanies(READ, "/api/contracts/**", CLERK, AUDITOR),
          ofCompanies(WRITE, "/api/contracts/**", CLERK),
          ofCompanies(WRITE, "/api/quantities/**", CLERK, ADMIN),

          // Documents and what becomes of them
          ofCompanies(READ, "/api/documents/**", CLERK, AUDITOR),
          ofCompanies(WRITE, "/api/documents/**", CLERK),
          ofCompanies(READ, "/api/runs/**", CLERK, AUDITOR),
          ofCompanies(WRITE, "/api/runs/**", CLERK),
          ofCompanies(READ, "/api/deliveries/**", CLERK, AUDITOR),
          ofCompanies(WRITE, "/api/deliveries/**", CLERK),

          // Templates
          rule(READ, "/api/templates/**", INTEGRATOR, AUDITOR, ADMIN),
          rule(WRITE, "/api/templates/preview", INTEGRATOR),

          // The description of this interface
          ofCompanies(READ, "/v3/api-docs/**", CLERK, PRINT, INTEGRATOR, AUDITOR, ADMIN),
          ofCompanies(READ, "/v3/api-docs.yaml", CLERK, PRINT, INTEGRATOR, AUDITOR, ADMIN),
          ofCompanies(READ, "/swagger-ui.html", CLERK, PRINT, INTEGRATOR, AUDITOR, ADMIN),
          ofCompanies(READ, "/swagger-ui/**", CLERK, PRINT, INTEGRATOR, AUDITOR, ADMIN));

  private AccessRules() {}

  /** Roles as the table {@code app_user_role} holds them. */
  public static final class Role {
    /** Addresses, documents, runs. */
    public static final String CLERK = "clerk";

    /** Print rooms: what is described; they fetch from the spool's folders, by rights on these. */
    public static final String PRINT = "print";

    /** Routes, templates, configuration. */
    public static final String INTEGRATOR = "integrator";

    /** Reads everything. */
    public static final String AUDITOR = "auditor";

    /** Users, companies, accounts. */
    public static final String ADMIN = "admin";

    public static final Set<String> ALL = Set.of(CLERK, PRINT, INTEGRATOR, AUDITOR, ADMIN);

    private Role() {}

    /**
     * A role of somebody who is limited to companies: of another name, so that it gives nothing by
     * mistake.
     */
    static String limited(String role) {
      return "limited:" + role;
    }
  }

  /**
   * One line of the table.
   *
   * @param roles any of them suffices; empty: open to everybody
   * @param limited whether it is also for users who are limited to companies
   */
  record Rule(Set<HttpMethod> methods, PathPattern path, Set<String> roles, boolean limited) {

    boolean fits(HttpMethod method, PathContainer requested) {
      return methods.contains(method) && path.matches(requested);
    }

    boolean isOpen() {
      return roles.isEmpty();
    }

    private String line() {
      return "| %s | `%s` | %s | %s |"
          .formatted(
              Stream.of(GET, POST, PUT, DELETE)
                  .filter(methods::contains)
                  .map(HttpMethod::name)
                  .collect(Collectors.joining(", ")),
              path.getPatternString(),
              isOpen() ? "everybody" : String.join(", ", new TreeSet<>(roles)),
              isOpen() || limited ? "yes" : "no");
    }

    /** What a request needs one of. */
    String[] authorities() {
      return Stream.concat(
              roles.stream(), limited ? roles.stream().map(Role::limited) : Stream.empty())
          .toArray(String[]::new);
    }
  }

  /** Whether some rule decides on a request; without one nobody may. */
  public static boolean covers(HttpMethod method, String path) {
    return ruleFor(method, path).isPresent();
  }

  /** Whether it is also for users who are limited to companies. */
  public static boolean limited(HttpMethod method, String path) {
    return ruleFor(method, path).map(Rule::limited).orElse(false);
  }

  /** The rules as a table for people, a line each. */
  public static List<String> table() {
    return RULES.stream().map(Rule::line).toList();
  }

  /** The rule that decides on a request, if any. */
  static Optional<Rule> ruleFor(HttpMethod method, String path) {
    PathContainer requested = PathContainer.parsePath(path);
    return RULES.stream().filter(rule -> rule.fits(method, requested)).findFirst();
  }

  private static Rule open(List<HttpMethod> methods, String path) {
    return rule(methods, path);
  }

  /** For whoever works for the whole installation. */
  private static Rule rule(List<HttpMethod> methods, String path, String... roles) {
    return rule(methods, path, false, roles);
  }

  /** Also for users who are limited to companies, with what is of these. */
  private static Rule ofCompanies(List<HttpMethod> methods, String path, String... roles) {
    return rule(methods, path, true, roles);
  }

  private static Rule rule(
      List<HttpMethod> methods, String path, boolean limited, String... roles) {
    return new Rule(
        Set.copyOf(methods),
        PathPatternParser.defaultInstance.parse(path),
        Arrays.stream(roles).collect(Collectors.toUnmodifiableSet()),
        limited);
  }
}
