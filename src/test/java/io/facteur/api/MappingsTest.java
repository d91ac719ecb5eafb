package io.facteur.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.api.access.AccessRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** Whatever can be called has a rule that says who may. */
class MappingsTest extends ApiTest {

  @Autowired List<RequestMappingInfoHandlerMapping> mappings;

  @Test
  void everyMappingHasAnAccessRule() {
    List<String> without = new ArrayList<>();
    int seen = 0;
    for (RequestMappingInfoHandlerMapping mapping : mappings) {
      for (RequestMappingInfo info : mapping.getHandlerMethods().keySet()) {
        for (String pattern : info.getPatternValues()) {
          String path = pattern.replaceAll("\\{[^}]+}", "x").replace("**", "x");
          for (RequestMethod method : methods(info)) {
            seen++;
            if (!AccessRules.covers(HttpMethod.valueOf(method.name()), path)) {
              without.add(method + " " + pattern);
            }
          }
        }
      }
    }

    assertThat(seen).isGreaterThan(20);
    assertThat(without).isEmpty();
  }

  private static Set<RequestMethod> methods(RequestMappingInfo info) {
    Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
    return methods.isEmpty() ? Set.of(RequestMethod.GET, RequestMethod.POST) : methods;
  }
}
