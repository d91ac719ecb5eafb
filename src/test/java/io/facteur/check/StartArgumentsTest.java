package io.facteur.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever mistypes an argument has not started a server. */
class StartArgumentsTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--check",
        "--check --facteur.routes=elsewhere",
        "--preview=invoice.pdf --preview-of=INVOICE,de",
        "--server.port=9090 --spring.datasource.url=jdbc:mariadb://db/facteur --debug",
        "--logging.level.io.facteur=debug --management.server.port=9091"
      })
  void whatFacteurOrSpringKnowsGoesOn(String arguments) {
    assertThat(answer(arguments)).isEmpty();
    assertThat(printed(out) + printed(err)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--chekc",
        "check",
        "--check=yes",
        "--preview",
        "--preview-of=INVOICE",
        "--server.port",
        "--facteur-smtp.host=x",
        "-v"
      })
  void anythingElseIsNamedAndRefused(String argument) {
    assertThat(answer(argument)).hasValue(2);
    assertThat(printed(err))
        .startsWith("unknown argument: " + argument.replaceFirst("=.*", "=..."))
        .contains("usage: facteur", "--check", "--preview=FILE", "--NAME=VALUE");
    assertThat(printed(out)).isEmpty();
  }

  @Test
  void noSecretIsRepeated() {
    answer("--smtp.password=s3cret");

    assertThat(printed(err)).contains("--smtp.password=...").doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h", "--chekc --help"})
  void helpIsPrinted(String arguments) {
    assertThat(answer(arguments)).hasValue(0);
    assertThat(printed(out)).startsWith("usage: facteur");
    assertThat(printed(err)).isEmpty();
  }

  private OptionalInt answer(String arguments) {
    return StartArguments.answer(
        arguments.isEmpty() ? new String[0] : arguments.split(" "),
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8));
  }

  private static String printed(ByteArrayOutputStream stream) {
    return stream.toString(UTF_8);
  }
}
