package io.facteur.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.facteur.api.problem.ProblemWriters;
import io.facteur.testing.SettableClock;
import jakarta.servlet.Filter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

/** How often one may guess, and ask. */
class RatesTest {

  private final SettableClock clock = new SettableClock();
  private final FailedLogins logins = new FailedLogins(ProblemWriters.json(), clock);

  @AfterEach
  void nobody() {
    SecurityContextHolder.clearContext();
  }

  @Test
  void tenWrongPasswordsOfAUserAreTakenAndThenOneEachHalfMinute() throws Exception {
    for (int i = 0; i < 10; i++) {
      assertThat(login("jane", "10.0.0.1", 401).getStatus()).isEqualTo(401);
    }

    MockHttpServletResponse refused = login("jane", "10.0.0.1", 200);

    assertThat(refused.getStatus()).isEqualTo(429);
    assertThat(refused.getContentType()).isEqualTo("application/problem+json");
    assertThat(new ObjectMapper().readTree(refused.getContentAsByteArray()).get("type").asText())
        .isEqualTo("urn:facteur:problem:too_many_failures");
    assertThat(Integer.parseInt(refused.getHeader("Retry-After"))).isBetween(1, 30);
    clock.advance(Duration.ofSeconds(30));
    assertThat(login("jane", "10.0.0.1", 401).getStatus()).isEqualTo(401);
    assertThat(login("jane", "10.0.0.1", 200).getStatus()).isEqualTo(429);
  }

  @Test
  void nobodyIsLockedOutFromElsewhere() throws Exception {
    for (int i = 0; i < 20; i++) {
      login("jane", "10.0.0.1", 401);
    }

    assertThat(login("jane", "10.0.0.2", 200).getStatus()).isEqualTo(200);
    assertThat(login("john", "10.0.0.1", 200).getStatus()).isEqualTo(200);
  }

  @Test
  void manyNamesFromOneAddressAreGuessesAsWell() throws Exception {
    for (int i = 0; i < 100; i++) {
      assertThat(login("name" + i, "10.0.0.1", 401).getStatus()).isEqualTo(401);
    }

    assertThat(login("another", "10.0.0.1", 401).getStatus()).isEqualTo(429);
    assertThat(login("another", "10.0.0.2", 200).getStatus()).isEqualTo(200);
  }

  @Test
  void aNetworkOfIpv6CountsAsOneAddress() throws Exception {
    for (int i = 0; i < 10; i++) {
      login("jane", "2001:db8:1:2:0:0:0:" + i, 401);
    }

    assertThat(login("jane", "2001:db8:1:2:a:b:c:d", 200).getStatus()).isEqualTo(429);
    assertThat(login("jane", "2001:db8:1:3:a:b:c:d", 200).getStatus()).isEqualTo(200);
  }

  @Test
  void aUserWhoAsksTooOftenWaits() throws Exception {
    var rate = new RequestRate(new RateSettings(60), ProblemWriters.json(), clock);
    for (int i = 0; i < 60; i++) {
      assertThat(ask(rate, "jane").getStatus()).isEqualTo(200);
    }

    MockHttpServletResponse refused = ask(rate, "jane");

    assertThat(refused.getStatus()).isEqualTo(429);
    assertThat(refused.getHeader("Retry-After")).isEqualTo("1");
    assertThat(refused.getContentType()).isEqualTo("application/problem+json");
    assertThat(ask(rate, "john").getStatus()).isEqualTo(200);
    assertThat(ask(rate, null).getStatus()).as("somebody who does not say").isEqualTo(200);
    clock.advance(Duration.ofSeconds(1));
    assertThat(ask(rate, "jane").getStatus()).isEqualTo(200);
    assertThat(ask(rate, "jane").getStatus()).isEqualTo(429);
  }

  @Test
  void withoutALimitAnyNumberIsTaken() throws Exception {
    var rate = new RequestRate(new RateSettings(0), ProblemWriters.json(), clock);
    for (int i = 0; i < 1_000; i++) {
      assertThat(ask(rate, "jane").getStatus()).isEqualTo(200);
    }
  }

  private MockHttpServletResponse login(String user, String address, int status) throws Exception {
    var request = new MockHttpServletRequest("GET", "/api/contacts");
    request.setRemoteAddr(address);
    byte[] both = (user + ":guess").getBytes(StandardCharsets.UTF_8);
    request.addHeader("Authorization", "Basic " + Base64.getEncoder().encodeToString(both));
    return pass(logins, request, status);
  }

  private static MockHttpServletResponse ask(RequestRate rate, String user) throws Exception {
    SecurityContextHolder.clearContext();
    if (user != null) {
      SecurityContextHolder.getContext()
          .setAuthentication(
              UsernamePasswordAuthenticationToken.authenticated(user, null, List.of()));
    }
    return pass(rate, new MockHttpServletRequest("GET", "/api/contacts"), 200);
  }

  private static MockHttpServletResponse pass(
      Filter filter, MockHttpServletRequest request, int status) throws Exception {
    var response = new MockHttpServletResponse();
    filter.doFilter(
        request,
        response,
        (any, answer) -> ((jakarta.servlet.http.HttpServletResponse) answer).setStatus(status));
    return response;
  }
}
