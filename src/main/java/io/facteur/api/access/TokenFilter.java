package io.facteur.api.access;

import io.facteur.api.problem.ProblemType;
import io.facteur.api.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Takes bearer tokens (RFC 6750). */
@Component
class TokenFilter extends OncePerRequestFilter {

  private static final String BEARER = "bearer ";

  private final Tokens tokens;
  private final Users users;
  private final ProblemWriter problems;

  TokenFilter(Tokens tokens, Users users, ProblemWriter problems) {
    this.tokens = tokens;
    this.users = users;
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      chain.doFilter(request, response);
      return;
    }
    Optional<UserDetails> user =
        tokens
            .userOf(header.substring(BEARER.length()).strip())
            .map(users::loadUserByUsername)
            .filter(UserDetails::isEnabled);
    if (user.isEmpty()) {
      response.addHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
      problems.write(
          response,
          ProblemType.UNAUTHENTICATED.with("The token is unknown, has expired or was withdrawn."));
      return;
    }
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(
        UsernamePasswordAuthenticationToken.authenticated(
            user.get(), null, user.get().getAuthorities()));
    SecurityContextHolder.setContext(context);
    chain.doFilter(request, response);
  }
}
