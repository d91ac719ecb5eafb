package io.facteur.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.facteur.FacteurApplication;
import io.facteur.testing.RunningFacteur;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.util.FileSystemUtils;

/**
 * What {@code --check} says of edits, and that the start says the same and goes no further
 * (ROUTE-3).
 */
class CheckCommandTest {

  private static final String NOT_TRIED =
      "no specimens were printed with the templates: correct this, and check again";

  @TempDir private Path folder;

  private Path routes;
  private Path templates;
  private Path settings;

  @BeforeEach
  void copies() throws IOException {
    routes = RunningFacteur.copyOfRoutes();
    templates = folder.resolve("templates");
    FileSystemUtils.copyRecursively(Path.of("templates"), templates);
    settings = folder.resolve("site.yaml");
    Files.writeString(settings, "facteur:\n  installation: site\n");
  }

  @Test
  void nothingIsFoundInTheProduct() {
    assertThat(check()).containsExactly("routes, templates and configuration are in order");
  }

  @Test
  void aBrokenRouteIsNamed() throws IOException {
    edit(routes.resolve("channels/email.camel.yaml"), "ref: mailComposer", "ref: mailCompose");

    assertFound(routes + "/channels/email.camel.yaml:32: bean 'mailCompose' does not exist");
  }

  @Test
  void aPropertyThatNobodySetsIsNamed() throws IOException {
    edit(routes.resolve("billing.camel.yaml"), "facteur.run-interval", "facteur.run-pause");

    assertFound(
        routes
            + "/billing.camel.yaml:66: property 'facteur.run-pause' is unknown: set it in"
            + " config/application.yaml");
  }

  @Test
  void aTemplateThatDoesNotParseIsNamed() throws IOException {
    Path mail = templates.resolve("mail/layout.html.ftlh");
    Files.writeString(mail, "<#if open>", UTF_8);

    assertThat(check())
        .anyMatch(line -> line.startsWith(mail + ":1: "))
        .endsWith("1 finding", NOT_TRIED);
    assertThat(startRefused()).anyMatch(line -> line.startsWith(mail + ":1: "));
  }

  @Test
  void aMailThatCannotBeWrittenIsNamed() throws IOException {
    Path mail = templates.resolve("mail/words.fr.ftl");
    edit(mail, "\"Bonjour\"", "\"Bonjour \" + document.nope");

    assertThat(check()).anyMatch(line -> line.startsWith(mail + ":")).endsWith("1 finding");
  }

  @Test
  void aMissingTemplateIsNamed() throws IOException {
    Files.delete(templates.resolve("fo/invoice.fo.ftlx"));

    assertFound(templates + "/fo/invoice.fo.ftlx: the template is missing");
  }

  @Test
  void aSettingThatNothingReadsIsNamed() throws IOException {
    Files.writeString(settings, "facteur:\n  smtp:\n    hots: mail.example.org\n");

    assertFound(settings + ":3: setting 'facteur.smtp.hots' is unknown: nothing reads it");
  }

