package io.facteur.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.contract.Role;
import io.facteur.dispatch.FallbackPolicy.Fact;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DISP-5, one row for each case. The first delivery of a row is the one that has just ended. */
class FallbackPolicyTest {

  /** Deliveries: origin channel role reaches|copy ended|open. */
  @ParameterizedTest(name = "{0}")
  @DisplayName("DISP-5 a role that nothing has reached gets one fallback")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # case                                            | deliveries of the document                                                              | channel | fallback for
          its only delivery ended                           | d1 EMAIL CONTRACTING_PARTY reaches ended                                                 | POST | CONTRACTING_PARTY
          the delivery address is a role of its own         | d1 EMAIL DELIVERY_ADDRESS reaches ended; d2 EMAIL CONTRACTING_PARTY reaches open         | POST | DELIVERY_ADDRESS
          another delivery of the role is still open        | d1 EMAIL CONTRACTING_PARTY reaches ended; d2 EINVOICE CONTRACTING_PARTY reaches open     | POST | -
          the last of two has ended                         | d1 EMAIL CONTRACTING_PARTY reaches ended; d2 EINVOICE CONTRACTING_PARTY reaches ended    | POST | CONTRACTING_PARTY
          a copy that is open does not count as reaching    | d1 EMAIL CONTRACTING_PARTY reaches ended; d2 POST CONTRACTING_PARTY copy open            | POST | CONTRACTING_PARTY
          an archive that is open does not count either     | d1 EMAIL CONTRACTING_PARTY reaches ended; d2 ARCHIVE CONTRACTING_PARTY copy open         | POST | CONTRACTING_PARTY
          a copy that ended needs no fallback               | d1 EMAIL CONTRACTING_PARTY copy ended                                                    | POST | -
          a fallback is never chained                       | fallback:CONTRACTING_PARTY POST CONTRACTING_PARTY reaches ended                          | EMAIL | -
          at most one for each role                         | d1 EMAIL CONTRACTING_PARTY reaches ended; fallback:CONTRACTING_PARTY POST CONTRACTING_PARTY reaches ended | POST | -
          the fallback's channel was tried for the role     | d1 POST CONTRACTING_PARTY reaches ended                                                  | POST | -
          tried for another role, it may still help         | d1 EMAIL DELIVERY_ADDRESS reaches ended; d2 POST CONTRACTING_PARTY reaches ended         | POST | DELIVERY_ADDRESS
          no fallback wanted                                | d1 EMAIL CONTRACTING_PARTY reaches ended                                                 | NONE | -
          an individual falls back to the contracting party | d1 EMAIL INDIVIDUAL reaches ended                                                        | POST | CONTRACTING_PARTY
          unless that party is reached otherwise            | d1 EMAIL INDIVIDUAL reaches ended; d2 EMAIL CONTRACTING_PARTY reaches open               | POST | -
          another open individual does not reach the party  | d1 EMAIL INDIVIDUAL reaches ended; d2 EMAIL INDIVIDUAL reaches open                      | POST | CONTRACTING_PARTY
          """)
  void decides(String name, String deliveries, String channel, String role) {
    List<Fact> facts =
        Arrays.stream(deliveries.split(";"))
            .map(String::strip)
            .map(FallbackPolicyTest::fact)
            .toList();

    var decided = FallbackPolicy.after(facts.get(0), facts, channel);

    assertThat(decided.map(Role::name).orElse("-")).isEqualTo(role);
  }

  private static Fact fact(String text) {
    String[] words = text.split(" +");
    return new Fact(
        words[0],
        words[1],
        Role.valueOf(words[2]),
        words[3].equals("reaches"),
        words[4].equals("ended"));
  }
}
