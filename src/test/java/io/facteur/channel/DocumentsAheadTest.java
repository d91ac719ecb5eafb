package io.facteur.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.document.Document;
import io.facteur.document.DocumentType;
import io.facteur.testing.SettableClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentsAheadTest {

  private final SettableClock clock = new SettableClock();
  private final DocumentsAhead ahead = new DocumentsAhead(clock);
  private final Document document = Samples.document(DocumentType.INVOICE, "NL-2026-000012", "fr");

  @Test
  void aDocumentIsGivenOutAsOftenAsItWasRead() {
    ahead.keep(List.of(document));
    ahead.keep(List.of(document));

    assertThat(ahead.take(document.id())).contains(document);
    assertThat(ahead.take(document.id())).contains(document);
    assertThat(ahead.take(document.id())).isEmpty();
  }

  @Test
  void whatNobodyAskedForWithinAMinuteIsReadAgain() {
    ahead.keep(List.of(document));

    clock.advance(Duration.ofSeconds(61));

    assertThat(ahead.take(document.id())).isEmpty();
  }
}
