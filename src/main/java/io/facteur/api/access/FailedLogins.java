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
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.www.BasicAuthenticationConverter;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Slows down whoever guesses passwords: after ten wrong ones for a user from an address, nothing is
 * taken for that user from there until five minutes have passed since the first of them. Each node
 * counts for itself.
 */
@Component
class FailedLogins extends OncePerRequestFilter {

  private static final int MOST = 10;
  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final int MOST_REMEMBERED = 10_000;

  private record Guess(String user, String address) {}

  private record Failures(int count, Instant until) {}

  private final ConcurrentHashMap<Guess, Failures> remembered = new ConcurrentHashMap<>();
  private final BasicAuthenticationConverter converter = new BasicAuthenticationConverter();
  private final ProblemWriter problems;
  private final Clock clock;

  FailedLogins(ProblemWriter problems, Clock clock) {
    this.problems = problems;
    this.clock = clock;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String user = user(request);
    Guess guess = new Guess(user, request.getRemoteAddr());
    Failures failures = user == null ? null : remembered.get(guess);
    Instant now = clock.instant();
    if (failures != null && failures.count() >= MOST && now.isBefore(failures.until())) {
      long wait = Math.max(1, Duration.between(now, failures.until()).toSeconds());
      response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(wait));
      problems.write(
          response,
          ProblemType.TOO_MANY_FAILURES.with(
              "This user sent %d wrong passwords from this address: wait %d seconds."
                  .formatted(failures.count(), wait)));
      return;
    }
    chain.doFilter(request, response);
    if (user != null && response.getStatus() == HttpStatus.UNAUTHORIZED.value()) {
      remember(guess, now);
    }
  }

  private String user(HttpServletRequest request) {
    try {
      Authentication claimed = converter.convert(request);
      return claimed == null ? null : claimed.getName();
    } catch (BadCredentialsException e) {
      return null; // Not readable: whoever reads it next refuses it.
    }
  }

  private void remember(Guess guess, Instant now) {
    if (remembered.size() >= MOST_REMEMBERED) {
      // Filling it again takes far more guesses than emptying it gives back.
      remembered.clear();
    }
    remembered.compute(
        guess,
        (key, before) ->
            before == null || !now.isBefore(before.until())
                ? new Failures(1, now.plus(WINDOW))
                : new Failures(before.count() + 1, before.until()));
  }
}
