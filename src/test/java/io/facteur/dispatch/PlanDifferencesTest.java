package io.facteur.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.contract.Role;
import io.facteur.testing.AllRoutes;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DISP-6: what differs from the last time, one row for each case. Words: see PlanText. */
class PlanDifferencesTest {

  /**
   * @param last deliveries of the contract's last document: origin, channel, role, then where it
   *     went: a mailbox ({@code a>b}: individual a, sent to b), {@code [name and address]}, a
   *     network's address, {@code ?} not known, {@code skipped}
   */
  @ParameterizedTest(name = "{0}")
  @DisplayName("what differs from the way in which the last document went")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # case                                     | parties | definitions                                   | last                                                              | differences
          nothing differs                            | P@#     | EMAIL CONTRACTING_PARTY                       | definition:1 EMAIL CONTRACTING_PARTY p@client.example             | -
          capitals make no difference                | P@#     | EMAIL CONTRACTING_PARTY                       | definition:1 EMAIL CONTRACTING_PARTY P@Client.example             | -
          a delivery more                            | P@#     | EMAIL CONTRACTING_PARTY; POST CONTRACTING_PARTY | definition:1 EMAIL CONTRACTING_PARTY p@client.example           | NEW_DELIVERY definition:2 to Client p, 1 quai, 35000, Rennes, FR
          a delivery less                            | P@#     | EMAIL CONTRACTING_PARTY                       | definition:1 EMAIL CONTRACTING_PARTY p@client.example; definition:2 POST CONTRACTING_PARTY [Client p] | GONE_DELIVERY definition:2 from Client p
          another mailbox                            | P@#     | EMAIL CONTRACTING_PARTY                       | definition:1 EMAIL CONTRACTING_PARTY old@client.example           | OTHER_RECIPIENT definition:1 from old@client.example to p@client.example
          another postal address                     | P@#     | POST CONTRACTING_PARTY                        | definition:1 POST CONTRACTING_PARTY [Client p, 2 quai]            | OTHER_RECIPIENT definition:1 from Client p, 2 quai to Client p, 1 quai, 35000, Rennes, FR
          another address in the network             | P&      | EINVOICE CONTRACTING_PARTY                    | definition:1 EINVOICE CONTRACTING_PARTY 0225:999                  | OTHER_RECIPIENT definition:1 from 0225:999 to 0225:40483304p
          where it went is not known                 | P@#     | EMAIL CONTRACTING_PARTY                       | definition:1 EMAIL CONTRACTING_PARTY ?                            | -
          skipped now                                | P#      | EMAIL CONTRACTING_PARTY; POST CONTRACTING_PARTY | definition:1 EMAIL CONTRACTING_PARTY p@client.example; definition:2 POST CONTRACTING_PARTY ? | NOW_SKIPPED definition:1 from p@client.example
          skipped no longer                          | P@#     | EMAIL CONTRACTING_PARTY                       | definition:1 EMAIL CONTRACTING_PARTY skipped                      | NO_LONGER_SKIPPED definition:1 to p@client.example
          the fallback is not needed any more        | P@#     | EMAIL CONTRACTING_PARTY                       | definition:1 EMAIL CONTRACTING_PARTY skipped; fallback:CONTRACTING_PARTY POST CONTRACTING_PARTY [Client p] | NO_LONGER_SKIPPED definition:1 to p@client.example; GONE_DELIVERY fallback:CONTRACTING_PARTY from Client p
          skipped then as now                        | P#      | EMAIL CONTRACTING_PARTY; POST CONTRACTING_PARTY | definition:1 EMAIL CONTRACTING_PARTY skipped; definition:2 POST CONTRACTING_PARTY ? | -
          another default                            | P#      | -                                             | default:EMAIL EMAIL CONTRACTING_PARTY p@client.example            | NEW_DELIVERY default:POST to Client p, 1 quai, 35000, Rennes, FR; GONE_DELIVERY default:EMAIL from p@client.example
          a definition in place of the default       | P@#     | EMAIL CONTRACTING_PARTY                       | default:EMAIL EMAIL CONTRACTING_PARTY p@client.example            | -
          a definition made anew                     | P@#     | EMAIL CONTRACTING_PARTY                       | definition:9 EMAIL CONTRACTING_PARTY p@client.example             | -
          a definition that names another individual | P@#     | EMAIL INDIVIDUAL                              | definition:1 EMAIL INDIVIDUAL you@home.example>you@home.example   | OTHER_RECIPIENT definition:1 from you@home.example to me@home.example
          a definition for another individual        | P@#     | EMAIL INDIVIDUAL                              | definition:9 EMAIL INDIVIDUAL you@home.example>you@home.example   | NEW_DELIVERY definition:1 to me@home.example; GONE_DELIVERY definition:9 from you@home.example
          a copy in place of the original            | P@#     | EMAIL CONTRACTING_PARTY copy                  | definition:1 EMAIL CONTRACTING_PARTY p@client.example             | NEW_DELIVERY definition:1 to p@client.example; GONE_DELIVERY definition:1 from p@client.example
          what never went is not gone                | P@#     | EMAIL CONTRACTING_PARTY                       | definition:1 EMAIL CONTRACTING_PARTY ?; definition:2 EINVOICE CONTRACTING_PARTY skipped | -
          what cannot go is not new                  | P@#     | EMAIL CONTRACTING_PARTY; EINVOICE CONTRACTING_PARTY | definition:1 EMAIL CONTRACTING_PARTY ?                      | -
          """)
  void differences(String name, String parties, String definitions, String last, String expected) {
    DispatchPlan plan = PlanText.plan(new AllRoutes(), parties, definitions);

    List<PlanDifference> differences =
        PlanDifferences.of(
            plan,
            new LastDispatch(
                "AC-1",
                PlanText.entries(last).stream().map(PlanDifferencesTest::delivery).toList()));

    assertThat(differences)
        .extracting(PlanDifferencesTest::text)
        .containsExactlyElementsOf(PlanText.entries(expected));
  }

  @Test
  void aContractsFirstDocumentIsSaidToBeOne() {
    DispatchPlan plan = PlanText.plan(new AllRoutes(), "P@#", "EMAIL CONTRACTING_PARTY");

    assertThat(PlanDifferences.of(plan, null))
        .extracting(PlanDifference::kind)
        .containsExactly(PlanDifference.Kind.FIRST_DOCUMENT);
  }

  @Test
  void whatIsSkippedNowSaysWhy() {
    DispatchPlan plan = PlanText.plan(new AllRoutes(), "P@#!", "EMAIL CONTRACTING_PARTY");
    LastDispatch last =
        new LastDispatch("AC-1", List.of(delivery("definition:1 EMAIL CONTRACTING_PARTY ?")));

    assertThat(PlanDifferences.of(plan, last).get(0).reason()).startsWith("paperless refused");
  }

  private static LastDispatch.Delivery delivery(String text) {
    String[] words = text.split(" ", 4);
    String[] individual = words[3].split(">");
    return new LastDispatch.Delivery(
        words[0],
        words[1],
        Role.valueOf(words[2]),
        individual.length == 2 ? individual[0] : null,
        false,
        words[3].equals("skipped"),
        destination(individual[individual.length - 1]));
  }

  private static Destination destination(String text) {
    if (text.equals("?") || text.equals("skipped")) {
      return null;
    }
    boolean postal = text.startsWith("[");
    boolean mailbox = text.contains("@");
    return new Destination(
        mailbox ? List.of(text) : List.of(),
        List.of(),
        List.of(),
        postal ? text.substring(1, text.length() - 1) : null,
        postal || mailbox ? null : text);
  }

  private static String text(PlanDifference difference) {
    return "%s %s%s%s"
        .formatted(
            difference.kind(),
            difference.origin(),
            difference.before() == null ? "" : " from " + difference.before(),
            difference.after() == null ? "" : " to " + difference.after());
  }
}
