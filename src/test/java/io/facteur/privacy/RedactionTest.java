package io.facteur.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What becomes of texts about Jane Doe, 12 High Street, jane.doe@x.example and j@home.example, who
 * is contact 7; {@code <1>} and {@code <2>} stand for the pseudonyms of these addresses.
 */
class RedactionTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Pseudonyms pseudonyms;
  private Redaction redaction;

  @BeforeEach
  void janeDoe() {
    pseudonyms = new Pseudonyms(7, 0);
    pseudonyms.know(List.of("jane.doe@x.example", "j@home.example"));
    redaction = new Redaction(pseudonyms);
    redaction.erase(List.of("Jane Doe", "12 High Street", "Jane", "Ed"));
    redaction.spare("billing@acme.example");
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("a text about the contact")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # text                                             | what is left of it
          mailbox unknown (550 5.1.1)                        | mailbox unknown (550 5.1.1)
          jane.doe@x.example                                 | <1>
          JANE.DOE@X.EXAMPLE and j@home.example              | <1> and <2>
          mailto:jane.doe@x.example.                         | mailto:<1>.
          user=jane.doe@x.example;                           | user=<1>;
          mary-jane.doe@x.example                            | erased@erased.invalid
          jane.doe@x.example.org                             | erased@erased.invalid
          srs0=a1=x.example=jane@relay.example               | erased@erased.invalid
          from billing@acme.example                          | from billing@acme.example
          erased-9-1@erased.invalid                          | erased-9-1@erased.invalid
          Jane Doe, 12 HIGH STREET                           | erased, erased
          for jane                                           | for erased
          Janes Edition                                      | Janes Edition
          """)
  void texts(String text, String expected) {
    assertThat(marked(redaction.text(text))).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("evidence of a delivery to the contact")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # evidence                                             | what is left of it
          {"smtpReply":"250 2.0.0 Ok: queued as 4XYZ"}           | {"smtpReply":"250 2.0.0 Ok: queued as 4XYZ"}
          {"smtpReply":"550 5.1.1 jane.doe unknown"}             | {"smtpReply":"550 5.1.1 erased unknown"}
          {"smtpReply":"550 <jane.doe@x.example>"}               | {"smtpReply":"550 <<1>>"}
          {"messageId":"<12.r1@acme.example>","file":"j-1.pdf"}  | {"messageId":"<12.r1@acme.example>","file":"j-1.pdf"}
          {"proof":"Jane called","settledBy":"jane"}             | {"proof":"erased called","settledBy":"jane"}
          """)
  void evidence(String evidence, String expected) {
    assertThat(marked(redaction.evidence(json(evidence)).toString())).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("the contact's own data, in the audit and as recipient")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # data                                                 | what is left of it
          {"name":"Anybody","kind":"CUSTOMER","version":3}       | {"name":"erased","kind":"CUSTOMER","version":3}
          {"general":"j@home.example","reminder":[]}             | {"general":"<2>","reminder":[]}
          {"to":["j@home.example","new@x.example"],"cc":[]}      | {"to":["<2>","<3>"],"cc":[]}
          {"places":[{"kind":"MOBILE","value":"+33 6"}]}         | {"places":[{"kind":"MOBILE","value":"erased"}]}
          {"postal":{"address":{"city":"Lyon","street":null}}}   | {"postal":{"address":{"city":"erased","street":null}}}
          {"rule":"ADDR-2d general address","source":"contact C-1, general address"} | {"rule":"ADDR-2d general address","source":"contact C-1, general address"}
          {"proof":"letter of 3 May","refused":true}             | {"proof":"erased","refused":true}
          """)
  void ownData(String data, String expected) {
    assertThat(marked(redaction.ownData(json(data)).toString())).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("a text about somebody else")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # text                                  | what is left of it
          Jane Doe sends to jane.doe@x.example    | Jane Doe sends to <1>
          j@home.example is not hers alone        | j@home.example is not hers alone
          mary-jane.doe@x.example                 | mary-jane.doe@x.example
          jane.doe@x.example.org                  | jane.doe@x.example.org
          """)
  void foreignTexts(String text, String expected) {
    Redaction.Change change = redaction.foreign(List.of("jane.doe@x.example"));

    assertThat(marked(change.of(null, text))).isEqualTo(expected);
  }

  @Test
  void laterErasuresGoOnCountingWhereEarlierOnesEnded() {
    Pseudonyms later = new Pseudonyms(7, pseudonyms.given());

    assertThat(later.of("new@x.example")).isEqualTo("erased-7-3@erased.invalid");
    assertThat(later.of("NEW@x.example")).isEqualTo("erased-7-3@erased.invalid");
    assertThat(later.of("erased-7-1@erased.invalid")).isEqualTo("erased-7-1@erased.invalid");
  }

  private static String marked(String text) {
    return text.replaceAll("erased-7-(\\d)@erased\\.invalid", "<$1>");
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
