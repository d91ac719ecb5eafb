package io.facteur.addressing;

import static io.facteur.addressing.AddressKind.DOCUMENT;
import static io.facteur.addressing.AddressKind.REMINDER;
import static io.facteur.addressing.ChangePlace.ON_CONTACT;
import static io.facteur.addressing.ChangePlace.ON_DOCUMENT;
import static io.facteur.addressing.ChangePlace.WHILE_SENDING;

import io.facteur.party.Refusal;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * How far a change of an address goes: for each place and kind what a caller may choose, and what
 * holds if nothing is chosen (ADDR-5, ADDR-6). The choices are fixed; what holds by default is
 * configuration (ADDR-7).
 */
@Component
public class ReachTable {

  /**
   * One row of the table.
   *
   * @param first whether there was no such address before (ADDR-5)
   * @param byDefault one of the choices
   */
  public record Row(
      ChangePlace place, AddressKind kind, boolean first, Set<Reach> choices, Reach byDefault) {}

  private final List<Row> rows;

  ReachTable(ReachSettings settings) {
    rows =
        List.of(
            row(
                ON_CONTACT,
                DOCUMENT,
                true,
                settings.firstGiven().onContact(),
                Reach.CONTACT_AND_EXISTING,
                Reach.CONTACT_AND_FUTURE),
            row(
                ON_CONTACT,
                DOCUMENT,
                false,
                settings.onContact().document(),
                Reach.CONTACT_AND_EXISTING,
                Reach.CONTACT_AND_FUTURE),
            row(
                ON_CONTACT,
                REMINDER,
                true,
                settings.onContact().reminder(),
                Reach.CONTACT_AND_EXISTING),
            row(
                ON_CONTACT,
                REMINDER,
                false,
                settings.onContact().reminder(),
                Reach.CONTACT_AND_EXISTING),
            row(
                ON_DOCUMENT,
                DOCUMENT,
                true,
                settings.firstGiven().onDocument(),
                Reach.DOCUMENT,
                Reach.DOCUMENT_AND_CONTACT),
            row(
                ON_DOCUMENT,
                DOCUMENT,
                false,
                settings.onDocument().document(),
                Reach.DOCUMENT,
                Reach.DOCUMENT_AND_CONTACT),
            row(
                ON_DOCUMENT,
                REMINDER,
                true,
                settings.firstGiven().onDocument(),
                Reach.DOCUMENT,
                Reach.DOCUMENT_AND_CONTACT),
            row(ON_DOCUMENT, REMINDER, false, settings.onDocument().reminder(), Reach.DOCUMENT),
            row(
                WHILE_SENDING,
                DOCUMENT,
                true,
                settings.firstGiven().whileSending(),
                Reach.NOTHING,
                Reach.DOCUMENT,
                Reach.DOCUMENT_AND_CONTACT),
            row(
                WHILE_SENDING,
                DOCUMENT,
                false,
                settings.whileSending().document(),
                Reach.NOTHING,
                Reach.DOCUMENT,
                Reach.DOCUMENT_AND_CONTACT),
            row(
                WHILE_SENDING,
                REMINDER,
                true,
                settings.firstGiven().whileSending(),
                Reach.NOTHING,
                Reach.DOCUMENT,
                Reach.DOCUMENT_AND_CONTACT),
            row(
                WHILE_SENDING,
                REMINDER,
                false,
                settings.whileSending().reminder(),
                Reach.DOCUMENT,
                Reach.DOCUMENT_AND_CONTACT));
  }

  private static Row row(
      ChangePlace place, AddressKind kind, boolean first, Reach byDefault, Reach... choices) {
    Row row = new Row(place, kind, first, EnumSet.copyOf(List.of(choices)), byDefault);
    if (!row.choices().contains(byDefault)) {
      throw new IllegalArgumentException(
          "%s: %s cannot be the default for %s; choose from %s"
              .formatted(setting(row), byDefault, words(row), list(row)));
    }
    return row;
  }

  /** Throws IllegalArgumentException, naming the setting, if one cannot be chosen. */
  public static void check(ReachSettings settings) {
    new ReachTable(settings);
  }

  private static String setting(Row row) {
    String place = kebab(row.place().name());
    // Reminders have no first time on a contact: invoices' addresses stand in for theirs.
    boolean first = row.first() && !(row.place() == ON_CONTACT && row.kind() == REMINDER);
    return "facteur.addresses."
        + (first ? "first-given." + place : place + "." + kebab(row.kind().name()));
  }

  private static String kebab(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public List<Row> rows() {
    return rows;
  }

  /** What is chosen where nothing is said. */
  public Reach byDefault(ChangePlace place, AddressKind kind, boolean first) {
    return row(place, kind, first).byDefault();
  }

  /**
   * How far a change goes.
   *
   * @param field that the choice stands in
   * @param chosen null: by default
   * @throws Refusal if that cannot be chosen
   */
  Reach reach(ChangePlace place, AddressKind kind, boolean first, String field, Reach chosen) {
    Row row = row(place, kind, first);
    if (chosen == null) {
      return row.byDefault();
    }
    if (!row.choices().contains(chosen)) {
      throw Refusal.invalid(
          field,
          "%s is no choice for %s (ADDR-6): choose from %s, or leave it out"
              .formatted(chosen, words(row), list(row)));
    }
    return chosen;
  }

  private Row row(ChangePlace place, AddressKind kind, boolean first) {
    return rows.stream()
        .filter(row -> row.place() == place && row.kind() == kind && row.first() == first)
        .findFirst()
        .orElseThrow();
  }

  private static String words(Row row) {
    return "a %s address that is %s %s"
        .formatted(
            row.kind().name().toLowerCase(Locale.ROOT),
            row.first() ? "given for the first time" : "changed",
            row.place().words());
  }

  private static String list(Row row) {
    return row.choices().stream().map(Reach::name).collect(Collectors.joining(", "));
  }
}
