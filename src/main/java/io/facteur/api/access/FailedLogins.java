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
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.www.BasicAuthenticationConverter;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Slows down whoever guesses passwords: after ten wrong ones for a user from an address, one each
 * half minute is taken for that user from there, and after a hundred from an address for whomever,
 * three each half minute for all of them. Nobody is locked out from elsewhere.
 */
@Component
class FailedLogins extends OncePerRequestFilter {

  private static final int OF_A_USER = 10;
  private static final int OF_AN_ADDRESS = 100;
  private static final Duration WINDOW = Duration.ofMinutes(5);

  private record Guess(String user, String origin) {}

  private final Buckets<Guess> ofUsers;
  private final Buckets<String> ofAddresses;
  private final BasicAuthenticationConverter converter = new BasicAuthenticationConverter();
  private final ProblemWriter problems;

  FailedLogins(ProblemWriter problems, Clock clock) {
    this.problems = problems;
    this.ofUsers = new Buckets<>(OF_A_USER, WINDOW, clock);
    this.ofAddresses = new Buckets<>(OF_AN_ADDRESS, WINDOW, clock);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String user = user(request);
    if (user == null) {
      chain.doFilter(request, response);
      return;
    }
    String origin = Buckets.origin(request);
    Guess guess = new Guess(user, origin);
    long wait = Math.max(ofUsers.secondsToWait(guess), ofAddresses.secondsToWait(origin));
    if (wait > 0) {
      Buckets.refuse(
          response,
          problems,
          ProblemType.TOO_MANY_FAILURES,
          "Too many wrong passwords came from this address",
          wait);
      return;
    }
    chain.doFilter(request, response);
    if (response.getStatus() == HttpStatus.UNAUTHORIZED.value()) {
      ofUsers.take(guess);
      ofAddresses.take(origin);
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
}
