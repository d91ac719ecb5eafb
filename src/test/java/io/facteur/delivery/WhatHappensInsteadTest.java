package io.facteur.delivery;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.contract.Role;
import io.facteur.document.DocumentId;
import io.facteur.party.Companies;
import io.facteur.party.Contacts;
import io.facteur.party.EmailAddress;
import io.facteur.party.SuspendedAddresses;
import io.facteur.testing.CaseFile;
import io.facteur.testing.CaseTables;
import io.facteur.testing.CaseTables.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Carries out every row of {@code docs/address-cases/disp-5-what-happens-instead.md}. */
class WhatHappensInsteadTest {

  private static final int TIMES_AT_ONCE = 5;
  private static final RetryTerms ONCE = new RetryTerms(1, Duration.ofMinutes(1));
  private static final RetryTerms TWICE = new RetryTerms(2, Duration.ofMinutes(1));

  private static final Map<String, String> CHANNELS =
      Map.of("e-mail", "EMAIL", "post", "POST", "e-invoice", "EINVOICE", "archive", "ARCHIVE");
  private static final Map<String, Role> ROLES =
      Map.of("CP", Role.CONTRACTING_PARTY, "DA", Role.DELIVERY_ADDRESS);
  private static final Map<String, String> STATES =
      Map.of("QUEUED", "waits", "SENDING", "on its way");

  private static final CaseFile CASES =
      new CaseFile("docs/address-cases/disp-5-what-happens-instead.md");

  static {
    for (String table :
        List.of("Each reason, each policy", "More than one way", "How a delivery can end")) {
      CASES.table(
          table,
          "Problem, Definitions, Then, Falls back to, Deliveries, Reason",
          "Deliveries, Reason",
          WhatHappensInsteadTest::oneAfterTheOther);
    }
    CASES.table(
        "At the same time",
        "Definitions, At once, Falls back to, Deliveries",
        "Deliveries",
        WhatHappensInsteadTest::atOnce);
  }

  private static LedgerOffice office;

  @BeforeAll
  static void open() {
    office = new LedgerOffice("node-instead");
  }

  @AfterAll
  static void close() {
    office.close();
  }

  @TestFactory
  Stream<DynamicContainer> whatCannotBeCarriedOutIsReplacedAsTheRuleSays() {
    return CASES.tests();
  }

  @Test
  void noTableAndNoColumnIsLeftOut() {
    CASES.assertWhole();
    assertThat(CASES.rows("Fallbacks")).isGreaterThanOrEqualTo(115);
  }

  private static List<String> oneAfterTheOther(Row row) {
    Issued issued = new Issued(row);
    for (String event : entries(row.get("Then"))) {
      issued.happens(event);
    }
    return List.of(issued.deliveries(), said(issued.firstReason(), row.get("Reason")));
  }

  /** The part of what was said that is expected; all of it, if that is not in it. */
  private static String said(String said, String expected) {
    return !expected.isEmpty() && said.contains(expected) ? expected : said;
  }

  private static List<String> atOnce(Row row) {
    String last = "";
    for (int i = 0; i < TIMES_AT_ONCE; i++) {
      Issued issued = new Issued(row);
      List<Issued.Begun> begun = entries(row.get("At once")).stream().map(issued::begin).toList();
      endTogether(begun);
      last = issued.deliveries();
      assertThat(CaseTables.normal(last))
          .as("round %d of %s", i, row)
          .isEqualTo(CaseTables.normal(row.get("Deliveries")));
    }
    return List.of(last);
  }

  private static void endTogether(List<Issued.Begun> begun) {
    CyclicBarrier barrier = new CyclicBarrier(begun.size());
    ExecutorService threads = Executors.newFixedThreadPool(begun.size());
    try {
      List<Future<?>> ends = new ArrayList<>();
      for (Issued.Begun one : begun) {
        ends.add(
            threads.submit(
                () -> {
                  barrier.await();
                  one.end();
                  return null;
                }));
      }
      for (Future<?> end : ends) {
        end.get();
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    } finally {
      threads.shutdown();
    }
  }

  private static List<String> entries(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split("; "));
  }

  /** An invoice that was issued, with what becomes of its deliveries. */
  private static final class Issued {

    private final Transmissions transmissions = office.get(Transmissions.class);
    private final String contract;
    private final DocumentId invoice;
    private final Map<Long, Ticket> claimed = new HashMap<>();

    /** Somebody of whom a delivery is named in the table. */
    private record Named(String channel, Role role, String individual) {

