package io.facteur.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;

class AccessRulesTest {

  @ParameterizedTest
  @ValueSource(strings = {"/", "/api", "/api/other", "/actuator/health/db/x/../y", "/swagger"})
  void whatNoRuleNamesIsOpenToNobody(String path) {
    assertThat(AccessRules.ruleFor(HttpMethod.GET, path).filter(AccessRules.Rule::isOpen))
        .isEmpty();
  }

  @Test
  void aMethodThatNoRuleNamesFitsNone() {
    assertThat(AccessRules.ruleFor(HttpMethod.TRACE, "/api/contacts")).isEmpty();
  }

  @Test
  void everyRuleCanDecide() {
    for (int i = 0; i < AccessRules.RULES.size(); i++) {
      AccessRules.Rule rule = AccessRules.RULES.get(i);
      List<AccessRules.Rule> before = AccessRules.RULES.subList(0, i);
      assertThat(before)
          .as("rule %s is never reached", rule.path())
          .noneMatch(
              earlier ->
                  earlier.path().equals(rule.path())
                      && earlier.methods().containsAll(rule.methods()));
    }
  }
}