  @Test
  void aValueThatCannotBeUsedIsNamed() throws IOException {
    Files.writeString(settings, "facteur:\n  ledger:\n    claim-lease: soon\n");

    assertThat(check())
        .first()
        .asString()
        .isEqualTo(
            settings
                + ":3: setting 'facteur.ledger.claim-lease': 'soon' is no length of time: write it"
                + " like 500ms, 30s, 5m, 2h or 7d");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      dispatch: {default-channels: [EMAIL, FAX]}  | 2 | setting 'facteur.dispatch.default-channels' names the channel 'FAX', which no file in routes/channels declares: there are ARCHIVE, EINVOICE, EMAIL, POST
      dispatch: {fallback-channel: FAX}           | 2 | setting 'facteur.dispatch.fallback-channel' names the channel 'FAX', which no file in routes/channels declares: there are ARCHIVE, EINVOICE, EMAIL, POST, or NONE
      installation: 'my site'                     | 2 | setting 'facteur.installation' is 'my site': use letters, digits and hyphens only, at most 40
      node: a/b                                   | 2 | setting 'facteur.node' is 'a/b': use letters, digits, dots, hyphens and underscores only, at most 80; or leave it out, then a name is made up and kept
      addresses: {on-document: {document: SOMEWHERE}} | 2 | setting 'facteur.addresses.on-document.document': 'SOMEWHERE' is none of NOTHING, DOCUMENT, DOCUMENT_AND_CONTACT, CONTACT_AND_FUTURE, CONTACT_AND_EXISTING
      addresses: {on-document: {document: NOTHING}} | 2 | facteur.addresses.on-document.document: NOTHING cannot be the default for a document address that is changed on a document; choose from DOCUMENT, DOCUMENT_AND_CONTACT
      smtp: {connections: four}                   | 2 | setting 'facteur.smtp.connections': 'four' is no whole number, or too large a one
      stop-patience: soon                         | 2 | setting 'facteur.stop-patience': 'soon' is no length of time: write it like 500ms, 30s, 5m, 2h or 7d
      e-invoice: {other-country: PDF}             | 2 | facteur.e-invoice.other-country: 'PDF' is no format of e-invoices: there are FACTUR_X, CII, XRECHNUNG_CII, XRECHNUNG_UBL, PEPPOL_UBL
      """)
  void aSettingThatCannotBeIsNamedWithItsValueAndWhatItMayBe(String wrong, int line, String reason)
      throws IOException {
    Files.writeString(settings, "facteur:\n  " + wrong + "\n");

    assertThat(check()).first().isEqualTo(settings + ":" + line + ": " + reason);
  }

  @Test
  void whatIsWrongWithASettingStopsTheStartBeforeADatabaseIsOpened() throws IOException {
    Files.writeString(
        settings,
        """
        facteur:
          installation: my site
          dispatch: {fallback-channel: FAX}
        server: {port: 70000}
        """);

    assertThat(startRefused())
        .containsExactly(
            settings
                + ":2: setting 'facteur.installation' is 'my site': use letters, digits and"
                + " hyphens only, at most 40",
            settings
                + ":4: setting 'server.port' is '70000': a port is a whole number from 1 to 65535,"
                + " or 0 for any free one",
            settings
                + ":3: setting 'facteur.dispatch.fallback-channel' names the channel 'FAX', which"
                + " no file in routes/channels declares: there are ARCHIVE, EINVOICE, EMAIL, POST,"
                + " or NONE");
  }

  /** Passwords in settings that are wrong, or beside such. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        smtp: {pasword: s3cret, password: s3cret, port: many}
        broker: {password: s3cret}
        admin: {pasword: s3cret, password: s3cret}
        """,
        """
        smtp: {host: relay.example, username: me, password: s3cret, security: NONE}
        broker: {url: 'tcp://me:s3cret s3cret@broker', username: me, password: s3cret}
        """,
        """
        smtp: {host: relay.example, password: [s3cret, s3cret]}
        broker: {url: 'tcp://me:s3cret@broker:port', username: me, chunks: 0}
        """
      })
  void noPasswordIsAmongWhatIsFound(String wrong) throws IOException {
    Files.writeString(settings, "facteur:\n" + wrong.indent(2));

    assertThat(check()).hasSizeGreaterThan(1).noneMatch(line -> line.contains("s3cret"));
  }

  private void assertFound(String finding) {
    assertThat(check()).containsExactly(finding, "1 finding", NOT_TRIED);
    assertThat(startRefused()).containsExactly(finding);
  }

  private List<String> check() {
    var out = new ByteArrayOutputStream();
    int exitCode = CheckCommand.run(arguments("--check"), new PrintStream(out, true, UTF_8));
    List<String> lines = out.toString(UTF_8).lines().toList();
    assertThat(exitCode).isEqualTo(lines.size() == 1 ? 0 : 1);
    return lines;
  }

  /** A database that nobody can reach shows that none is asked for. */
  private List<String> startRefused() {
    Throwable refused =
        catchThrowable(
            () ->
                new SpringApplication(FacteurApplication.class)
                    .run(arguments("--spring.datasource.url=jdbc:mariadb://127.0.0.1:1/none")));
    assertThat(refused).isInstanceOf(CheckFailedException.class);
    return refused.getMessage().lines().toList();
  }

  private String[] arguments(String... more) {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.add("--facteur.routes=" + routes);
    arguments.add("--facteur.templates=" + templates);
    arguments.add("--spring.config.additional-location=file:" + settings);
    return arguments.toArray(String[]::new);
  }

  private static void edit(Path file, String before, String after) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(before);
    Files.writeString(file, text.replace(before, after));
  }
}
