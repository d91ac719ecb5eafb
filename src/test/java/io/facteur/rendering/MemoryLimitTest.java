package io.facteur.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemoryLimitTest {

  private static final int PIECE = 1 << 20;

  @AfterEach
  void end() {
    MemoryLimit.end();
  }

  @Test
  void whatATemplateTakesIsLimited() {
    MemoryLimit.begin(3);

    take(MemoryLimit.BYTES + 2 * PIECE);

    assertThat(MemoryLimit.isExceeded()).isTrue();
  }

  @Test
  void aLongDocumentMayTakeMoreThanAShortOne() {
    MemoryLimit.begin(9_999);

    take(MemoryLimit.BYTES + 200L * PIECE);

    assertThat(MemoryLimit.isExceeded()).isFalse();
  }

  @Test
  void whereNoTemplateRunsNothingIsLimited() {
    take(MemoryLimit.BYTES + 2 * PIECE);

    assertThat(MemoryLimit.isExceeded()).isFalse();
  }

  private static void take(long bytes) {
    int sum = 0;
    for (long taken = 0; taken < bytes; taken += PIECE) {
      sum += new byte[PIECE].length;
    }
    assertThat(sum).isPositive();
  }
}
