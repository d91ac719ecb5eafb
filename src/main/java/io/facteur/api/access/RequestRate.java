package io.facteur.api.access;

import io.facteur.api.problem.ProblemType;
import io.facteur.api.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes so many requests a minute of each user, tokens included, and of each address that does not
 * say who it is; beyond that 429 with {@code Retry-After}.
 */
@Component
class RequestRate extends OncePerRequestFilter {

  private record Asking(String name, boolean isUser) {}

  private final Buckets<Asking> asked;
  private final RateSettings settings;
  private final ProblemWriter problems;

  RequestRate(RateSettings settings, ProblemWriter problems, Clock clock) {
    this.settings = settings;
    this.problems = problems;
    this.asked =
        new Buckets<>(Math.max(1, settings.requestsPerMinute()), Duration.ofMinutes(1), clock);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    long wait = settings.requestsPerMinute() == 0 ? 0 : asked.take(asking(request));
    if (wait == 0) {
      chain.doFilter(request, response);
    } else {
      Buckets.refuse(
          response,
          problems,
          ProblemType.TOO_MANY_REQUESTS,
          "More than %d requests came in a minute (facteur.api.requests-per-minute)"
              .formatted(settings.requestsPerMinute()),
          wait);
    }
  }

  private static Asking asking(HttpServletRequest request) {
    Authentication user = SecurityContextHolder.getContext().getAuthentication();
    return user == null || user instanceof AnonymousAuthenticationToken
        ? new Asking(Buckets.origin(request), false)
        : new Asking(user.getName(), true);
  }
}
