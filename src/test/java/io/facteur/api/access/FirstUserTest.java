package io.facteur.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.facteur.party.AuditLog;
import io.facteur.testing.TestDatabase;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
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

  private void start(String password) {
    new FirstUser(users, new AdminSettings(password)).afterSingletonsInstantiated();
  }

  private boolean logsIn(String password) {
    return passwords.matches(password, users.loadUserByUsername("admin").getPassword());
  }
}
