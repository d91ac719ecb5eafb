package io.facteur.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.contract.Role;
import io.facteur.testing.AllRoutes;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DISP-2 to DISP-5 and CONS-4, one row for each case. Words: see PlanText. */
class DispatchPlannerTest {

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
          an individual that is not private        | P@#~       | EMAIL INDIVIDUAL; EMAIL CONTRACTING_PARTY               | definition:1 EMAIL skipped: the individual address is no private e-mail place; definition:2 EMAIL
          not private falls back to the party      | P@#~       | EMAIL INDIVIDUAL                                       | definition:1 EMAIL skipped: the individual address is no private e-mail place; fallback:CONTRACTING_PARTY POST
          not private, for whatever channel        | P@#~       | ARCHIVE INDIVIDUAL; EMAIL CONTRACTING_PARTY             | definition:1 ARCHIVE skipped: the individual address is no private e-mail place; definition:2 EMAIL
          an individual has no post                | P@#        | POST INDIVIDUAL; EMAIL CONTRACTING_PARTY                | definition:1 POST skipped: an individual address is an e-mail address; definition:2 EMAIL
          """)
  void plans(String name, String parties, String definitions, String expected) {
    List<PlannedDelivery> plan =
        PlanText.planned(new AllRoutes(), PlanText.request(parties, definitions, "POST"));

    assertMatches(plan, expected);
  }

  @Test
  void aCombinationWithoutRouteIsSkippedAndFallsBack() {
    AllRoutes routes = new AllRoutes().without("EMAIL", Role.CONTRACTING_PARTY);

    List<PlannedDelivery> plan =
        PlanText.planned(routes, PlanText.request("P@#", "EMAIL CONTRACTING_PARTY", "POST"));

    assertMatches(
        plan,
        "definition:1 EMAIL skipped: no route for INVOICE-EMAIL-CONTRACTING_PARTY;"
            + " fallback:CONTRACTING_PARTY POST");
  }

  @Test
  void aCompanyMayWantNoFallback() {
    List<PlannedDelivery> plan =
        PlanText.planned(
            new AllRoutes(), PlanText.request("P#", "EMAIL CONTRACTING_PARTY", "NONE"));

    assertMatches(plan, "definition:1 EMAIL skipped: no e-mail address");
  }

  @Test
  void aCopyGoesButDoesNotReach() {
    List<PlannedDelivery> plan =
        PlanText.planned(
            new AllRoutes(), PlanText.request("P@#", "EMAIL CONTRACTING_PARTY copy", "POST"));

    assertThat(plan).singleElement().satisfies(d -> assertThat(d.reaches()).isFalse());
    assertThat(plan).singleElement().satisfies(d -> assertThat(d.copy()).isTrue());
  }

  private static void assertMatches(List<PlannedDelivery> plan, String expected) {
    List<String> wanted = PlanText.entries(expected);
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
}
