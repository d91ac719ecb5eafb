package io.facteur.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.addressing.ResolvedMailboxes;
import io.facteur.contract.ContractId;
import io.facteur.contract.DefinitionId;
import io.facteur.contract.DispatchDefinition;
import io.facteur.contract.Domain;
import io.facteur.contract.Role;
import io.facteur.document.DocumentId;
import io.facteur.party.EmailAddress;
import io.facteur.party.Mailboxes;
import io.facteur.party.PostalAddress;
import io.facteur.party.Suspended;
import io.facteur.party.TradeParty;
import io.facteur.testing.AllRoutes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DISP-3, DISP-4, DISP-5 and CONS-4, one row for each case. */
class DispatchPlannerTest {

  /**
   * Parties: {@code P} the contracting party, {@code D} the delivery address, each with {@code @}
   * an e-mail address, {@code #} a postal address, {@code &} a network endpoint, {@code !}
   * paperless refused.
   */
  @ParameterizedTest(name = "{0}")
  @DisplayName("what is planned, and what is skipped and why")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # case                                   | parties    | definitions                                            | planned
          one definition, one delivery             | P@#        | EMAIL CONTRACTING_PARTY                                | definition:1 EMAIL
          e-mail and paper each need a definition  | P@#        | EMAIL CONTRACTING_PARTY; POST CONTRACTING_PARTY         | definition:1 EMAIL; definition:2 POST
          recipients may differ                    | P@# D#     | EMAIL CONTRACTING_PARTY; POST DELIVERY_ADDRESS          | definition:1 EMAIL; definition:2 POST
          an individual beside the party           | P@#        | EMAIL CONTRACTING_PARTY; EMAIL INDIVIDUAL               | definition:1 EMAIL; definition:2 EMAIL
          no definition: e-mail by default         | P@#        | -                                                      | default:EMAIL EMAIL
          no definition, no address: post          | P#         | -                                                      | default:POST POST
          no definition, paperless refused: post   | P@#!       | -                                                      | default:POST POST
          no definition, nothing known             | P          | -                                                      | default:POST POST skipped: no postal address
          no e-mail address falls back to post     | P#         | EMAIL CONTRACTING_PARTY                                | definition:1 EMAIL skipped: no e-mail address; fallback:CONTRACTING_PARTY POST
          paperless refused falls back to post     | P@#!       | EMAIL CONTRACTING_PARTY                                | definition:1 EMAIL skipped: paperless refused; fallback:CONTRACTING_PARTY POST
          no fallback where paper goes anyway      | P#         | EMAIL CONTRACTING_PARTY; POST CONTRACTING_PARTY         | definition:1 EMAIL skipped: no e-mail address; definition:2 POST
          no endpoint, but the mail goes           | P@#        | EINVOICE CONTRACTING_PARTY; EMAIL CONTRACTING_PARTY     | definition:1 EINVOICE skipped: no e-invoice endpoint; definition:2 EMAIL
          no endpoint and nothing else             | P@#        | EINVOICE CONTRACTING_PARTY                             | definition:1 EINVOICE skipped: no e-invoice endpoint; fallback:CONTRACTING_PARTY POST
          nobody is the delivery address           | P@#        | EMAIL CONTRACTING_PARTY; POST DELIVERY_ADDRESS          | definition:1 EMAIL; definition:2 POST skipped: the contract names nobody;
          each role falls back for itself          | P# D#      | EMAIL CONTRACTING_PARTY; EMAIL DELIVERY_ADDRESS         | definition:1 EMAIL skipped: no e-mail address; definition:2 EMAIL skipped: no e-mail address; fallback:CONTRACTING_PARTY POST; fallback:DELIVERY_ADDRESS POST
          an archive does not reach                | P#         | ARCHIVE CONTRACTING_PARTY; EMAIL CONTRACTING_PARTY      | definition:1 ARCHIVE; definition:2 EMAIL skipped: no e-mail address; fallback:CONTRACTING_PARTY POST
          a fallback that cannot go says so        | P          | EMAIL CONTRACTING_PARTY                                | definition:1 EMAIL skipped: no e-mail address; fallback:CONTRACTING_PARTY POST skipped: no postal address
          an unknown channel is named              | P@#        | FAX CONTRACTING_PARTY                                  | definition:1 FAX skipped: channel FAX is unknown; fallback:CONTRACTING_PARTY POST
          an individual has no post                | P@#        | POST INDIVIDUAL; EMAIL CONTRACTING_PARTY                | definition:1 POST skipped: an individual address is an e-mail address; definition:2 EMAIL
          """)
  void plans(String name, String parties, String definitions, String expected) {
    List<PlannedDelivery> plan =
        planner(new AllRoutes()).plan(request(parties, definitions, "POST"));

    assertMatches(plan, expected);
  }

  @Test
  void aCombinationWithoutRouteIsSkippedAndFallsBack() {
    AllRoutes routes = new AllRoutes().without("EMAIL", Role.CONTRACTING_PARTY);

    List<PlannedDelivery> plan =
        planner(routes).plan(request("P@#", "EMAIL CONTRACTING_PARTY", "POST"));

    assertMatches(
        plan,
        "definition:1 EMAIL skipped: no route for INVOICE-EMAIL-CONTRACTING_PARTY;"
            + " fallback:CONTRACTING_PARTY POST");
  }

  @Test
  void aCompanyMayWantNoFallback() {
    List<PlannedDelivery> plan =
        planner(new AllRoutes()).plan(request("P#", "EMAIL CONTRACTING_PARTY", "NONE"));

    assertMatches(plan, "definition:1 EMAIL skipped: no e-mail address");
  }

  @Test
  void aCopyGoesButDoesNotReach() {
    DispatchDefinition copy = definition(1, "EMAIL CONTRACTING_PARTY", true);
    PlanRequest request = request("P@#", "-", "POST");

    List<PlannedDelivery> plan =
        planner(new AllRoutes())
            .plan(
                new PlanRequest(
                    request.document(),
                    request.domain(),
                    List.of(copy),
                    request.defaultChannels(),
                    request.fallbackChannel(),
                    request.addressees()));

    assertThat(plan).singleElement().satisfies(d -> assertThat(d.reaches()).isFalse());
    assertThat(plan).singleElement().satisfies(d -> assertThat(d.copy()).isTrue());
  }

  private static DispatchPlanner planner(AllRoutes routes) {
    return new DispatchPlanner(new RecipientRules(routes), routes);
  }

  private static void assertMatches(List<PlannedDelivery> plan, String expected) {
    List<String> wanted =
        Arrays.stream(expected.split(";")).map(String::strip).filter(w -> !w.isEmpty()).toList();
    List<String> planned =
        plan.stream()
            .map(
                d ->
                    d.origin()
                        + " "
                        + d.route().channel()
                        + (d.isSkipped() ? " skipped: " + d.skipReason() : ""))
            .toList();
    assertThat(planned).hasSameSizeAs(wanted);
    for (int i = 0; i < wanted.size(); i++) {
      if (wanted.get(i).contains("skipped")) {
        assertThat(planned.get(i)).startsWith(wanted.get(i));
      } else {
        assertThat(planned.get(i)).isEqualTo(wanted.get(i));
      }
    }
  }

  private static PlanRequest request(String parties, String definitions, String fallback) {
    Map<Role, Addressee> addressees = new EnumMap<>(Role.class);
    for (String party : parties.split(" ")) {
      addressees.put(
          party.startsWith("P") ? Role.CONTRACTING_PARTY : Role.DELIVERY_ADDRESS, addressee(party));
    }
    List<DispatchDefinition> defined = new ArrayList<>();
    if (!definitions.equals("-")) {
      for (String definition : definitions.split(";")) {
        defined.add(definition(defined.size() + 1, definition.strip(), false));
      }
    }
    return new PlanRequest(
        new DocumentId(1), Domain.INVOICE, defined, List.of("EMAIL", "POST"), fallback, addressees);
  }

  private static DispatchDefinition definition(long id, String text, boolean copy) {
    String[] words = text.split(" ");
    Role role = Role.valueOf(words[1]);
    return new DispatchDefinition(
        new DefinitionId(id),
        0,
        new ContractId(1),
        Domain.INVOICE,
        words[0],
        role,
        role == Role.INDIVIDUAL ? new EmailAddress("me@home.example") : null,
        null,
        null,
        null,
        copy,
        null,
        null);
  }

  private static Addressee addressee(String party) {
    Mailboxes mailboxes =
        party.contains("@")
            ? Mailboxes.to(List.of(new EmailAddress("post@client.example")))
            : Mailboxes.NONE;
    var resolved =
        new ResolvedMailboxes(
            mailboxes, mailboxes.isEmpty() ? "ADDR-2e no address" : "ADDR-2d", List.of());
    var trade =
        new TradeParty(
            "Client",
            null,
            party.contains("#") ? new PostalAddress("1 quai", "35000", "Rennes", "FR") : null,
            null,
            null,
            null,
            party.contains("&") ? new TradeParty.Endpoint("0225", "404833048") : null,
            null,
            null,
            null);
    return new Addressee(resolved, trade, false, party.contains("!"), false, Suspended.NONE);
  }
}
