package io.facteur.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.facteur.party.AuditLog;
import io.facteur.testing.TestDatabase;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;

@ExtendWith(OutputCaptureExtension.class)
class FirstUserTest {

  private static final Pattern PRINTED = Pattern.compile("user 'admin' with password '([^']+)'");

  private final PasswordEncoder passwords =
      PasswordEncoderFactories.createDelegatingPasswordEncoder();
  private Users users;

  @BeforeEach
  void anEmptyInstallation() {
    DataSource database = TestDatabase.fresh();
    JdbcClient jdbc = JdbcClient.create(database);
    var audit =
        new AuditLog(jdbc, () -> "facteur", JsonMapper.builder().findAndAddModules().build());
    users = new Users(jdbc, new UserLimits(jdbc), passwords, audit);
  }

  @Test
  void theFirstStartPrintsARandomPasswordOnce(CapturedOutput output) {
    start(null);
    start(null);

    Matcher printed = PRINTED.matcher(output.getOut());
    assertThat(printed.find()).isTrue();
    assertThat(logsIn(printed.group(1))).isTrue();
    assertThat(printed.find()).isFalse();
    assertThat(users.get("admin").roles()).isEqualTo(AccessRules.Role.ALL);
  }

  @Test
  void aGivenPasswordIsSetAtEachStart(CapturedOutput output) {
    start("given at first");
    users.change("admin", "changed in between", null, null, null);
    start("given at first");
    assertThat(logsIn("given at first")).isTrue();

    start("given later");

    assertThat(logsIn("given later")).isTrue();
    assertThat(logsIn("given at first")).isFalse();
    assertThat(output.getAll()).doesNotContain("given");
  }

  @Test
  void otherUsersAreLeftAlone(CapturedOutput output) {
    users.create("boss", "correct horse", AccessRules.Role.ALL, Set.of());

    start(null);

    assertThat(users.byName("admin")).isEmpty();
    assertThat(output.getOut()).doesNotContain("password");
  }

  @Test
  void aStartThatFailsMakesNoUserWhosePasswordOnlyItsOutputHas(CapturedOutput output) {
    SmartLifecycle routes = lifecycle(() -> Assertions.fail("a route cannot start"));

    assertThatThrownBy(() -> start(null, routes)).hasStackTraceContaining("a route cannot start");

    assertThat(users.isEmpty()).isTrue();
    assertThat(output.getOut()).doesNotContain("password");
  }

  @Test
  void aGivenPasswordIsSetBeforeRequestsCanCome() {
    start("given at first", lifecycle(() -> assertThat(logsIn("given at first")).isTrue()));
  }

  private void start(String password) {
    start(password, lifecycle(() -> {}));
  }

  private void start(String password, SmartLifecycle lifecycle) {
    SpringApplication application = new SpringApplication(Nothing.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setBannerMode(Banner.Mode.OFF);
    application.addInitializers(
        context -> {
          var beans = (GenericApplicationContext) context;
          beans.registerBean(
              FirstUser.class, () -> new FirstUser(users, new AdminSettings(password)));
          beans.registerBean(SmartLifecycle.class, () -> lifecycle);
        });
    application.run().close();
  }

  private static SmartLifecycle lifecycle(Runnable start) {
    return new SmartLifecycle() {
      @Override
      public void start() {
        start.run();
      }

      @Override
      public void stop() {}

      @Override
      public boolean isRunning() {
        return false;
      }
    };
  }

  @Configuration(proxyBeanMethods = false)
  static class Nothing {}

  private boolean logsIn(String password) {
    return passwords.matches(password, users.loadUserByUsername("admin").getPassword());
  }
}
