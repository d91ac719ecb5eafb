package io.facteur.api.access;

import static org.springframework.security.config.http.SessionCreationPolicy.STATELESS;

import io.facteur.api.problem.ProblemType;
import io.facteur.api.problem.ProblemWriter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ProblemDetail;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/**
 * HTTP Basic and bearer tokens, no sessions, everything denied but what {@link AccessRules} say.
 */
@Configuration
class SecurityConfiguration {

  @Bean
  SecurityFilterChain api(
      HttpSecurity http,
      TokenFilter tokens,
      FailedLogins failures,
      RequestRate rate,
      ProblemWriter problems)
      throws Exception {
    AuthenticationEntryPoint unauthenticated =
        (request, response, e) -> unauthenticated(problems, response);
    AccessDeniedHandler forbidden =
        (request, response, e) -> problems.write(response, denied(request));
    return http.sessionManagement(sessions -> sessions.sessionCreationPolicy(STATELESS))
        // There are no cookies, so no other site can make a browser act with them.
        .csrf(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .httpBasic(basic -> basic.realmName("Facteur").authenticationEntryPoint(unauthenticated))
        .addFilterBefore(tokens, BasicAuthenticationFilter.class)
        .addFilterBefore(failures, BasicAuthenticationFilter.class)
        .addFilterBefore(rate, AuthorizationFilter.class)
        .exceptionHandling(
            errors ->
                errors.authenticationEntryPoint(unauthenticated).accessDeniedHandler(forbidden))
        .authorizeHttpRequests(
            requests -> {
              requests
                  .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                  .permitAll();
              for (AccessRules.Rule rule : AccessRules.RULES) {
                for (HttpMethod method : rule.methods()) {
                  var matching =
                      requests.requestMatchers(
                          PathPatternRequestMatcher.withDefaults()
                              .matcher(method, rule.path().getPatternString()));
                  if (rule.isOpen()) {
                    matching.permitAll();
                  } else {
                    matching.hasAnyAuthority(rule.authorities());
                  }
                }
              }
              requests.anyRequest().denyAll();
            })
        .build();
  }

  /** It belongs to the chain above alone, as do the others. */
  @Bean
  FilterRegistrationBean<FailedLogins> failedLoginsOutsideOfSecurity(FailedLogins filter) {
    var registration = new FilterRegistrationBean<>(filter);
    registration.setEnabled(false);
    return registration;
  }

  @Bean
  FilterRegistrationBean<TokenFilter> tokenFilterOutsideOfSecurity(TokenFilter filter) {
    var registration = new FilterRegistrationBean<>(filter);
    registration.setEnabled(false);
    return registration;
  }

  @Bean
  FilterRegistrationBean<RequestRate> requestRateOutsideOfSecurity(RequestRate filter) {
    var registration = new FilterRegistrationBean<>(filter);
    registration.setEnabled(false);
    return registration;
  }

  @Bean
  PasswordEncoder passwordEncoder() {
    return new RememberingPasswordEncoder(
        PasswordEncoderFactories.createDelegatingPasswordEncoder());
  }

  /** Where no rule fits there is nothing that another role could reach. */
  private static ProblemDetail denied(HttpServletRequest request) {
    String method = request.getMethod();
    return AccessRules.covers(HttpMethod.valueOf(method), request.getRequestURI())
        ? ProblemType.FORBIDDEN.with(
            method + " on this path needs another role: ask an administrator.")
        : ProblemType.NOT_FOUND.with(ProblemType.nothingAt(method, request.getRequestURI()));
  }

  private static void unauthenticated(ProblemWriter problems, HttpServletResponse response)
      throws IOException {
    response.addHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Facteur\", charset=\"UTF-8\"");
    response.addHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    problems.write(
        response,
        ProblemType.UNAUTHENTICATED.with(
            "Send a user name and password (HTTP Basic) or a valid bearer token."));
  }
}
