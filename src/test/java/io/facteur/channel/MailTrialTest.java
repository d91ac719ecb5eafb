package io.facteur.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.rendering.TemplateProblem;
import io.facteur.rendering.Templates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** A mail that cannot be written is found before its templates come into force (MAIL-2). */
class MailTrialTest {

  @TempDir Path templates;

  @BeforeEach
  void copyTemplates() throws IOException {
    FileSystemUtils.copyRecursively(Path.of("templates"), templates);
  }

  @Test
  void aMisspeltNameIsFoundInWhicheverLanguageTypeOrPartOfTheMailItStands() throws IOException {
    replace("words.fr.ftl", "<#case \"ORDER\">", "<#case \"ORDER\">${document.nope}");
    replace("words.it.ftl", "<#if many>${documents?size}", "<#if many>${nope}");
    replace("layout.html.ftlh", "${copyNote}", "${copyNotes}");

    assertThat(failing())
        .allSatisfy(problem -> assertThat(problem.line()).isPositive())
        .anySatisfy(problem -> assertThat(problem.reason()).contains("${document.nope}"))
        .extracting(TemplateProblem::file)
        .containsExactlyInAnyOrder(
            "mail/words.fr.ftl", "mail/words.it.ftl", "mail/layout.html.ftlh");
  }

  @Test
  void whatIsSaidForOneTypeCompanyOrDefinitionIsTriedAsWell() throws IOException {
    write("reminder.de.ftl", "<#assign greeting = \"Guten Tag\" + nope>");
    write("LAC/invoice.fr.ftl", "<#assign greeting = company.nope>");
    write("friendly.en.ftl", "<#assign greeting = recipient.nope>");
    write("only-for-reminders.en.ftl", "<#assign greeting = document.stated[0].number>");

    assertThat(failing())
        .extracting(TemplateProblem::file)
        .containsExactlyInAnyOrder(
            "mail/reminder.de.ftl", "mail/LAC/invoice.fr.ftl", "mail/friendly.en.ftl");
  }

  @Test
  void templatesWithABrokenMailDoNotComeIntoForce() throws IOException {
    Templates running = new Templates(templates, new MailTrial());
    String before = running.version();
    replace("words.fr.ftl", "\"Bonjour\"", "\"Bonjour \" + document.nope");

    running.takeOverChanges();
    running.takeOverChanges();

    assertThat(running.version()).isEqualTo(before);
    assertThat(running.problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.file()).isEqualTo("mail/words.fr.ftl"));
  }

  private List<TemplateProblem> failing() {
    return new MailTrial().of(new Templates(templates));
  }

  private void replace(String name, String text, String by) throws IOException {
    String content = Files.readString(templates.resolve("mail").resolve(name));
    assertThat(content).contains(text);
    write(name, content.replace(text, by));
  }

  private void write(String name, String content) throws IOException {
    Path file = templates.resolve("mail").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
