package io.facteur.api.access;

import io.facteur.party.CompanyId;
import io.facteur.party.CurrentActor;
import io.facteur.party.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * For users who are limited to companies, what a path names does not exist unless it is of one of
 * these: they get the answer that an unknown one gets. Lists and what bodies name are the business
 * of whoever reads them, by {@link CurrentActor#sees}.
 */
@Component
public class CompanyGuard implements HandlerInterceptor, WebMvcConfigurer {

  /**
   * Something of a company that paths name.
   *
   * @param path beginning of the mappings
   * @param variable of these
   * @param name as refusals call it
   * @param company how its company is found
   * @param number whether it is named by a number; what is none is left to its controller
   */
  private record Subject(
      String path, String variable, String name, String company, boolean number) {

    private boolean isNamedBy(String key) {
      return !number || NUMBER.matcher(key).matches();
    }
  }

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  private static final List<Subject> SUBJECTS =
      List.of(
          new Subject(
              "/api/companies/{code}",
              "code",
              "company",
              "SELECT id FROM company WHERE code = :key",
              false),
          new Subject(
              "/api/contacts/{code}",
              "code",
              "contact",
              "SELECT company_id FROM contact WHERE code = :key",
              false),
          new Subject(
              "/api/contracts/{number}",
              "number",
              "contract",
              "SELECT company_id FROM contract WHERE number = :key",
              false),
          new Subject(
              "/api/documents/{number}",
              "number",
              "document",
              "SELECT company_id FROM document WHERE number = :key",
              false),
          new Subject(
              "/api/documents/{number}",
              "number",
              "document",
              "SELECT company_id FROM document WHERE id = :key",
              true),
          new Subject(
              "/api/deliveries/{id}",
              "id",
              "delivery",
              """
              SELECT d.company_id FROM delivery v JOIN document d ON d.id = v.document_id
              WHERE v.id = :key
              """,
              true),
          new Subject(
              "/api/runs/{id}", "id", "run", "SELECT company_id FROM run WHERE id = :key", true),
          new Subject(
              "/api/suspended-addresses/{id}",
              "id",
              "suspended address",
              "SELECT company_id FROM suspended_address WHERE id = :key",
              true));

  private final JdbcClient jdbc;
  private final CurrentActor actor;

  CompanyGuard(JdbcClient jdbc, CurrentActor actor) {
    this.jdbc = jdbc;
    this.actor = actor;
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(this);
  }

  /** Whether it knows whose the thing is that a mapping names. */
  public static boolean knows(String pattern) {
    return SUBJECTS.stream().anyMatch(subject -> isOf(pattern, subject));
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (actor.limitedTo().isEmpty()) {
      return true;
    }
    String pattern =
        String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
    if (pattern.startsWith("/api/") && pattern.contains("{")) {
      refuseForeign(pattern, variables(request));
    }
    return true;
  }

  private void refuseForeign(String pattern, Map<String, String> variables) {
    List<Subject> subjects = SUBJECTS.stream().filter(subject -> isOf(pattern, subject)).toList();
    if (subjects.isEmpty()) {
      throw new IllegalStateException("whose is what " + pattern + " names?");
    }
    Subject first = subjects.get(0);
    String key = variables.get(first.variable());
    if (first.isNamedBy(key)
        && subjects.stream()
            .noneMatch(subject -> company(subject, key).filter(actor::sees).isPresent())) {
      // Here and not by the controller, which may find the body at fault first and so tell them
      // apart.
      throw Refusal.notFound(first.name(), key);
    }
  }

  private static boolean isOf(String pattern, Subject subject) {
    return pattern.equals(subject.path()) || pattern.startsWith(subject.path() + "/");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, String> variables(HttpServletRequest request) {
    return (Map<String, String>)
        request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
  }

  private Optional<CompanyId> company(Subject subject, String key) {
    if (!subject.isNamedBy(key)) {
      return Optional.empty();
    }
    Object bound = subject.number() ? Long.valueOf(key) : key;
    return jdbc.sql(subject.company())
        .param("key", bound)
        .query(Long.class)
        .optional()
        .map(CompanyId::new);
  }
}
