package io.facteur.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreetAddressTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Rue du Lac 12             | Rue du Lac             | 12",
        "Rue du Lac 12 bis         | Rue du Lac             | 12 bis",
        "Rue du Lac, 12            | Rue du Lac             | 12",
        "Musterstrasse 7a          | Musterstrasse          | 7a",
        "Musterstrasse 7 B         | Musterstrasse          | 7 B",
        "Hauptstr. 5-7             | Hauptstr.              | 5-7",
        "Straße des 17. Juni 135   | Straße des 17. Juni    | 135",
        "Place du 14 Juillet 3     | Place du 14 Juillet    | 3",
        "  Via Nassa 1/3           | Via Nassa              | 1/3",
        "12, rue de la Paix        | 12, rue de la Paix     |",
        "18 rue des Carmes         | 18 rue des Carmes      |",
        "Postfach 3000             | Postfach 3000          |",
        "Case postale 12           | Case postale 12        |",
        "Casella postale 7         | Casella postale 7      |",
        "P.O. Box 44               | P.O. Box 44            |",
        "CP 77                     | CP 77                  |",
        "Hauptstrasse 5, 2. OG     | Hauptstrasse 5, 2. OG  |",
        "Im Dorf                   | Im Dorf                |",
        "Rue du 1er Mars           | Rue du 1er Mars        |",
        "C 7                       | C                      | 7",
        "12                        | 12                     |",
      })
  void theNumberIsTakenOutOnlyWhereItClearlyStandsAtTheEnd(
      String line, String street, String number) {
    assertThat(StreetAddress.of(line)).isEqualTo(new StreetAddress(street, number));
  }

  @ParameterizedTest
  @CsvSource({",", "''", "' '"})
  void noStreetIsNone(String line) {
    assertThat(StreetAddress.of(line)).isEqualTo(new StreetAddress(null, null));
  }
}
