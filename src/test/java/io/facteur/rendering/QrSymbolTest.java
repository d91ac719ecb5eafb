package io.facteur.rendering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.zxing.DecodeHintType;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.common.DecoderResult;
import com.google.zxing.qrcode.decoder.Decoder;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** What is drawn is read again by another library than the one that made it. */
class QrSymbolTest {

  private static final Pattern SCALE = Pattern.compile("^(0\\.\\d+(?:E-\\d+)?) 0 0 ");
  private static final Pattern RECTANGLE =
      Pattern.compile("^(\\d+) (\\d+) (\\d+) (\\d+) re$", Pattern.MULTILINE);

  @Property(tries = 150)
  void everyTextIsRead(@ForAll @StringLength(min = 1, max = 300) String any) throws Exception {
    String text = "SPC\n" + any.replaceAll("\\p{Cs}|\\p{Cn}|\\p{Co}", "ü");

    assertThat(decoded(QrSymbol.path(text, false)).getText()).isEqualTo(text);
  }

  @Test
  void theCrossHidesNoMoreThanErrorCorrectionGivesBack() throws Exception {
    for (int length = 150; length <= 900; length += 50) {
      String text = "Zürich 8001 ".repeat(100).substring(0, length);

      assertThat(decoded(QrSymbol.path(text, true)).getText()).isEqualTo(text);
    }
  }

  @Test
  void errorCorrectionIsAtLevelM() throws Exception {
    assertThat(decoded(QrSymbol.path("short", false)).getECLevel()).isEqualTo("M");
  }

  @Test
  void aTextThatIsTooLongIsRefusedWithItsLength() {
    assertThatThrownBy(() -> QrSymbol.path("x".repeat(1000), true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1000 characters");
  }

  private static DecoderResult decoded(String path) throws Exception {
    Matcher scale = SCALE.matcher(path);
    assertThat(scale.find()).isTrue();
    BitMatrix modules = new BitMatrix((int) Math.round(1 / Double.parseDouble(scale.group(1))));
    Matcher rectangle = RECTANGLE.matcher(path.substring(0, path.indexOf("\nf")));
    while (rectangle.find()) {
      modules.setRegion(
          Integer.parseInt(rectangle.group(1)),
          Integer.parseInt(rectangle.group(2)),
          Integer.parseInt(rectangle.group(3)),
          Integer.parseInt(rectangle.group(4)));
    }
    return new Decoder().decode(modules, Map.of(DecodeHintType.CHARACTER_SET, "UTF-8"));
  }
}