      /** {@code copy by e-mail to CP}, {@code fallback post to CP}. */
      private static Named of(String text) {
        String[] parts = text.replaceFirst("^(copy by|fallback) ", "").split(" to ");
        Role role = ROLES.getOrDefault(parts[1], Role.INDIVIDUAL);
        return new Named(
            CHANNELS.get(parts[0]),
            role,
            role == Role.INDIVIDUAL ? parts[1] + "@home.example" : null);
      }
    }

    private Issued(Row row) {
      office
          .jdbc()
          .sql("UPDATE transmission SET state = 'ENDED', node = NULL, lease_until = NULL")
          .update();
      office.jdbc().sql("DELETE FROM suspended_address").update();
      String problem = row.cells().containsKey("Problem") ? row.get("Problem") : "";
      contract = office.contract();
      boolean delivered = !problem.equals("nobody is the delivery address");
      if (delivered) {
        office
            .jdbc()
            .sql(
                """
                UPDATE contract SET delivery_address_id = contracting_party_id WHERE number = ?
                """)
            .param(contract)
            .update();
      }
      entries(row.get("Definitions")).forEach(this::define);
      office.routes().reset();
      becomes(problem);
      fallsBackTo(row);
      invoice = office.issued(contract);
    }

    private void define(String definition) {
      Named named = Named.of(definition);
      if (named.individual() != null) {
        office
            .jdbc()
            .sql(
                """
                INSERT INTO communication_place (contact_id, kind, place, value)
                SELECT contracting_party_id, 'EMAIL', 'PRIVATE', ? FROM contract WHERE number = ?
                """)
            .params(named.individual(), contract)
            .update();
      }
      office
          .jdbc()
          .sql(
              """
              INSERT INTO dispatch_definition (contract_id, domain, channel, role, individual_address, is_copy)
              SELECT id, 'INVOICE', ?, ?, ?, ? FROM contract WHERE number = ?
              """)
          .params(
              named.channel(),
              named.role().name(),
              named.individual(),
              definition.startsWith("copy"),
              contract)
          .update();
    }

    /** What is wrong, or goes wrong, with contacts and routes. */
    private void becomes(String problem) {
      switch (problem) {
        case "", "nobody is the delivery address" -> {}
        case "no e-mail address", "the e-mail address is removed" ->
            office.contact(contract, "general_email = NULL");
        case "paperless refused", "paperless is refused" -> consent(true);
        case "paperless is accepted" -> consent(false);
        case "address suspended", "the address is suspended" -> suspend();
        case "no e-invoice endpoint", "the e-invoice endpoint is removed" ->
            office.contact(contract, "endpoint_scheme = NULL, endpoint_id = NULL");
        case "no postal address" ->
            office.contact(contract, "street = NULL, postcode = NULL, city = NULL, country = NULL");
        case "no route" -> office.routes().without("EMAIL", Role.CONTRACTING_PARTY);
        case "lea is no longer private", "lea stops being private" ->
            office
                .jdbc()
                .sql("UPDATE communication_place SET place = 'BUSINESS' WHERE value LIKE 'lea@%'")
                .update();
        default -> throw new AssertionError("cannot be read: " + problem);
      }
    }

    private void consent(boolean refused) {
      String code =
          office
              .jdbc()
              .sql(
                  """
                  SELECT p.code FROM contact p JOIN contract c ON c.contracting_party_id = p.id
                  WHERE c.number = ?
                  """)
              .param(contract)
              .query(String.class)
              .single();
      office.get(Contacts.class).consent(code, refused, "letter");
    }

    /** All that the invoice may be mailed to. */
    private void suspend() {
      for (String address : List.of("post@customer.example", "lea@home.example")) {
        office
            .get(SuspendedAddresses.class)
            .suspend(
                office.get(Companies.class).get("ACME").id(),
                new EmailAddress(address),
                "it bounced");
      }
    }

    private void fallsBackTo(Row row) {
      String[] words = row.get("Falls back to").split(", ");
      office
          .jdbc()
          .sql("UPDATE company SET fallback_channel = ? WHERE code = 'ACME'")
          .param(words[0].equals("post") ? null : channel(words[0]))
          .update();
      if (words.length > 1) {
        String[] route = words[1].split(": ");
        Named of =
            Named.of(
                route[0].equals("its route")
                    ? entries(row.get("Definitions")).get(0)
                    : route[0].replaceAll("the (.*)'s route", "$1 to CP"));
        office.routes().fallingBack(of.channel(), of.role(), channel(route[1]));
      }
    }

    private static String channel(String words) {
      return words.equals("nowhere") ? "NONE" : CHANNELS.get(words);
    }

