package io.facteur.party;

import static io.facteur.testing.MailboxCases.text;
import static io.facteur.testing.MailboxCases.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.facteur.testing.CaseTables;
import io.facteur.testing.CaseTables.Row;
import io.facteur.testing.CaseTables.Table;
import io.facteur.testing.MailboxCases;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Carries out every row of {@code docs/mailbox-cases.md}. */
class MailboxCasesTest {

  private record Kind(String columns, Consumer<Row> test) {}

  private static final Map<String, Kind> KINDS = new LinkedHashMap<>();

  static {
    KINDS.put("Accepted", new Kind("No, Given, Kept, SMTPUTF8, Why", MailboxCasesTest::isAccepted));
    KINDS.put("Refused", new Kind("No, Given, Reason, Why", MailboxCasesTest::isRefused));
    KINDS.put(
        "One mailbox or two", new Kind("No, One, Other, Same, Why", MailboxCasesTest::isOneOrTwo));
    KINDS.put("Entries", new Kind("No, Entries, Addresses, Why", MailboxCasesTest::isRead));
    KINDS.put(
        "Refused entries",
        new Kind("No, Entries, Field, Reason, Why", MailboxCasesTest::isRefusedWithItsField));
  }

  @TestFactory
  Stream<DynamicContainer> everyAddressIsKeptOrRefusedAsTheTableSays() {
    return CaseTables.read(MailboxCases.FILE).stream()
        .map(
            table ->
                DynamicContainer.dynamicContainer(
                    table.name(), table.rows().stream().map(row -> test(table, row))));
  }

  private static DynamicTest test(Table table, Row row) {
    return DynamicTest.dynamicTest(
        row.toString(), () -> KINDS.get(table.name()).test().accept(row));
  }

  @Test
  void noTableAndNoColumnIsLeftOut() {
    List<Table> tables = CaseTables.read(MailboxCases.FILE);

    assertThat(tables).extracting(Table::name).containsExactlyElementsOf(KINDS.keySet());
    for (Table table : tables) {
      assertThat(String.join(", ", table.columns())).isEqualTo(KINDS.get(table.name()).columns());
      for (int i = 0; i < table.rows().size(); i++) {
        assertThat(table.rows().get(i).get("No")).as(table.name()).isEqualTo("" + (i + 1));
      }
    }
    assertThat(tables.stream().mapToInt(table -> table.rows().size()).sum())
        .isGreaterThanOrEqualTo(150);
  }

  private static void isAccepted(Row row) {
    EmailAddress address = new EmailAddress(text(row, "Given"));

    assertThat(address.value()).isEqualTo(text(row, "Kept"));
    assertThat(address.requiresSmtpUtf8()).isEqualTo(row.get("SMTPUTF8").equals("yes"));
    assertThat(new EmailAddress(address.value())).as("read again").isEqualTo(address);
    assertThat(EmailAddress.kept(address.value())).as("kept").isEqualTo(address);
  }

  private static void isRefused(Row row) {
    String given = text(row, "Given");

    NotAMailbox refused = catchThrowableOfType(NotAMailbox.class, () -> new EmailAddress(given));

    assertThat(refused).as(row.toString()).isNotNull();
    assertThat(refused.reason()).isEqualTo(row.get("Reason"));
    assertThat(refused.getMessage())
        .doesNotContain(given)
        .matches(message -> message.chars().noneMatch(Character::isISOControl));
  }

  private static void isOneOrTwo(Row row) {
    EmailAddress one = new EmailAddress(text(row, "One"));
    EmailAddress other = new EmailAddress(text(row, "Other"));
    boolean same = row.get("Same").equals("yes");

    assertThat(one.sameMailboxAs(other)).isEqualTo(same);
    assertThat(other.sameMailboxAs(one)).isEqualTo(same);
    assertThat(EmailAddress.distinct(List.of(one, other)))
        .isEqualTo(same ? List.of(one) : List.of(one, other));
  }

  private static void isRead(Row row) {
    Checks checks = new Checks();

    List<EmailAddress> addresses = AddressEntry.list(checks, "to", texts(row, "Entries"));

    assertThat(checks.problems()).isEmpty();
    assertThat(addresses)
        .extracting(EmailAddress::value)
        .containsExactlyElementsOf(texts(row, "Addresses"));
  }

  private static void isRefusedWithItsField(Row row) {
    Checks checks = new Checks();

    AddressEntry.list(checks, "to", texts(row, "Entries"));

    assertThat(checks.problems())
        .containsExactly(new Refusal.Problem(row.get("Field"), row.get("Reason")));
  }
}
