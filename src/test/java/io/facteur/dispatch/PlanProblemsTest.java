package io.facteur.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.contract.Role;
import io.facteur.party.CompanyMailbox;
import io.facteur.party.EmailAddress;
import io.facteur.testing.AllRoutes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** DISP-6: what people should look at in a plan, one row for each case. Words: see PlanText. */
class PlanProblemsTest {

  private static final String USUAL = "p@client.example; d@client.example; me@home.example";

  /**
   * @param unused mailboxes that the company has never mailed to
   * @param shared mailboxes that many customers have, with their number
   */
  @ParameterizedTest(name = "{0}")
  @DisplayName("what to look at before sending")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # case                                      | parties   | definitions                                             | unused           | shared             | problems
          nothing is wrong                            | P@#       | EMAIL CONTRACTING_PARTY; POST CONTRACTING_PARTY          | -                | -                  | -
          no address                                  | P#        | EMAIL CONTRACTING_PARTY                                 | -                | -                  | definition:1 NO_ADDRESS
          paperless refused                           | P@#!      | EMAIL CONTRACTING_PARTY                                 | -                | -                  | definition:1 REFUSED
          an individual address that is not private   | P@#~      | EMAIL INDIVIDUAL; EMAIL CONTRACTING_PARTY                | -                | -                  | definition:1 NOT_PRIVATE
          no endpoint                                 | P@#       | EINVOICE CONTRACTING_PARTY; EMAIL CONTRACTING_PARTY      | -                | -                  | definition:1 NO_ENDPOINT
          no postal address                           | P@        | POST CONTRACTING_PARTY; EMAIL CONTRACTING_PARTY          | -                | -                  | definition:1 NO_POSTAL_ADDRESS
          a channel that no file declares             | P@#       | FAX CONTRACTING_PARTY; EMAIL CONTRACTING_PARTY           | -                | -                  | definition:1 UNKNOWN_CHANNEL
          nobody has the role                         | P@#       | EMAIL CONTRACTING_PARTY; POST DELIVERY_ADDRESS           | -                | -                  | definition:2 NOBODY_IN_ROLE
          paper for an e-mail address                 | P@#       | POST INDIVIDUAL; EMAIL CONTRACTING_PARTY                 | -                | -                  | definition:1 INDIVIDUAL_WITHOUT_PLACE
          nobody is reached                           | P         | EMAIL CONTRACTING_PARTY                                 | -                | -                  | definition:1 NO_ADDRESS; fallback:CONTRACTING_PARTY NO_POSTAL_ADDRESS; NOBODY_REACHED
          only a copy goes                            | P@#       | EMAIL CONTRACTING_PARTY copy                            | -                | -                  | NOBODY_REACHED
          only the archive gets it                    | P@#       | ARCHIVE CONTRACTING_PARTY                               | -                | -                  | NOBODY_REACHED
          two mails to one mailbox                    | P@# D@#=  | EMAIL CONTRACTING_PARTY; EMAIL DELIVERY_ADDRESS          | -                | -                  | definition:2 DUPLICATE_RECIPIENT p@client.example
          a copy to the mailbox of the original       | P@#       | EMAIL CONTRACTING_PARTY; EMAIL INDIVIDUAL p@client.example copy | -         | -                  | definition:2 DUPLICATE_RECIPIENT p@client.example
          capitals make no other mailbox              | P@#       | EMAIL CONTRACTING_PARTY; EMAIL INDIVIDUAL P@client.example      | -         | -                  | definition:2 DUPLICATE_RECIPIENT P@client.example
          two letters to one postal address           | P@# D@#=  | POST CONTRACTING_PARTY; POST DELIVERY_ADDRESS            | -                | -                  | definition:2 DUPLICATE_RECIPIENT
          two letters to two names at one address     | P@# D@#   | POST CONTRACTING_PARTY; POST DELIVERY_ADDRESS            | -                | -                  | -
          two e-invoices to one endpoint              | P& D&=    | EINVOICE CONTRACTING_PARTY; EINVOICE DELIVERY_ADDRESS    | -                | -                  | definition:2 DUPLICATE_RECIPIENT
          a mail and a letter to the same party       | P@#       | EMAIL CONTRACTING_PARTY; POST CONTRACTING_PARTY          | -                | -                  | -
          what is skipped is no duplicate             | P@#! D@#= | EMAIL CONTRACTING_PARTY; EMAIL DELIVERY_ADDRESS          | -                | -                  | definition:1 REFUSED
          the archive is no duplicate                 | P@# D@#=  | ARCHIVE CONTRACTING_PARTY; ARCHIVE DELIVERY_ADDRESS; EMAIL CONTRACTING_PARTY | - | -            | -
          a first-used address                        | P@#       | EMAIL CONTRACTING_PARTY                                 | p@client.example | -                  | definition:1 FIRST_USED_ADDRESS p@client.example
          an individual's first-used address          | P@#       | EMAIL INDIVIDUAL; EMAIL CONTRACTING_PARTY                | me@home.example  | -                  | definition:1 FIRST_USED_ADDRESS me@home.example
          it is named once                            | P@# D@#=  | EMAIL CONTRACTING_PARTY; EMAIL DELIVERY_ADDRESS          | p@client.example | -                  | definition:1 FIRST_USED_ADDRESS p@client.example; definition:2 DUPLICATE_RECIPIENT p@client.example
          not where nothing is mailed                 | P@#!      | EMAIL CONTRACTING_PARTY; POST CONTRACTING_PARTY          | p@client.example | -                  | definition:1 REFUSED
          many customers on one address               | P@#       | EMAIL CONTRACTING_PARTY                                 | -                | p@client.example 3 | definition:1 MANY_CUSTOMERS_ON_ONE_ADDRESS p@client.example
          """)
  void problems(
      String name,
      String parties,
      String definitions,
      String unused,
      String shared,
      String expected) {
    DispatchPlan plan = PlanText.plan(new AllRoutes(), parties, definitions);

    List<PlanProblem> problems = PlanProblems.of(plan, facts(unused, shared));

    assertThat(problems)
        .extracting(PlanProblemsTest::text)
        .containsExactlyElementsOf(PlanText.entries(expected));
    assertThat(problems)
        .allSatisfy(problem -> assertThat(problem.reason()).isNotBlank().doesNotContain("@"));
  }

  @Test
  void aCombinationWithoutRouteIsAProblem() {
    AllRoutes routes = new AllRoutes().without("EMAIL", Role.CONTRACTING_PARTY);
    DispatchPlan plan =
        PlanText.plan(routes, "P@#", "EMAIL CONTRACTING_PARTY; POST CONTRACTING_PARTY");

    assertThat(PlanProblems.of(plan, PlanText.NOTHING_KNOWN))
        .extracting(PlanProblemsTest::text)
        .containsExactly("definition:1 NO_ROUTE");
  }

  @ParameterizedTest
  @EnumSource(PlanProblem.Kind.class)
  void everyKindOfProblemSaysWhatToDo(PlanProblem.Kind kind) {
    assertThat(kind.advice()).isNotBlank();
  }

  private static MailboxFacts facts(String unused, String shared) {
    Map<CompanyMailbox, Integer> many = new HashMap<>();
    for (String entry : PlanText.entries(shared)) {
      String[] words = entry.split(" ");
      many.put(mailbox(words[0]), Integer.valueOf(words[1]));
    }
    return new MailboxFacts(
        PlanText.entries(USUAL).stream()
            .filter(address -> !PlanText.entries(unused).contains(address))
            .map(PlanProblemsTest::mailbox)
            .collect(Collectors.toSet()),
        many);
  }

  private static CompanyMailbox mailbox(String address) {
    return CompanyMailbox.of(PlanText.COMPANY, new EmailAddress(address));
  }

  private static String text(PlanProblem problem) {
    return (problem.origin() == null ? "" : problem.origin() + " ")
        + problem.kind()
        + (problem.address() == null ? "" : " " + problem.address());
  }
}