    private void happens(String event) {
      if (Set.of(
              "the e-mail address is removed",
              "paperless is refused",
              "paperless is accepted",
              "the address is suspended",
              "lea stops being private",
              "the e-invoice endpoint is removed")
          .contains(event)) {
        becomes(event);
      } else if (event.contains(" is settled as ")) {
        office
            .get(Corrections.class)
            .resolve(delivery(event), event.endsWith("as sent"), "relay log", "clerk");
      } else if (event.endsWith(" is resent")) {
        office.get(Corrections.class).resend(delivery(event), "clerk");
      } else {
        begin(event).end();
      }
    }

    /** A delivery that was begun, and how it will end. */
    private final class Begun {
      private final Ticket ticket;
      private final String how;

      private Begun(Ticket ticket, String how) {
        this.ticket = ticket;
        this.how = how;
      }

      private void end() {
        switch (how) {
          case "begins" -> {}
          case "is rejected" -> {
            String file = "f-%d.xml".formatted(ticket.claim().transmission().value());
            transmissions.markFile(ticket.claim(), file, "0".repeat(64));
            transmissions.record(ticket, Receipt.spooled(Map.of()), ONCE);
            office.get(Acknowledgements.class).record(file, "REJECTED", "unknown receiver");
          }
          default ->
              transmissions.record(ticket, receipt(), how.equals("fails for now") ? TWICE : ONCE);
        }
      }

      private Receipt receipt() {
        return switch (how) {
          case "fails" -> Receipt.failedForGood("mailbox unknown (550 5.1.1)", Map.of());
          case "is invalid" -> Receipt.failedForGood("invalid: BR-CO-15 of BT-112", Map.of());
          case "is sent" -> Receipt.sent(Map.of());
          case "is uncertain" -> Receipt.uncertain("connection lost after the final dot", Map.of());
          case "fails for now", "is given up" ->
              Receipt.failedTemporarily("mailbox busy (450 4.2.1)", Map.of());
          default -> throw new AssertionError("cannot be read: " + how);
        };
      }
    }

    private Begun begin(String event) {
      String[] words = event.split(" (?=fails|is |begins)", 2);
      Named named = Named.of(words[0]);
      long transmission = transmission(named);
      Ticket ticket = claimed.get(transmission);
      if (ticket == null) {
        for (Ticket one : office.claim(named.channel(), 100)) {
          claimed.put(one.claim().transmission().value(), one);
        }
        ticket = claimed.get(transmission);
        transmissions.begin(ticket, "");
      }
      return new Begun(ticket, words[1]);
    }

    private long transmission(Named named) {
      return latest("transmission_id", named);
    }

    private DeliveryId delivery(String event) {
      return new DeliveryId(
          latest("id", Named.of(event.replaceFirst(" is (settled|resent).*", ""))));
    }

    private long latest(String column, Named named) {
      return office
          .jdbc()
          .sql(
              "SELECT "
                  + column
                  + """
                   FROM delivery
                  WHERE document_id = ? AND channel = ? AND role = ? AND individual_address <=> ?
                  ORDER BY id DESC LIMIT 1
                  """)
          .params(invoice.value(), named.channel(), named.role().name(), named.individual())
          .query(Long.class)
          .single();
    }

    /** Fallbacks last, in the order of roles. */
    private String deliveries() {
      return office
          .jdbc()
          .sql(
              """
              SELECT origin, channel, role, individual_address, is_copy, retry_at IS NOT NULL AS again, state
              FROM delivery WHERE document_id = ?
              ORDER BY origin LIKE 'fallback%' AND revision = 1, IF(origin LIKE 'fallback%', origin, ''), id
              """)
          .param(invoice.value())
          .query(
              (row, i) -> {
                String individual = row.getString("individual_address");
                String role =
                    individual != null
                        ? individual.replace("@home.example", "")
                        : row.getString("role").equals("CONTRACTING_PARTY") ? "CP" : "DA";
                String state = row.getString("state");
                return "%s%s%s to %s: %s"
                    .formatted(
                        row.getString("origin").startsWith("fallback") ? "fallback " : "",
                        row.getBoolean("is_copy") ? "copy by " : "",
                        words(row.getString("channel")),
                        role,
                        row.getBoolean("again")
                            ? "will be tried again"
                            : STATES.getOrDefault(state, state.toLowerCase(Locale.ROOT)));
              })
          .list()
          .stream()
          .collect(joining("\n"));
    }

    private static String words(String channel) {
      return CHANNELS.entrySet().stream()
          .filter(entry -> entry.getValue().equals(channel))
          .map(Map.Entry::getKey)
          .findFirst()
          .orElseThrow();
    }

    private String firstReason() {
      return office
          .jdbc()
          .sql(
              "SELECT reason FROM delivery WHERE document_id = ? AND reason IS NOT NULL ORDER BY id")
          .param(invoice.value())
          .query(String.class)
          .list()
          .stream()
          .findFirst()
          .orElse("");
    }
  }
}
