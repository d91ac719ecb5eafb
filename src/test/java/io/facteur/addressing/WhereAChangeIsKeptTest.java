package io.facteur.addressing;

import static io.facteur.addressing.AddressScene.shown;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.facteur.document.DocumentType;
import io.facteur.party.Refusal;
import io.facteur.testing.CaseFile;
import io.facteur.testing.CaseTables.Row;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Carries out every row of {@code docs/address-cases/addr-6-where-a-change-is-kept.md}. */
class WhereAChangeIsKeptTest {

  private static final CaseFile CASES =
      new CaseFile("docs/address-cases/addr-6-where-a-change-is-kept.md");

  static {
    String columns = "Before, Done, Contact, This, Other, Draft, Hanna, Future, Reminders, Answer";
    String expected = "Contact, This, Other, Draft, Hanna, Future, Reminders, Answer";
    for (String table :
        List.of(
            "Document address",
            "Reminder address",
            "First given",
            "What a correction replaces on the contact",
            "One change after the other")) {
      CASES.table(table, columns, expected, WhereAChangeIsKeptTest::change);
    }
    CASES.table(
        "Every type of document",
        "Document, Before, Done, Goes to, A new one, Answer",
        "Goes to, A new one, Answer",
        WhereAChangeIsKeptTest::ofType);
    CASES.table(
        "Parties of a document",
        "Before, Done, Contacts, This, Other, Theirs, Future, Answer",
        "Contacts, This, Other, Theirs, Future, Answer",
        WhereAChangeIsKeptTest::parties);
    CASES.table(
        "An office with other defaults",
        "Settings, Before, Done, Contact, This, Other, Future, Answer",
        "Contact, This, Other, Future, Answer",
        WhereAChangeIsKeptTest::otherDefaults);
    CASES.table(
        "Settings that are no choice",
        "Settings, Reason",
        "Reason",
        WhereAChangeIsKeptTest::refusedSettings);
    CASES.table(
        "Choices that are refused",
        "Before, Done, Field, Reason",
        "Field, Reason",
        WhereAChangeIsKeptTest::refusedChoice);
  }

  private static AddressOffice office;

  @BeforeAll
  static void open() {
    office = new AddressOffice();
  }

  @AfterAll
  static void close() {
    office.close();
  }

  @TestFactory
  Stream<DynamicContainer> everyChangeIsKeptWhereTheRuleSays() {
    return CASES.tests();
  }

  @Test
  void noTableAndNoColumnIsLeftOut() {
    CASES.assertWhole();
    assertThat(CASES.rows("Changes")).isGreaterThanOrEqualTo(130);
  }

  /** As {@code facteur.addresses} is read. */
  private static ReachSettings settings(String text) {
    Map<String, String> properties = new LinkedHashMap<>();
    for (String entry : AddressText.entries(text)) {
      String[] parts = entry.split(": *");
      properties.put("facteur.addresses." + parts[0], parts[1]);
    }
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate("facteur.addresses", ReachSettings.class);
  }

  private static List<String> change(Row row) {
    AddressScene scene = AddressScene.invoices(office, row.get("Before"));
    AddressScene.Outcome outcome = scene.carryOut(row.get("Done"));
    scene.addFuture(DocumentType.INVOICE);
    assertThat(scene.goesTo("rita"))
        .as("rita goes where draft goes")
        .isEqualTo(scene.goesTo("draft"));
    String reminders =
        Stream.of("this", "other", "draft", "rita", "hanna", "future")
            .map(name -> shown(scene.remindersGoTo(name)))
            .collect(joining(" / "));
    return List.of(
        scene.contact(),
        scene.goesTo("this"),
        scene.goesTo("other"),
        scene.goesTo("draft"),
        scene.goesTo("hanna"),
        scene.goesTo("future"),
        reminders,
        scene.text(outcome));
  }

  private static List<String> ofType(Row row) {
    DocumentType type = AddressText.type(row.get("Document"));
    AddressScene scene = AddressScene.ofType(office, row.get("Before"), type);
    boolean onIt = row.get("Done").contains(" it");
    AddressScene.Outcome outcome = scene.carryOut(row.get("Done"));
    scene.addFuture(type);
    if (!onIt) {
      assertThat(scene.goesTo("draft"))
          .as("a draft as an issued one")
          .isEqualTo(scene.goesTo("it"));
    }
    return List.of(scene.goesTo("it"), scene.goesTo("future"), scene.text(outcome));
  }

  private static List<String> parties(Row row) {
    String[] before = row.get("Before").split(" / ");
    AddressScene scene = AddressScene.parties(office, before[0], before[1]);
    AddressScene.Outcome outcome = scene.carryOut(row.get("Done"));
    scene.addFuture(DocumentType.INVOICE);
    boolean same = before[1].equals("the same");
    boolean own = before[1].equals("its own");
    return List.of(
        scene.contact() + " / " + (same ? "the same" : shown(scene.deliveryContact())),
        scene.partiesGoTo("this"),
        scene.partiesGoTo("other"),
        own ? "" : scene.goesTo("theirs"),
        scene.partiesGoTo("future"),
        scene.text(outcome));
  }

  private static List<String> otherDefaults(Row row) {
    AddressScene scene =
        AddressScene.invoices(office.with(settings(row.get("Settings"))), row.get("Before"));
    AddressScene.Outcome outcome = scene.carryOut(row.get("Done"));
    scene.addFuture(DocumentType.INVOICE);
    return List.of(
        scene.contact(),
        scene.goesTo("this"),
        scene.goesTo("other"),
        scene.goesTo("future"),
        scene.text(outcome));
  }

  private static List<String> refusedSettings(Row row) {
    Throwable refused = catchThrowable(() -> new ReachTable(settings(row.get("Settings"))));

    assertThat(refused).as("refused").isNotNull();
    Throwable cause = refused;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return List.of(said(cause.getMessage(), row.get("Reason")));
  }

  private static List<String> refusedChoice(Row row) {
    boolean own = row.get("Done").endsWith(", its own");
    AddressScene scene =
        own
            ? AddressScene.parties(office, row.get("Before"), "its own")
            : AddressScene.invoices(office, row.get("Before"));
    Map<String, String> before = scene.state();

    Refusal refusal =
        catchThrowableOfType(
            Refusal.class, () -> scene.carryOut(row.get("Done").replace(", its own", "")));

    assertThat(refusal).as("refused").isNotNull();
    assertThat(scene.state()).as("nothing is saved").isEqualTo(before);
    Refusal.Problem problem = refusal.problems().get(0);
    return List.of(problem.field(), said(problem.message(), row.get("Reason")));
  }

  /** The part of what was said that is expected; all of it, if that is not in it. */
  private static String said(String said, String expected) {
    return said.contains(expected) ? expected : said;
  }
}
