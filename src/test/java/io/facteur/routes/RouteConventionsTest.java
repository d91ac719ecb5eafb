package io.facteur.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.camel.Finding;
import io.facteur.camel.RouteCheck;
import io.facteur.testing.RunningFacteur;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;

/** What the check over the routes finds, and where (ROUTE-3, ROUTE-5). */
class RouteConventionsTest {

  /**
   * A broken edit.
   *
   * @param before what is overwritten where it stands first
   * @param at a text of the line that the finding has to name
   */
  private record Edit(
      String name, String file, String before, String after, String at, String reason) {

    @Override
    public String toString() {
      return name;
    }
  }

  @Test
  void theRoutesOfTheProductAreInOrder() throws IOException {
    assertThat(RouteCheck.check(Path.of("routes"), settings())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("brokenEdits")
  void aBrokenEditIsNamedWithFileLineAndReason(Edit edit) throws IOException {
    Path routes = RunningFacteur.copyOfRoutes();
    Path file = routes.resolve(edit.file());
    String text = Files.readString(file);
    assertThat(text).contains(edit.before());
    int start = text.indexOf(edit.before());
    String edited =
        text.substring(0, start) + edit.after() + text.substring(start + edit.before().length());
    Files.writeString(file, edited);

    List<Finding> findings = RouteCheck.check(routes, settings());

    assertThat(findings)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.file()).isEqualTo(edit.file());
              assertThat(finding.line()).as(finding.toString()).isEqualTo(line(edited, edit.at()));
              assertThat(finding.reason()).contains(edit.reason());
            });
  }

  static List<Edit> brokenEdits() {
    String email = "channels/email.camel.yaml";
    String invoice = "dispatch/invoice.camel.yaml";
    String files = "channels/files.camel.yaml";
    String queue = "channels/queue.camel.yaml";
    String archive = "channels/archive.camel.yaml";
    String issue = "issue.camel.yaml";
    String lock = "sql/lock-waiting.sql";
    return List.of(
        new Edit(
            "not YAML", email, "    id: deliver", "\tid: deliver", "\tid: deliver", "is not YAML"),
        new Edit(
            "a key twice",
            issue,
            "method: issue",
            "method: issue\n            method: issue # again",
            "# again",
            "'method' stands here twice"),
        new Edit("unknown step", email, "- to:", "- sendTo:", "- sendTo:", "sendTo"),
        new Edit(
            "unknown keyword",
            queue,
            "description: An empty",
            "remark: An empty",
            "remark: ",
            "remark"),
        new Edit(
            "unknown top level",
            issue,
            "- route:",
            "- path:",
            "- path:",
            "'path' is not allowed here"),
        new Edit(
            "id used twice",
            issue,
            "id: issue-documents",
            "id: bill-run",
            "id: bill-run",
            "stands at billing.camel.yaml:"),
        new Edit(
            "id that says nothing",
            issue,
            "id: issue-documents",
            "id: route1",
            "id: route1",
            "not descriptive"),
        new Edit(
            "no id", issue, "id: issue-documents\n    ", "", "description: Numbers", "has no id"),
        new Edit(
            "no description",
            issue,
            "    description: Numbers",
            "    note: Numbers",
            "id: issue-documents",
            "has no description"),
        new Edit(
            "no error policy",
            issue,
            "    routeConfigurationId: caller-errors\n",
            "",
            "id: issue-documents",
            "has no routeConfigurationId"),
        new Edit(
            "unknown error policy",
            issue,
            "caller-errors",
            "no-errors",
            "no-errors",
            "'no-errors' does not exist"),
        new Edit(
            "nothing consumes",
            invoice,
            "direct:deliver-email",
            "direct:deliver-mail",
            "direct:deliver-mail",
            "nothing consumes direct:deliver-mail"),
        new Edit(
            "two routes from one place",
            issue,
            "uri: direct:issue-documents",
            "uri: direct:bill-run",
            "direct:bill-run",
            "begins at billing.camel.yaml:"),
        new Edit(
            "unknown bean",
            email,
            "ref: mailComposer",
            "ref: mailCompose",
            "ref: mailCompose",
            "bean 'mailCompose' does not exist"),
        new Edit(
            "bean that is not ours",
            email,
            "ref: mailComposer",
            "ref: dataSource",
            "ref: dataSource",
            "bean 'dataSource' does not exist"),
        new Edit(
            "class instead of a bean",
            email,
            "ref: mailComposer",
            "beanType: java.lang.Runtime",
            "beanType",
            "'beanType' is not allowed"),
        new Edit(
            "unknown method",
            email,
            "method: compose",
            "method: composed",
            "method: composed",
            "has no method 'composed'"),
        new Edit(
            "too many arguments",
            files,
            "method: receipt(${variable.drop})",
            "method: receipt(${variable.drop}, 1)",
            "method: receipt(",
            "does not take 2 arguments"),
        new Edit(
            "bean in a text",
            queue,
            "simple: ${body.size} > 0",
            "simple: ${bean:nobody?method=size} > 0",
            "nobody",
            "bean 'nobody' does not exist"),
        new Edit(
            "bean without its method",
            queue,
            "simple: ${body.size} > 0",
            "simple: ${bean:claims.node} > 0",
            "claims.node",
            "reaches behind"),
        new Edit(
            "missing SQL file",
            queue,
            "/sql/lock-waiting.sql",
            "/sql/lock.sql",
            "/sql/lock.sql",
            "SQL file 'sql/lock.sql' does not exist"),
        new Edit(
            "SQL in a route",
            queue,
            "sql:file:{{facteur.routes}}/sql/lock-waiting.sql",
            "sql:DELETE FROM delivery",
            "sql:DELETE",
            "SQL stands in a file"),
        new Edit(
            "SQL put together",
            lock,
            "channel = :#${variable.channel}",
            "channel = '${variable.channel}'",
            "channel = '",
            "puts text into SQL"),
        new Edit(
            "SQL with an unknown bean",
            "sql/take-claim.sql",
            "bean:claims?",
            "bean:claim?",
            "bean:claim?",
            "bean 'claim' does not exist"),
        new Edit(
            "unknown property",
            issue,
            "description: Numbers",
            "description: \"{{facteur.no-such}}\" # Numbers",
            "{{facteur.no-such}}",
            "property 'facteur.no-such' is unknown"),
        new Edit(
            "unknown template",
            invoice,
            "routeTemplateRef: dispatch-definition",
            "routeTemplateRef: dispatch",
            "routeTemplateRef: dispatch",
            "route template 'dispatch' does not exist"),
        new Edit(
            "unknown template parameter",
            invoice,
            "name: format",
            "name: formats",
            "name: formats",
            "has no parameter 'formats'"),
        new Edit(
            "wrong cron expression",
            "billing.camel.yaml",
            "value: 0+0+3+*+*+?",
            "value: nonsense",
            "value: nonsense",
            "cron cannot be 'nonsense'"),
        new Edit(
            "wrong time zone",
            "billing.camel.yaml",
            "value: Europe/Zurich",
            "value: Europe/Zuerich",
            "value: Europe/Zuerich",
            "timeZone cannot be 'Europe/Zuerich'"),
        new Edit(
            "no attempts",
            invoice,
            "value: \"5\"",
            "value: \"0\"",
            "value: \"0\"",
            "attempts cannot be '0': attempts is 0: at least 1 is needed"),
        new Edit(
            "unknown role",
            invoice,
            "value: INDIVIDUAL",
            "value: SOMEBODY",
            "value: SOMEBODY",
            "role cannot be 'SOMEBODY': one of [CONTRACTING_PARTY, DELIVERY_ADDRESS, INDIVIDUAL]"),
        new Edit(
            "missing template parameter",
            archive,
            "      - name: from\n        value: \"{{facteur.hand-out}}:{{facteur.installation}}.archive?concurrentConsumers=2\"\n",
            "",
            "routeId: work-archive",
            "needs the parameter 'from'"),
        new Edit(
            "groovy",
            queue,
            "simple: ${body.empty} == false",
            "groovy: !body.isEmpty()",
            "groovy: ",
            "'groovy' is not allowed"),
        new Edit(
            "java",
            queue,
            "simple: ${body.size} > 0",
            "java: body.size() > 0",
            "java: ",
            "'java' is not allowed"),
        new Edit(
            "exec",
            email,
            "uri: smtp://{{facteur.smtp.host}}:{{facteur.smtp.port}}",
            "uri: exec:ls",
            "uri: exec",
            "component 'exec' is not allowed"),
        new Edit(
            "docker",
            email,
            "uri: smtp://{{facteur.smtp.host}}:{{facteur.smtp.port}}",
            "uri: docker:run",
            "uri: docker",
            "component 'docker' is not allowed"),
        new Edit(
            "ssh, in short",
            archive,
            "- to:\n            uri: direct:drop-file",
            "- to: ssh:example.org",
            "to: ssh",
            "component 'ssh' is not allowed"),
        new Edit(
            "component of a parameter",
            archive,
            "value: \"{{facteur.hand-out}}:{{facteur.installation}}.archive",
            "value: \"kafka:archive",
            "value: \"kafka",
            "component 'kafka' is not allowed"),
        new Edit(
            "recipients made up",
            archive,
            "- to:\n            uri: direct:drop-file",
            "- recipientList:\n            simple: ${body}",
            "recipientList",
            "'recipientList' is not allowed"),
        new Edit(
            "unknown option",
            archive,
            "archive?concurrentConsumers",
            "archive?currentConsumers",
            "?currentConsumers",
            "'seda' has no option 'currentConsumers'"),
        new Edit(
            "unknown option where the folder is dynamic",
            files,
            "autoCreate: false",
            "autoCreat: false",
            "autoCreat: ",
            "'file' has no option 'autoCreat'"),
        new Edit(
            "option of the wrong kind",
            "retries.camel.yaml",
            "delay: \"{{facteur.recovery-interval}}\"",
            "delay: soon",
            "delay: soon",
            "cannot be 'soon'"),
        new Edit(
            "class of a value",
            queue,
            "simple: ${body.size} > 0",
            "simple: ${body.class.name} != null",
            "body.class",
            "reaches behind"),
        new Edit(
            "Camel itself",
            queue,
            "simple: ${body.size} > 0",
            "simple: ${camelContext.name} != null",
            "camelContext",
            "reaches behind"),
        new Edit(
            "bean made from a class",
            email,
            "\"#mailSender\"",
            "\"#class:com.example.Sender\"",
            "#class",
            "reaches behind"),
        new Edit(
            "unknown function",
            queue,
            "simple: ${body.size} > 0",
            "simple: ${bodi.size} > 0",
            "bodi",
            "bodi"),
        new Edit(
            "bean of another type",
            archive,
            "type: io.facteur.camel.ChannelDeclaration",
            "type: java.lang.ProcessBuilder",
            "type: java.lang.ProcessBuilder",
            "only channels are declared here"),
        new Edit(
            "bean made by another's method",
            archive,
            "type: io.facteur.camel.ChannelDeclaration",
            "type: io.facteur.camel.ChannelDeclaration\n      factoryMethod: evil",
            "factoryMethod: evil",
            "'factoryMethod' is not allowed"),
        new Edit(
            "channel without needs",
            archive,
            "        needs: NOTHING\n",
            "",
            "reaches: ",
            "does not say 'needs'"),
        new Edit(
            "channel with unknown needs",
            archive,
            "needs: NOTHING",
            "needs: PHONE_NUMBER",
            "needs: PHONE_NUMBER",
            "PHONE_NUMBER"),
        new Edit(
            "missing bean of an option",
            email,
            "\"#mailSender\"",
            "\"#sender\"",
            "#sender",
            "bean 'sender' does not exist"),
        new Edit(
            "query by header",
            queue,
            "- setVariable:\n              name: channel",
            "- setHeader:\n              name: CamelSqlQuery",
            "CamelSqlQuery",
            "puts text into SQL"));
  }

  private static StandardEnvironment settings() throws IOException {
    StandardEnvironment environment = new StandardEnvironment();
    new YamlPropertySourceLoader()
        .load("settings", new FileSystemResource("config/application.yaml"))
        .forEach(environment.getPropertySources()::addLast);
    return environment;
  }

  private static int line(String text, String part) {
    assertThat(text).contains(part);
    return text.substring(0, text.indexOf(part)).split("\n", -1).length;
  }
}
