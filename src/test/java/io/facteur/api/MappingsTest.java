package io.facteur.api;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.api.access.AccessRules;
import io.facteur.api.access.CompanyGuard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.util.pattern.PathPatternParser;

/** Whatever can be called has a rule that says who may, and is answered as docs/access.md says. */
class MappingsTest extends ApiTest {

  private static final List<String> ROLES =
      List.of("clerk", "print", "integrator", "auditor", "admin");
  private static final String PASSWORD = "correct horse";

  private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT);

  @Autowired List<HandlerMapping> all;
  @Autowired List<RequestMappingInfoHandlerMapping> mappings;

  /** One way in: a method and a path with something in place of its variables. */
  private record Entrance(HttpMethod method, String pattern, String path) {}

  /** A line of the table of docs/access.md. */
  private record Line(Set<String> methods, String path, Set<String> roles, boolean limited) {

    private boolean fits(Entrance entrance) {
      return methods.contains(entrance.method().name())
          && PathPatternParser.defaultInstance
              .parse(path)
              .matches(PathContainer.parsePath(entrance.path()));
    }
  }

  @Test
  void everyMappingHasAnAccessRule() {
    List<Entrance> entrances = entrances();

    assertThat(entrances).hasSizeGreaterThan(80);
    assertThat(entrances)
        .extracting(Entrance::pattern)
        .contains("/actuator/prometheus", "/actuator/health/**", "/v3/api-docs", "/error");
    assertThat(entrances)
        .allMatch(entrance -> AccessRules.covers(entrance.method(), entrance.path()));
  }

  @Test
  void nothingCanBeCalledButMappingsAndFiles() {
    assertThat(all)
        .allMatch(
            mapping ->
                mapping instanceof RequestMappingInfoHandlerMapping
                    || mapping instanceof AbstractUrlHandlerMapping // files, which rules name
                    || (mapping instanceof RouterFunctionMapping functions
                        && functions.getRouterFunction() == null));
  }

  @Test
  void theTableOfTheDocumentationIsThatOfTheRules() throws IOException {
    assertThat(documented()).isEqualTo(AccessRules.table());
  }

  @Test
  void everyMappingAnswersEveryRoleAsTheTableSays() throws IOException {
    List<Line> table = documented().stream().map(MappingsTest::line).toList();
    String company = company();
    List<String> wrong = new ArrayList<>();
    int asked = 0;
    for (String role : ROLES) {
      String whole = basic(user(role, "[]"), PASSWORD);
      String limited = basic(user(role, "[\"" + company + "\"]"), PASSWORD);
      for (Entrance entrance : entrances()) {
        Line line = table.stream().filter(one -> one.fits(entrance)).findFirst().orElseThrow();
        boolean may = line.roles().isEmpty() || line.roles().contains(role);
        check(wrong, role, whole, entrance, may);
        check(
            wrong,
            "limited " + role,
            limited,
            entrance,
            line.roles().isEmpty() || (may && line.limited()));
        asked++;
      }
    }
    for (Entrance entrance : entrances()) {
      Line line = table.stream().filter(one -> one.fits(entrance)).findFirst().orElseThrow();
      int status = status(null, entrance);
      if ((status != 401) != line.roles().isEmpty()) {
        wrong.add("anonymous " + entrance + ": " + status);
      }
    }

    assertThat(wrong).isEmpty();
    assertThat(asked).isGreaterThan(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PATCH", "OPTIONS", "TRACE", "PROPFIND"})
  void otherMethodsAreAnsweredToNobody(String method) {
    String admin = basic("admin", ApiTest.PASSWORD);

    assertThat(callAs(null, method, "/api/contacts", null).status()).isIn(400, 401, 405);
    assertThat(callAs(admin, method, "/api/contacts", null).status()).isIn(400, 404, 405);
  }

  /** What could be parsed by somebody: entities that read files, ask servers, or unfold. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>",
        "<!DOCTYPE x SYSTEM 'http://127.0.0.1:9/x.dtd'><x/>",
        "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'>]><x>&b;&b;</x>"
      })
  void noMappingReadsXml(String xml) {
    String admin = basic("admin", ApiTest.PASSWORD);
    List<String> wrong = new ArrayList<>();
    int refused = 0;
    for (Entrance entrance : entrances()) {
      if (WITH_BODY.contains(entrance.method())) {
        Answer answer =
            callAs(
                admin,
                entrance.method().name(),
                entrance.path(),
                xml,
                "Content-Type",
                "application/xml");
        refused += answer.status() == 415 ? 1 : 0;
        if (answer.status() < 400 || answer.status() >= 500) {
          wrong.add(entrance + ": " + answer.status());
        }
      }
    }

    assertThat(wrong).isEmpty();
    assertThat(refused).isGreaterThan(30);
  }

  @Test
  void ofEverythingThatAPathNamesItIsKnownWhoseItIs() {
    assertThat(entrances())
        .filteredOn(entrance -> entrance.pattern().matches("/api/.*\\{.*"))
        .filteredOn(entrance -> AccessRules.limited(entrance.method(), entrance.path()))
        .isNotEmpty()
        .allMatch(entrance -> CompanyGuard.knows(entrance.pattern()));
  }

  private void check(
      List<String> wrong, String who, String authorization, Entrance entrance, boolean may) {
    int status = status(authorization, entrance);
    boolean refused = status == 403;
    if (refused == may || status == 401 || status >= 500) {
      wrong.add(who + " " + entrance + ": " + status);
    }
  }

  private int status(String authorization, Entrance entrance) {
    boolean withBody = WITH_BODY.contains(entrance.method());
    return callAs(authorization, entrance.method().name(), entrance.path(), withBody ? "{}" : null)
        .status();
  }

  private String user(String role, String companies) {
    String name = unique("user");
    created(
        post(
            "/api/users",
            """
            {"name": "%s", "password": "%s", "roles": ["%s"], "companies": %s}
            """
                .formatted(name, PASSWORD, role, companies)));
    return name;
  }

  private List<Entrance> entrances() {
    List<Entrance> entrances = new ArrayList<>();
    for (RequestMappingInfoHandlerMapping mapping : mappings) {
      for (RequestMappingInfo info : mapping.getHandlerMethods().keySet()) {
        for (String pattern : info.getPatternValues()) {
          String path = pattern.replaceAll("\\{[^}]+}", "0").replace("**", "liveness");
          for (RequestMethod method : methods(info)) {
            entrances.add(new Entrance(HttpMethod.valueOf(method.name()), pattern, path));
          }
        }
      }
    }
    return entrances;
  }

  private static Set<RequestMethod> methods(RequestMappingInfo info) {
    Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
    return methods.isEmpty() ? Set.of(RequestMethod.GET, RequestMethod.POST) : methods;
  }

  /** The lines of the table, without its head. */
  private static List<String> documented() throws IOException {
    return Files.readAllLines(Path.of("docs/access.md")).stream()
        .filter(line -> line.startsWith("| ") && line.contains("`/"))
        .toList();
  }

  private static Line line(String text) {
    String[] cells = text.split("\\|", -1);
    return new Line(
        words(cells[1]),
        cells[2].strip().replace("`", ""),
        cells[3].strip().equals("everybody") ? Set.of() : words(cells[3]),
        cells[4].strip().equals("yes"));
  }

  private static Set<String> words(String cell) {
    return Arrays.stream(cell.strip().split(", ")).collect(toCollection(TreeSet::new));
  }
}
